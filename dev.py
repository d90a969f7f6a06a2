#!/usr/bin/env python3
"""The one entrance for every chore: python3 dev.py COMMAND [ARGS].

Needs Python 3.11 or newer with venv, and nothing else: the first command makes .venv.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
INSTANCE = ROOT / "instance"
DATABASE = INSTANCE / "concordat.sqlite3"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")


def main(arguments: Sequence[str]) -> int:
    """Run the command that the first argument names; without one, list them."""
    if sys.version_info < (3, 11):  # noqa: UP036 - said here, instead of by a traceback
        return complain("Concordat needs Python 3.11 or newer; this is " + sys.version.split()[0])
    name, *rest = arguments or ["help"]
    command = COMMANDS.get(name)
    if command is None:
        print_help()
        return 0 if name in {"help", "-h", "--help"} else 2
    os.chdir(ROOT)
    try:
        return command(rest)
    except subprocess.CalledProcessError as failure:
        return complain(f"{name} stopped: {' '.join(map(str, failure.cmd[:4]))} … failed")
    except KeyboardInterrupt:
        return 130


def setup(_: Sequence[str] = ()) -> int:
    """Make .venv with the command `concordat` in it."""
    install("run")
    say(f"ready: {BIN / 'concordat'} --help")
    return 0


def run(arguments: Sequence[str]) -> int:
    """Set up, make the demonstration network if there is none, serve it [--port N]."""
    install("run")
    environment = {**os.environ}
    if "CONCORDAT_DATABASE_URL" not in environment:
        environment.setdefault("CONCORDAT_DEMONSTRATION", "1")
        if not DATABASE.exists():
            make_demonstration(environment)
    concordat = str(BIN / "concordat")
    check_call([concordat, "init"], environment)
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(concordat, [concordat, "run", *arguments], environment)  # noqa: S606 - our own command
    return subprocess.call([concordat, "run", *arguments], env=environment)


def test(arguments: Sequence[str]) -> int:
    """Set up, lint, check types and floors, run the tests. ARGS go to pytest."""
    install("dev")
    provide(BROWSERS, "chromium", "the browser tests")
    provide(("soffice", "libreoffice"), "libreoffice-writer", "opening Word files in LibreOffice")
    worst = check(())
    spread = [] if any(a.startswith("-n") for a in arguments) else ["-n", "2", "--dist", "loadfile"]
    return max(worst, step("pytest", [PYTHON, "-m", "pytest", *spread, *arguments]))


def check(_: Sequence[str]) -> int:
    """Lint, formatting, types, floors: everything that needs no running program."""
    install("dev")
    return max(
        step("ruff", [str(BIN / "ruff"), "check", "--quiet"]),
        step("ruff format", [str(BIN / "ruff"), "format", "--check", "--quiet"]),
        step("mypy", [str(BIN / "mypy")]),
        step("floors", [str(BIN / "lint-imports"), "--no-logo"]),
    )


def fix(_: Sequence[str]) -> int:
    """Format the code and repair what the linter can repair."""
    install("dev")
    repaired = step("ruff", [str(BIN / "ruff"), "check", "--fix", "--quiet"])
    return max(repaired, step("ruff format", [str(BIN / "ruff"), "format", "--quiet"]))


def bench(arguments: Sequence[str]) -> int:
    """Measure, beside the floors of the same run. ARGS name measurements."""
    install("dev")
    return step("bench", [PYTHON, "-m", "benchmarks", *arguments])


def corpus(arguments: Sequence[str]) -> int:
    """Check import, merge and tracked changes on the corpus of real agreements."""
    install("dev")
    folder = Path(os.environ.get("CONCORDAT_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        say(f"SKIPPED: there is no corpus at {folder}; set CONCORDAT_CORPUS to check against one")
        return 0
    environment = {**os.environ, "CONCORDAT_CORPUS": str(folder)}
    return step("corpus", [PYTHON, "-m", "pytest", "tests/corpus", *arguments], environment)


def campaign(arguments: Sequence[str]) -> int:
    """Run the crash, race and load runs, bounded and resumable. ARGS name runs."""
    install("dev")
    return step("campaign", [PYTHON, "-m", "campaign", *arguments])


def docs(_: Sequence[str]) -> int:
    """Write the generated parts of docs/ anew."""
    install("dev")
    return step("docs", [PYTHON, "-m", "tests.house.generated"])


def translate(languages: Sequence[str]) -> int:
    """Find all messages, bring every catalogue to them, compile. ARGS are languages to add."""
    install("dev")
    return step("translate", [PYTHON, "-m", "tests.house.catalogues", *languages])


def build_static(_: Sequence[str]) -> int:
    """Build static/vendor from static/package-lock.json, byte for byte the same each time."""
    npm = shutil.which("npm")
    if npm is None:
        return complain("building static/vendor needs Node.js with npm")
    install("dev")
    there = [npm, "--prefix", str(ROOT / "static")]
    installed = step("npm ci", [*there, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    built = installed or step("npm run build", [*there, "run", "--silent", "build"])
    return built or step("checksums", [PYTHON, "-m", "tests.house.vendored"])


def lock(_: Sequence[str]) -> int:
    """Resolve requirements/*.in into the hashed lock files, for every platform."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        tools = Path(folder) / BIN.name
        check_call([str(tools / "python"), "-m", "pip", "install", "--quiet", "uv"])
        resolve = [
            str(tools / "uv"),
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--generate-hashes",
        ]
        resolve += [
            "--python-version",
            "3.11",
            "--no-emit-index-url",
            "--no-emit-find-links",
            "--no-header",
        ]
        environment = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "python3 dev.py lock"}
        for name in ("run", "dev"):
            files = [f"{name}.in", "-o", f"{name}.txt"]
            subprocess.run(
                [*resolve, *files], check=True, cwd=ROOT / "requirements", env=environment
            )
    return 0


def revision(arguments: Sequence[str]) -> int:
    """Draft the next migration from the models: python3 dev.py revision "Add a column"."""
    install("dev")
    if not arguments:
        return complain('say what the migration does: python3 dev.py revision "Add a column"')
    number = f"{len(list((ROOT / 'migrations' / 'versions').glob('[0-9]*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        url = "sqlite:///" + str(Path(folder) / "empty.sqlite3")
        environment = {**os.environ, "CONCORDAT_DATABASE_URL": url}
        alembic = [PYTHON, "-m", "alembic"]
        check_call([*alembic, "upgrade", "head"], environment)
        draft = [
            *alembic,
            "revision",
            "--autogenerate",
            "--rev-id",
            number,
            "-m",
            " ".join(arguments),
        ]
        check_call(draft, environment)
    return step("ruff format", [str(BIN / "ruff"), "format", "--quiet", "migrations/versions"])


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": setup,
    "run": run,
    "test": test,
    "check": check,
    "fix": fix,
    "bench": bench,
    "corpus": corpus,
    "campaign": campaign,
    "docs": docs,
    "translate": translate,
    "build-static": build_static,
    "revision": revision,
    "lock": lock,
}


def print_help() -> None:
    """List the commands with the first line of their docstrings."""
    print(__doc__)
    for name, command in COMMANDS.items():
        print(f"  {name:<13}{(command.__doc__ or '').splitlines()[0]}")


def install(name: str) -> None:
    """Bring .venv to the lock file `name`; does nothing when it is there already."""
    requirements = ROOT / "requirements" / f"{name}.txt"
    told = [requirements.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode()]
    digest = hashlib.sha256(b"\0".join([*told, str(ROOT).encode()])).hexdigest()
    stamp = VENV / f"{name}.installed"
    if stamp.exists() and stamp.read_text() == digest and (BIN / "concordat").exists():
        return
    if not Path(PYTHON).exists():
        say("making .venv")
        venv.create(VENV, with_pip=True)
    say(f"installing requirements/{name}.txt")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    check_call([*pip, "--use-pep517", "--require-hashes", "-r", str(requirements)])
    check_call([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp.write_text(digest)


def make_demonstration(environment: dict[str, str]) -> None:
    """Make the demonstration network aside, so that a half-made one is never served."""
    making = INSTANCE / "making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    url = f"sqlite:///{making / DATABASE.name}"
    say("making the demonstration network")
    check_call(
        [str(BIN / "concordat"), "demo", "--no-serve"],
        {**environment, "CONCORDAT_DATABASE_URL": url},
    )
    for piece in sorted(making.glob(DATABASE.name + "*"), reverse=True):
        piece.rename(INSTANCE / piece.name)
    making.rmdir()


def provide(programs: Sequence[str], package: str, purpose: str) -> None:
    """Install `package` where we may, if none of `programs` is there; else say so."""
    if any(map(shutil.which, programs)):
        return
    apt = shutil.which("apt-get")
    if apt and os.name == "posix" and os.geteuid() == 0:
        say(f"installing {package}, for {purpose}")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call([apt, "update", "-qq"], env=quiet, stdout=subprocess.DEVNULL)
        options = ["install", "-y", "-qq", "--no-install-recommends", package]
        if subprocess.call([apt, *options], env=quiet, stdout=subprocess.DEVNULL) == 0:
            return
    say(f"SKIPPED: {purpose}, for want of {package}; install it and run this again")


def step(name: str, command: Sequence[str], environment: dict[str, str] | None = None) -> int:
    """Run one part, say how it ended, hand back 0 or 1."""
    print(f"--- {name}", flush=True)
    code = subprocess.call(command, env=environment)
    if code:
        complain(f"{name} failed")
    return int(bool(code))


def check_call(command: Sequence[str], environment: dict[str, str] | None = None) -> None:
    """Run a command that must succeed."""
    subprocess.run(command, check=True, env=environment)


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(f"dev.py: {sentence}", flush=True)


def complain(sentence: str) -> int:
    """Tell what went wrong, on stderr; the exit code to end with."""
    print(f"dev.py: {sentence}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

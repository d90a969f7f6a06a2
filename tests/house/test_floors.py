"""The import contracts hold, and would notice if they were broken."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

GATED = "from app.actions import unit"
CONTRACTS = ROOT / "pyproject.toml"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    command += ["--config", str(folder / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_are_kept():
    told = lint(ROOT)
    assert told.returncode == 0, told.stdout


@pytest.fixture(scope="module")
def small_house(tmp_path_factory):
    """A house with a module on every floor that imports only what its neighbours need."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "pyproject.toml").write_bytes(CONTRACTS.read_bytes())
    for floor in (
        *("kernel", "domain", "models", "formats", "access", "ledger", "queries", "actions"),
        *("http", "web", "cli"),
    ):
        (folder / "app" / floor).mkdir(parents=True)
        (folder / "app" / floor / "__init__.py").touch()
    for name in ("__init__", "factory", "settings", "command"):
        (folder / "app" / f"{name}.py").touch()
    for name, line in (("unit", ""), ("amendments", GATED), ("ballots", GATED)):
        (folder / "app" / "actions" / f"{name}.py").write_text(line)
    return folder


def test_an_empty_house_keeps_them(small_house):
    told = lint(small_house)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("domain/law.py", "import flask", "The law is pure"),
        ("domain/law.py", "from app import models", "Floors"),
        ("models/rows.py", "from app import actions", "Floors"),
        ("web/page.py", "from app import cli", "Floors"),
        ("web/page.py", "from app import models", "The edge reaches the database only"),
        ("web/page.py", "def f():\n    from app import models", "The edge reaches"),
        ("cli/word.py", "from app import ledger", "The edge reaches the database only"),
        ("formats/word.py", "import sqlalchemy", "Formats know neither"),
        ("queries/lists.py", "import flask", "Flask stays at the edge"),
        ("access/rules.py", "import sqlalchemy", "Policy asks questions"),
        ("actions/amendments.py", "from app.actions import ballots, unit", "An action never calls"),
        ("shed/__init__.py", "", "Floors"),
    ],
)
def test_a_breach_is_noticed(small_house, place, line, contract):
    file = small_house / "app" / place
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(line)
    try:
        told = lint(small_house)
    finally:
        if before is None:
            file.unlink()
        else:
            file.write_text(before)
        if not any(file.parent.iterdir()):
            file.parent.rmdir()
    assert told.returncode == 1
    broken = [row for row in told.stdout.splitlines() if " BROKEN" in row]
    assert any(row.startswith(contract) for row in broken), told.stdout

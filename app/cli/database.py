"""`concordat init` and `concordat backup`: the database itself."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from app.actions import upkeep


def init(arguments: list[str]) -> int:
    """Make the database, or bring it up to date: `concordat init`."""
    argparse.ArgumentParser(prog="concordat init", description=init.__doc__).parse_args(arguments)
    for warning in upkeep.bring_up_to_date():
        print(warning, file=sys.stderr)
    return 0


def backup(arguments: list[str]) -> int:
    """Copy the database into FILE while people go on working: `concordat backup FILE`."""
    parser = argparse.ArgumentParser(prog="concordat backup", description=backup.__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that doesn't exist yet")
    file: Path = parser.parse_args(arguments).file
    size = upkeep.back_up(file)
    print(f"{file}: {size:,} bytes, checked")
    return 0


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"init": init, "backup": backup}

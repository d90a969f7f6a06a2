"""`concordat audit verify`: whether the record holds."""

import argparse
import sys
from collections.abc import Callable, Mapping

from app.queries import reading, record


def audit(arguments: list[str]) -> int:
    """Recompute the whole record: `concordat audit verify`; 0 if it holds, 1 if it doesn't."""
    parser = argparse.ArgumentParser(prog="concordat audit", description=audit.__doc__)
    parser.add_argument("what", choices=["verify"])
    parser.parse_args(arguments)
    count, fault = record.verify(reading.session())
    if fault:
        print(f"concordat audit: {fault}", file=sys.stderr)
        return 1
    print(f"{count} entries, each following the one before it")
    return 0


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"audit": audit}

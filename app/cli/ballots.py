"""`concordat ballots close`: count the ballots whose deadline has passed."""

import argparse
import sys
from collections.abc import Callable, Mapping

from app.access.actor import SYSTEM
from app.actions.ballots import count_ballot
from app.kernel import clock
from app.kernel.errors import AppError
from app.queries import ballots as found
from app.queries import reading


def ballots(arguments: list[str]) -> int:
    """Count the ballots whose deadline has passed: `concordat ballots close`."""
    parser = argparse.ArgumentParser(prog="concordat ballots", description=ballots.__doc__)
    parser.add_argument("what", choices=["close"])
    parser.parse_args(arguments)
    counted, refused = close_due()
    print(f"{counted} ballots counted")
    for refusal in refused:
        print(refusal, file=sys.stderr)
    return 1 if refused else 0


def close_due() -> tuple[int, list[str]]:
    """Count what is due: how many were, and a sentence for each that could not be."""
    counted, refused = 0, []
    for ballot in found.due(reading.session(), clock.utcnow()):
        try:
            count_ballot(SYSTEM, ballot)
        except AppError as refusal:
            refused.append(f"ballot {ballot.number}: {refusal}")
        else:
            counted += 1
    return counted, refused


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"ballots": ballots}

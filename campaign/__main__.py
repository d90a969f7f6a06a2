"""The runs, or those named, on both engines; a line of JSON each.

    python -m campaign [NAMES] [--rounds N] [--engine E] [--seed N] [--sabotage]

With --sabotage each run loses its protection and must notice: then 0 means that it did.
"""

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable, Mapping, Sequence

from campaign import (
    answers,
    bundles,
    consolidating,
    copies,
    crashes,
    databases,
    drafts,
    entries,
    mangled,
    syncs,
    votes,
)
from campaign.report import Report

Run = Callable[..., Report]
RUNS: Mapping[str, tuple[Run, int]] = {
    "double-vote": (votes.double, 200),
    "vote-against-close": (votes.closing, 200),
    "answers-meet": (answers.both, 60),
    "pull-out": (bundles.pulled, 60),
    "lost-update": (drafts.lost_update, 40),
    "one-record": (entries.together_in_one_record, 100),
    "consolidating": (consolidating.two_at_once, 10),
    "kill": (crashes.kill, 20),
    "syncs": (syncs.commits, 100),
    "backup": (copies.backup, 10),
    "mangled": (mangled.mangled, 2000),
}
"""By name: the run, and its rounds unless others are asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print; 1 where a promise was broken, or where a sabotage went unnoticed."""
    parser = argparse.ArgumentParser(prog="dev.py campaign", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(RUNS))
    parser.add_argument("--rounds", type=int, help="instead of each run's own number")
    parser.add_argument("--engine", choices=databases.ENGINES, help="on this one only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sabotage", action="store_true", help="take the protection away")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(RUNS):
        parser.error(f"there is no run {', '.join(sorted(unknown))}")
    worst = 0
    for name in asked.names or RUNS:
        run, rounds = RUNS[name]
        for engine in (asked.engine,) if asked.engine else databases.ENGINES:
            worst = max(worst, _one(name, run, engine, asked.rounds or rounds, asked))
    return worst


def _one(name: str, run: Run, engine: str, rounds: int, asked: argparse.Namespace) -> int:
    try:
        with databases.tools_on_path(), databases.installation(engine) as (app, _):
            found = run(app, rounds, asked.seed, sabotage=asked.sabotage)
    except databases.NoPostgreSQLError as reason:
        print(json.dumps({"name": name, "engine": engine, "skipped": str(reason)}), flush=True)
        return 0
    except syncs.NoTraceError as reason:
        print(json.dumps({"name": name, "engine": engine, "skipped": str(reason)}), flush=True)
        return 0
    found = dataclasses.replace(found, seed=asked.seed)
    print(found.line(), flush=True)
    return int(found.held == asked.sabotage)


if __name__ == "__main__":
    sys.exit(main())

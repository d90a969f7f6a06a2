"""All measurements, or those named: `python -m benchmarks [NAMES] [--write FILE]`."""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from app.kernel import clock
from app.models.engines import has_safe_wal, sqlite_driver
from benchmarks import browser, crowd, documents, memory, pages, returned, texts
from benchmarks.goals import Check

JOBS: Mapping[str, Callable[[], Iterator[Check]]] = {
    "pages": pages.pages,
    "crowd": crowd.crowd,
    "memory": memory.memory,
    "browser": browser.browser,
    "word": documents.word,
    "returned": returned.checks,
    "diff": texts.diff,
    "merge": texts.consolidation,
    "growth": texts.growth,
}
"""By name: pages is P1 to P6; crowd P16; memory P17; browser is the text in a slow browser;
word P10, P11; returned P12; diff P13; merge P14."""

_INTRODUCTION = """# How fast it is

One run of `python3 dev.py bench --write docs/performance.md`, on {day}, on {machine}.
Trust the ratios, which were taken inside this run, not the milliseconds. H is a page that says
hello under the same server in the same process, W one row written in a transaction of its own at
the same synchronous level; both are Flask and nothing else. Floors of documents and texts are
named in `benchmarks/`.

Pages are asked over HTTP on the loopback by one connection that stays open, {threads} threads
answering; a time is the server's time a request, not what a person waits. The text is the page
that a browser with script gets: the contents, about fifty clauses with every comment and amendment
folded in their margin, and a link to the rest. P3 is the page without script: all of it, each
thread folded. P1, P3 and P4 are pages that are there: whoever stands where an earlier reader stands
is sent the same page below a masthead of their own. "Made anew" is what the first of them waits for
after something happened, where only the parts are there. P2 is the page that the browser holds.
Statements leave out BEGIN, COMMIT and the look-up of who has signed in. Ratios are medians of the
ratios inside each round.

| | What | Goal | Figure | Beside it | |
| --- | --- | --- | --- | --- | --- |
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a line for each figure, and write the table where that is asked."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(JOBS))
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table there")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.names) - set(JOBS):
        parser.error(f"there is no measurement {', '.join(sorted(unknown))}")
    began, found = time.perf_counter(), []
    for name in asked.names or JOBS:
        for check in JOBS[name]():
            found.append(check)
            print(check.line(), flush=True)
    missed = sum(not check.is_met for check in found)
    promised = sum(check.limit is not None for check in found)
    summary = f"{promised - missed} of {promised} goals met"
    print(f"{summary}, in {time.perf_counter() - began:.0f} s")
    if asked.write:
        asked.write.write_text(_page(found, summary), encoding="utf-8")
    return 0


def _page(found: Sequence[Check], summary: str) -> str:
    head = _INTRODUCTION.format(
        day=f"{clock.utcnow():%d %B %Y}".lstrip("0"), machine=_machine(), threads=8
    )
    return head + "\n".join(check.row() for check in found) + f"\n\n{summary}.\n"


def _machine() -> str:
    wal = "write-ahead log, synchronous full" if has_safe_wal() else "no write-ahead log"
    return (
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), "
        f"Python {platform.python_version()}, SQLite {sqlite_driver.sqlite_version} with {wal}"
    )


if __name__ == "__main__":
    sys.exit(main())

"""`concordat word export`: a copy of an agreement as a Word file, from the database."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from app.cli.sources import Parser, run
from app.queries import agreements, word_exports
from app.queries.reading import session
from app.queries.word_exports import Wish

_OPEN = "open"


def export(argv: list[str]) -> int:
    """Run `word export AGREEMENT … -o F.docx`."""
    parser = Parser(
        prog="concordat word export",
        description="Write a copy of an agreement as a Word file: the text of a version, two "
        "versions or proposed amendments as tracked changes, or the answers of a round.",
        epilog="Exit status: 0 done, 1 there is no such text, 2 wrong use.",
    )
    parser.add_argument("agreement", metavar="AGREEMENT", help="as it is named in its address")
    parser.add_argument("--version", type=int, default=0, metavar="N", help="else the latest")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--redline", type=int, metavar="M", help="the changes between M and N")
    what.add_argument(
        "--amendments", metavar="A1,A2|open", help="these as tracked changes, or all open ones"
    )
    what.add_argument("--answers", type=int, metavar="ROUND", help="what a round was answered")
    parser.add_argument("--comments", action="store_true", help="with the comments")
    parser.add_argument("--guidance", action="store_true", help="with the guidance")
    parser.add_argument("-o", dest="out", metavar="F.docx", required=True)
    return run(parser, argv, _export)


def _export(given: argparse.Namespace) -> int:
    agreement = agreements.by_slug(given.agreement)
    newest = word_exports.latest_number(session(), agreement.id)
    made = word_exports.export(session(), agreement, _wish(given, newest))
    Path(given.out).write_bytes(made.content)
    for one in made.left:
        print(f"{one.row.label} is in it as a comment only. {one.why}")
    return 0


def _wish(given: argparse.Namespace, newest: int) -> Wish:
    wish = Wish(version=given.version, comments=given.comments, guidance=given.guidance)
    if given.redline is not None:
        older, newer = sorted((given.redline, given.version or newest))
        return replace(wish, what="compare", version=older, against=newer)
    if given.answers is not None:
        return replace(wish, what="answers", round=given.answers)
    if given.amendments == _OPEN:
        return replace(wish, what="open")
    if given.amendments:
        return replace(wish, what="chosen", labels=tuple(given.amendments.split(",")))
    return wish


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"word export": export}
"""What this module adds to the command line."""

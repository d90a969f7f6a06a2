"""`concordat merge`: put together what several sides made of one text."""

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.cli.sources import REFUSED, Parser, put, raw_text, run
from app.domain.file_merge import FileMerge, merge
from app.kernel.errors import Invalid


def merge_files(argv: list[str]) -> int:
    """Run `merge BASE SIDE... [--json]` or `merge --cases CASES.jsonl`."""
    parser = Parser(
        prog="concordat merge",
        description="Merge what sides made of a base, by lines, then by words. Words that two "
        "sides changed differently are a conflict: the block is shown between markers, with its "
        "base. Reads Markdown, plain text, template files and Word files (.docx, as text).",
        epilog="Exit status: 0 merged, 1 conflicts (or a file can't be read), 2 wrong use.",
    )
    parser.add_argument("base", nargs="?", metavar="BASE")
    parser.add_argument("sides", nargs="*", metavar="SIDE")
    parser.add_argument(
        "--json", action="store_true", help="print text, conflicts and reviews as JSON"
    )
    parser.add_argument(
        "--cases",
        metavar="CASES.jsonl",
        help='merge many: each line {"id", "base", "sides": [texts]}, each line out '
        '{"id", "text" or null, "conflicts", "reviews"}',
    )
    parser.add_argument("-o", dest="out", metavar="OUT", help="write there, not to stdout")
    return run(parser, argv, lambda given: _merge(parser, given))


def _merge(parser: Parser, given: argparse.Namespace) -> int:
    if given.cases:
        if given.base:
            parser.error("--cases takes no other files")
        return _cases(given.cases, given.out)
    if not given.sides:
        parser.error("name a base and at least one side")
    found = merge(raw_text(given.base), [raw_text(path) for path in given.sides])
    put(json.dumps(as_json(found)) + "\n" if given.json else found.marked, given.out)
    return REFUSED if found.conflicts else 0


def _cases(path: str, out: str | None) -> int:
    """Merge case by case; whether one has conflicts is in its line, not in the exit status."""
    lines: list[str] = []
    with Path(path).open(encoding="utf-8", newline="\n") as cases:
        for number, line in enumerate(cases, start=1):
            if line.strip():
                name, base, sides = _case(line, path, number)
                answer = json.dumps({"id": name, **as_json(merge(base, sides))}) + "\n"
                if out:
                    lines.append(answer)
                else:
                    put(answer, None)
    if out:
        put("".join(lines), out)
    return 0


def _case(line: str, path: str, number: int) -> tuple[Any, str, list[str]]:
    try:
        case = json.loads(line)
        name, base, sides = case["id"], case["base"], case["sides"]
    except (ValueError, KeyError, TypeError) as error:
        raise _bad(path, number) from error
    if not (isinstance(base, str) and isinstance(sides, list) and sides):
        raise _bad(path, number)
    if not all(isinstance(side, str) for side in sides):
        raise _bad(path, number)
    return name, base, sides


def _bad(path: str, number: int) -> Invalid:
    return Invalid(
        "{path}:{number}: a case is {shape}.",
        path=path,
        number=number,
        shape='{"id", "base", "sides": [texts]}',
    )


def as_json(found: FileMerge) -> dict[str, Any]:
    """A merge as the commands print it."""
    return {
        "text": found.text,
        "conflicts": [
            {
                "clause": conflict.clause,
                "class": conflict.kind,
                "wordings": [
                    {"by": list(wording.by), "text": wording.text} for wording in conflict.wordings
                ],
                "base": conflict.base,
            }
            for conflict in found.conflicts
        ],
        "reviews": [
            {"clause": review.clause, "by": list(review.by), "text": review.text}
            for review in found.reviews
        ],
    }


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {"merge": merge_files}
"""What this module adds to the command line."""

"""How file merge does on merges that people really committed.

    python -m benchmarks.merges ../shared/corpus/merges [--small]

Rules are chosen on one random half of the cases; the other half says how general they are.
`right` is the committed text, white space aside; `other` another text; `left` a conflict. The
folder holds three_way.jsonl.xz and groups.jsonl.xz (or, with --small, the plain small sets).
"""

import argparse
import json
import lzma
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.domain.file_merge import merge


def cases(folder: Path, name: str, *, small: bool = False) -> Iterator[dict[str, Any]]:
    """The cases of one set, a line each."""
    if small:
        with (folder / f"{name}_small.jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def outcome(text: str | None, committed: str) -> str:
    """What a merge came to, compared with the committed text."""
    if text is None:
        return "left"
    return "right" if _squeezed(text) == _squeezed(committed) else "other"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def of_case(case: dict[str, Any]) -> str:
    """Merge ours and theirs."""
    return outcome(merge(case["base"], [case["ours"], case["theirs"]]).text, case["result"])


def of_hunks(case: dict[str, Any]) -> list[str]:
    """Merge each known conflict of a case alone."""
    return [of_case(hunk) for hunk in case.get("hunks", [])]


def of_group(case: dict[str, Any]) -> str:
    """Merge the amendments of a group at once; pending ones, with bases of their own, in turn."""
    if case["kind"] == "group":
        return outcome(merge(case["base"], case["amendments"]).text, case["result"])
    text: str | None = case["base"]
    for base, amendment in zip(case["bases"], case["amendments"], strict=True):
        text = merge(base, [text or "", amendment]).text
        if text is None:
            break
    return outcome(text, case["result"])


def kinds(three_way: Sequence[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Outcomes by what git made of a case: "exact", "different", "conflict"."""
    found: dict[str, Counter[str]] = {}
    for case in three_way:
        found.setdefault(case["git_line"], Counter())[of_case(case)] += 1
    return found


def halves(three_way: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], ...]:
    """The cases that rules may be chosen on, and those they are only tried on; always the same."""
    dice = random.Random(2026)
    held_out = [dice.random() < 0.5 for _ in three_way]
    pairs = list(zip(three_way, held_out, strict=True))
    return [case for case, held in pairs if not held], [case for case, held in pairs if held]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/corpus/merges"))
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    three_way = list(cases(given.folder, "three_way", small=given.small))
    groups = list(cases(given.folder, "groups", small=given.small))
    began = time.perf_counter()
    table = {f"git {name}": counts for name, counts in kinds(three_way).items()}
    took = time.perf_counter() - began
    table["hunks"] = Counter(one for case in three_way for one in of_hunks(case))
    table["groups and pending"] = Counter(of_group(case) for case in groups)
    for name, half in zip(("chosen on", "held out"), halves(three_way), strict=True):
        table[f"conflicts, {name}"] = kinds(half).get("conflict", Counter())
        table[f"hunks, {name}"] = Counter(one for case in half for one in of_hunks(case))
    print(f"{'':24}{'right':>8}{'other':>8}{'left':>8}{'all':>8}")
    for name, counts in table.items():
        shown = "".join(f"{counts[one]:8}" for one in ("right", "other", "left"))
        print(f"{name:24}{shown}{counts.total():8}")
    print(f"{took / max(len(three_way), 1) * 1000:.1f} ms a three-way merge on average")


if __name__ == "__main__":
    main()

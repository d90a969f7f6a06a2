"""P13 to P15: the word diff of a clause, and the consolidation of many amendments."""

import importlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from app.domain import text_diff
from app.domain.amendments import Amendment
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.consolidation import consolidate
from app.domain.operations import ReplaceText, replace_text
from benchmarks.goals import Check, in_turn, ms, ratio, seconds
from benchmarks.word import VOCABULARY, sentence

ROUNDS = 5
CLAUSES = AMENDMENTS = 200
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
Edit = tuple[int, int, int, tuple[str, ...]]


def reworded(rng: random.Random, text: str, edits: int) -> str:
    """Small edits as people make them: some words replaced, put in or taken out."""
    words = text.split(" ")
    for _ in range(edits):
        at = rng.randrange(max(1, len(words) - 5))
        kind = rng.random()
        if kind < 0.5:
            words[at : at + rng.randint(1, 4)] = rng.choices(VOCABULARY, k=rng.randint(1, 5))
        elif kind < 0.8:
            words[at:at] = rng.choices(VOCABULARY, k=rng.randint(1, 6))
        else:
            del words[at : at + rng.randint(1, 4)]
    return " ".join(words)


def diff() -> Iterator[Check]:
    """P13: comparing two texts by word, against cutting both into tokens."""
    rng = random.Random(13)
    clause = " ".join(sentence(rng, 20) for _ in range(20))
    book = " ".join(sentence(rng, 20) for _ in range(1_000))
    for words, old, edits, limit in (
        ("400 words, 6 edits", clause, 6, 1.5),
        ("400 words, rewritten by 80 edits", clause, 80, 3.0),
        ("20,000 words, 200 edits", book, 200, 3.0),
    ):
        new = reworded(rng, old, edits)
        floor, whole = in_turn(
            [
                lambda old=old, new=new: seconds(
                    lambda: (_TOKEN.findall(old), _TOKEN.findall(new))
                ),
                lambda old=old, new=new: seconds(lambda: text_diff.edits(old, new)),
            ],
            ROUNDS,
        )
        beside = f"{ms(whole)}; tokenising {ms(floor)}"
        yield Check("P13", words, ratio(whole, floor), "x floor", limit, beside=beside)
    old, new = _marked(rng, clause), _marked(rng, reworded(rng, clause, 80))
    worst = min(in_turn([lambda: seconds(lambda: text_diff.edits(old, new))], ROUNDS)[0])
    name = "400 words rewritten, every word under a mark of its own"
    yield Check("P13", name, worst * 1_000, "ms", 5)


def _marked(rng: random.Random, text: str) -> str:
    """Each word strong, emphasised, a link or plain."""
    shapes = ("**{}**", "*{}*", "[{}](https://hub.example/)", "{}")
    return " ".join(rng.choice(shapes).format(word) for word in text.split(" "))


def consolidation() -> Iterator[Check]:
    """P14: many amendments to many clauses, against an n-way join of opcodes clause by clause."""
    tree, amendments = _negotiation(CLAUSES, AMENDMENTS)
    bare = [
        replace(one, operations=tuple(replace(step, edits=()) for step in one.operations))
        for one in amendments
    ]
    base = {node.key: node.text.split(" ") for node in tree.walk()}
    wanted: dict[str, list[list[str]]] = {}
    for one in amendments:
        for step in one.operations:
            if isinstance(step, ReplaceText):
                wanted.setdefault(step.clause, []).append(step.text.split(" "))
    stored = {key: _opcodes(base[key], sides) for key, sides in wanted.items()}
    floor, stored_floor, known, fresh = in_turn(
        [
            lambda: seconds(
                lambda: [_joined(base[k], _opcodes(base[k], sides)) for k, sides in wanted.items()]
            ),
            lambda: seconds(lambda: [_joined(base[k], list(v)) for k, v in stored.items()]),
            lambda: seconds(lambda: consolidate(tree, amendments)),
            lambda: seconds(lambda: consolidate(tree, bare)),
        ],
        ROUNDS,
    )
    name = f"{AMENDMENTS} amendments, {CLAUSES} clauses"
    yield Check(
        "P14", f"{name}, edits stored", ratio(known, floor), "x floor", 3,
        beside=f"{ms(known)}; n-way by clause {ms(floor)}",
    )  # fmt: skip
    yield Check(
        "P14", f"{name}, compared on the fly", ratio(fresh, floor), "x floor",
        beside=f"{ms(fresh)}; n-way by clause {ms(floor)}",
    )  # fmt: skip
    yield Check(
        "P14", f"{name}, edits stored on both sides", ratio(known, stored_floor), "x floor",
        beside=f"{ms(known)}; n-way of stored opcodes {ms(stored_floor)}",
    )  # fmt: skip
    backwards = consolidate(tree, amendments[::-1]).preview
    same = backwards == consolidate(tree, amendments).preview
    yield Check("P14", "the same text whatever the order", float(same), "of 1", 1, at_least=True)
    yield from _peers(name, base, wanted, lambda: seconds(lambda: consolidate(tree, amendments)))


def _peers(
    name: str,
    base: Mapping[str, list[str]],
    wanted: Mapping[str, list[list[str]]],
    ours: Callable[[], float],
) -> Iterator[Check]:
    """The same amendments by others' merges, each clause folded; those that are here."""
    try:
        merge3: Any = importlib.import_module("merge3")
    except ImportError:
        print("NO MERGE3: it is not installed; nothing was measured against it", file=sys.stderr)
    else:
        theirs, own = in_turn(
            [lambda: seconds(lambda: _by_merge3(merge3, base, wanted)), ours], ROUNDS
        )
        yield Check(
            "P14", f"{name}: merge3 by clause", ratio(theirs, own), "x ours", 3, at_least=True,
            beside=f"merge3 {ms(theirs)}, folded; {ms(own)}",
        )  # fmt: skip
    if not shutil.which("git"):
        print("NO GIT: it is not installed; nothing was measured against it", file=sys.stderr)
        return
    theirs, own = [seconds(lambda: _by_git(base, wanted), 0)], [ours()]
    yield Check(
        "P14", f"{name}: git merge-file by clause", ratio(theirs, own), "x ours", 20,
        at_least=True, beside=f"git {ms(theirs)}, folded, one run",
    )  # fmt: skip


def growth() -> Iterator[Check]:
    """P15: how the time grows, and what one decision more costs."""
    few, many = _negotiation(CLAUSES, 1_000), _negotiation(3_000, 20_000)
    small, large = in_turn(
        [lambda: seconds(lambda: consolidate(*few)), lambda: seconds(lambda: consolidate(*many))], 3
    )
    name = "20,000 amendments, 3,000 clauses"
    beside = f"{ms(large)}; {ms(small)}"
    against = f"{name}, against 1,000 and {CLAUSES}"
    yield Check("P15", against, ratio(large, small), "x", 25, beside=beside)
    tree, amendments = many
    before = consolidate(tree, amendments)
    after = consolidate(tree, amendments[:-1], previous=before)
    again = sum(part is not before.parts.get(name) for name, part in after.parts.items())
    yield Check("P15", f"{name}: merged again for one decision less", again, "clauses", 1)


def _negotiation(clauses: int, amendments: int) -> tuple[ClauseTree, list[Amendment]]:
    """A fifth of the amendments go to one clause in twenty, so that some collide."""
    rng = random.Random(14)
    nodes = [
        Clause(f"clause-{at}", Kind.CLAUSE, text=" ".join(sentence(rng, 20) for _ in range(5)))
        for at in range(clauses)
    ]
    tree = ClauseTree("Sample", tuple(nodes))
    hot = rng.sample(range(clauses), clauses // 20)
    found: list[Amendment] = []
    while len(found) < amendments:
        at = rng.choice(hot) if rng.random() < 0.2 else rng.randrange(clauses)
        text = reworded(rng, nodes[at].text, rng.randint(1, 3))
        if text != nodes[at].text:
            found.append(Amendment(len(found) + 1, (replace_text(tree, nodes[at].key, text),)))
    return tree, found


def _opcodes(base: list[str], sides: Sequence[list[str]]) -> list[Edit]:
    """What each side changes, by words; ends alike are left out first."""
    found: list[Edit] = []
    for number, side in enumerate(sides):
        start, end, new_end = 0, len(base), len(side)
        while start < min(end, new_end) and base[start] == side[start]:
            start += 1
        while end > start and new_end > start and base[end - 1] == side[new_end - 1]:
            end, new_end = end - 1, new_end - 1
        for code in Indel.opcodes(base[start:end], side[start:new_end]):
            if code.tag != "equal":
                words = tuple(side[code.dest_start + start : code.dest_end + start])
                found.append((code.src_start + start, code.src_end + start, number, words))
    return found


def _joined(base: list[str], edits: list[Edit]) -> tuple[list[str], int]:
    """The text with everything that doesn't collide, and how often something does."""
    edits.sort()
    out: list[str] = []
    position = conflicts = at = 0
    while at < len(edits):
        start, end = edits[at][:2]
        after = at + 1
        while after < len(edits) and (edits[after][0] < end or edits[after][0] == start):
            end = max(end, edits[after][1])
            after += 1
        wordings = _wordings(base, start, end, edits[at:after])
        out += base[position:start]
        if len(wordings) == 1:
            out += wordings.pop()
        else:
            conflicts += 1
            out += base[start:end]
        position, at = end, after
    return out + base[position:], conflicts


def _wordings(base: list[str], start: int, end: int, edits: Sequence[Edit]) -> set[tuple[str, ...]]:
    by_side: dict[int, list[Edit]] = {}
    for edit in edits:
        by_side.setdefault(edit[2], []).append(edit)
    found = set()
    for own in by_side.values():
        words: list[str] = []
        position = start
        for first, last, _, new in own:
            words += base[position:first]
            words += new
            position = last
        found.add(tuple(words + base[position:end]))
    return found


def _by_merge3(
    merge3: Any, base: Mapping[str, list[str]], wanted: Mapping[str, list[list[str]]]
) -> None:
    """Each amendment merged into what the ones before made of its clause, a word being a line."""
    for key, sides in wanted.items():
        now = base[key]
        for side in sides:
            now = list(merge3.Merge3(base[key], now, side).merge_lines())


def _by_git(base: Mapping[str, list[str]], wanted: Mapping[str, list[list[str]]]) -> None:
    """One word a line, each amendment merged into what the ones before made of its clause."""
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder) / name) for name in ("now", "base", "theirs")]
        for key, sides in wanted.items():
            now = base[key]
            for side in sides:
                for name, words in zip(names, (now, base[key], side), strict=True):
                    Path(name).write_text("\n".join(words) + "\n", encoding="utf-8")
                done = subprocess.run(
                    ["git", "merge-file", "-p", *names], capture_output=True, text=True, check=False
                )
                now = done.stdout.splitlines()

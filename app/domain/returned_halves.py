"""Of which amendments somebody took a part in Word and left another.

Word lets each change of an amendment be taken or left by itself. The file as it reads before its
changes, and as it reads with the amendments in it, tell which of them were; where other words stand
there the amendment is no half, and is told as changed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.domain import operations, prose, text_diff
from app.domain.amendments import Amendment
from app.domain.clauses import ClauseTree, Kind
from app.domain.operations import MoveClause
from app.domain.returned import Carried, ReturnedDocument, taken
from app.domain.returned_fates import is_of, said_by_key
from app.domain.returned_lines import Line, line_of


class Bit(NamedTuple):
    """Words that an amendment brings (`comes`) or takes away, in one clause."""

    clause: str
    comes: bool
    text: str


@dataclass(frozen=True)
class Half:
    """What was taken of an amendment, what was left, and what is still tracked."""

    taken: tuple[Bit, ...]
    left: tuple[Bit, ...]
    open: tuple[Bit, ...]


@dataclass(frozen=True)
class Sayings:
    """What a file says of each clause before its changes, and with all amendments taken."""

    before: Mapping[str, str]
    amended: Mapping[str, str]


def sayings(
    document: ReturnedDocument,
    base: ClauseTree,
    held: Mapping[Carried, Amendment],
    blanks: Mapping[str, str],
) -> Sayings:
    """Read the file twice. `held`: what a copy of `base` took along; `blanks`: labels by name."""
    amended = taken(document, lambda one: any(is_of(carried, one) for carried in held))
    return Sayings(
        said_by_key(document, base, held.values(), blanks),
        said_by_key(amended, base, held.values(), blanks),
    )


def changed(base: ClauseTree, one: Amendment) -> dict[str, tuple[Line | None, Line | None]]:
    """The lines that an amendment alone changes in a text, before and after."""
    after = operations.apply(base, one.operations)
    keys = dict.fromkeys(
        node.key
        for tree in (base, after)
        for key in sorted(operations.touched(one.operations) & {*tree.nodes})
        for node in tree.find(key).walk()
    )
    sides = {key: (_line(base, key), _line(after, key)) for key in keys}
    return {key: pair for key, pair in sides.items() if pair[0] != pair[1]}


def _line(tree: ClauseTree, key: str) -> Line | None:
    node = tree.nodes.get(key)
    text = line_of(node) if node is not None and node.kind is not Kind.GENERATED else ""
    return Line(key, text, is_row=False) if text else None


def halves(
    base: ClauseTree, held: Mapping[Carried, Amendment], said: Sayings
) -> Mapping[int, Half]:
    """The amendments (by number) that were taken in part only."""
    lines = {one.number: changed(base, one) for one in held.values() if _is_simple(one, held)}
    touched = Counter(
        key for one in held.values() for key in {*lines.get(one.number, ()), *_keys(one)}
    )
    order = {key: at for at, key in enumerate(base.nodes)}
    found = {}
    for number, wanted in lines.items():
        if all(touched[key] == 1 for key in wanted):
            keys = sorted(wanted, key=lambda key: order.get(key, len(order)))
            half = _half({key: wanted[key] for key in keys}, said)
            if half is not None:
                found[number] = half
    return found


def _is_simple(one: Amendment, held: Mapping[Carried, Amendment]) -> bool:
    """Whether an amendment stands alone: it moves nothing, amends none, and none amends it."""
    linked = one.primary is not None or any(other.primary == one.number for other in held.values())
    return not linked and not any(isinstance(step, MoveClause) for step in one.operations)


def _keys(one: Amendment) -> frozenset[str]:
    return frozenset(operations.touched(one.operations))


def _half(wanted: Mapping[str, tuple[Line | None, Line | None]], said: Sayings) -> Half | None:
    bits: list[tuple[Bit, bool, bool]] = []
    for key, (was, is_now) in wanted.items():
        if was and is_now and not (key in said.before and key in said.amended):
            return None
        found = _told(key, was, is_now)
        before = _done(found, said.before.get(key))
        amended = _done(found, said.amended.get(key))
        if before is None or amended is None:
            return None
        changes = [bit for kind, bit in found if kind]
        bits += zip(changes, before, amended, strict=True)
    half = Half(
        tuple(bit for bit, is_taken, _ in bits if is_taken),
        tuple(bit for bit, is_taken, stands in bits if not stands and not is_taken),
        tuple(bit for bit, is_taken, stands in bits if stands and not is_taken),
    )
    parts = [part for part in (half.taken, half.left, half.open) if part]
    return half if len(parts) > 1 else None


Told = tuple[bool, Bit]
"""Words of a clause, and whether the amendment changes them."""


def _told(key: str, was: Line | None, is_now: Line | None) -> list[Told]:
    """A clause in pieces: those that stay, and those that the amendment brings or takes away."""
    if was is None or is_now is None:
        line = is_now or was
        return [(True, Bit(key, is_now is not None, prose.plain(line.text)))] if line else []
    pieces = text_diff.pieces(prose.plain(was.text), prose.plain(is_now.text), verbatim=True)
    return [(one.op != "=", Bit(key, one.op == "+", one.text)) for one in pieces]


def _done(pieces: list[Told], said: str | None) -> tuple[bool, ...] | None:
    """Which of the changes a clause shows done; None where it says anything else."""
    words = _squeezed(prose.plain(said or ""))
    states: dict[int, tuple[bool, ...]] = {0: ()}
    for is_change, bit in pieces:
        after: dict[int, tuple[bool, ...]] = {}
        for at, done in states.items():
            for end, more in _steps(words, at, is_change, bit):
                after.setdefault(end, (*done, *more))
        states = after
    return states.get(len(words))


def _steps(
    words: str, at: int, is_change: bool, bit: Bit
) -> Iterator[tuple[int, tuple[bool, ...]]]:
    """Where one can be after a piece, and whether it was done."""
    text = _squeezed(bit.text)
    if words.startswith(text, at):
        yield at + len(text), (bit.comes,) if is_change else ()
    if is_change:
        yield at, (not bit.comes,)


def _squeezed(text: str) -> str:
    """Without spaces: where a change begins and ends beside one is a matter of taste."""
    return "".join(text.split())

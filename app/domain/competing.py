"""Which amendments can't all be adopted: told while they are proposed, not when they are merged.

It follows the table of consolidation without merging anything, so that a list of many amendments
can say it. What only asks for an order (two new clauses at one place) is no competition.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from app.domain import text_diff
from app.domain.amendments import Amendment
from app.domain.clauses import ClauseTree
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    SetHeading,
)

Over = Literal["words", "structure"]
"""The same words changed differently; or deletion or place against another change."""

_ASIDE = frozenset({"below", "under"})


@dataclass(frozen=True)
class _Claim:
    """What one operation wants of one clause: tokens `start` to `end` become `wish`."""

    number: int
    part: Literal["text", "heading", "gone", "place", "below", "under"]
    start: int = 0
    end: int = 0
    wish: object = None


def competing(
    base: ClauseTree, amendments: Iterable[Amendment]
) -> Mapping[int, Mapping[int, Over]]:
    """By number, the amendments to the same text that compete with it, and over what.

    All must be written against `base`. Equal changes do not compete.
    """
    claims: defaultdict[str, list[_Claim]] = defaultdict(list)
    for amendment in amendments:
        for step in amendment.operations:
            for key, claim in _claims(base, amendment.number, step):
                claims[key].append(claim)
    found: dict[int, dict[int, Over]] = {}
    for key, held in claims.items():
        words = _Words(base, key)
        for one, other in combinations(held, 2):
            if one.number != other.number and (over := words.contested(one, other)):
                found.setdefault(one.number, {}).setdefault(other.number, over)
                found.setdefault(other.number, {}).setdefault(one.number, over)
    for one_number, other_number in _rings(claims.values()):
        found.setdefault(one_number, {}).setdefault(other_number, "structure")
    return found


def _rings(claims: Iterable[Iterable[_Claim]]) -> set[tuple[int, int]]:
    """Who moves a clause under what the other moves, while the other does the reverse."""
    found: set[tuple[int, int]] = set()
    for held in claims:
        moving = {claim.number for claim in held if claim.part == "place"}
        under = {claim.number for claim in held if claim.part == "under"}
        found |= {(one, other) for one in moving for other in under if one != other}
    return {(one, other) for one, other in found if (other, one) in found}


def _claims(base: ClauseTree, number: int, step: Operation) -> Iterator[tuple[str, _Claim]]:
    match step:
        case ReplaceText():
            for edit in step.edits:
                yield step.clause, _Claim(number, "text", edit.start, edit.end, edit.text)
        case SetHeading():
            yield step.clause, _Claim(number, "heading", wish=step.heading)
        case DeleteClause():
            if step.clause in base.nodes:
                for node in base.nodes[step.clause].walk():
                    yield node.key, _Claim(number, "gone")
        case MoveClause():
            yield step.clause, _Claim(number, "place", wish=(step.parent, step.after))
            if step.parent is not None:
                yield step.parent, _Claim(number, "below")
            for key in _above(base, step.parent):
                yield key, _Claim(number, "under")
        case InsertClause():
            if step.parent is not None:
                yield step.parent, _Claim(number, "below")


def _above(base: ClauseTree, key: str | None) -> tuple[str, ...]:
    """A clause with all above it, where the text has it."""
    if key is None or key not in base.nodes:
        return ()
    return tuple(node.key for node in base.path(key))


@dataclass
class _Words:
    """One clause whose claims are compared; its text is cut only where it has to be."""

    base: ClauseTree
    key: str
    _tokens: list[str] | None = None

    def contested(self, one: _Claim, other: _Claim) -> Over | None:
        parts = {one.part, other.part}
        if "gone" in parts:
            return None if parts <= {"gone", "under"} else "structure"
        if one.part != other.part or one.part in _ASIDE or one == _as(other, one.number):
            return None
        if one.part == "place":
            return "structure"
        if one.part == "heading":
            return "words"
        first, second = sorted((one, other), key=lambda claim: (claim.start, claim.end))
        return None if self.parted(first.end, second.start) else "words"

    def parted(self, end: int, start: int) -> bool:
        """Whether a word stands between two stretches, so that both can be changed."""
        if self._tokens is None:
            self._tokens = list(text_diff.tokens(self.base.find(self.key).text))
        return any(token[:1].isalnum() for token in self._tokens[end:start])


def _as(claim: _Claim, number: int) -> _Claim:
    return _Claim(number, claim.part, claim.start, claim.end, claim.wish)

"""What became, in Word, of the amendments that a copy took along as tracked changes.

While its changes are tracked an amendment is open. Where none is left, the file without its changes
tells: it says what the amendment wanted, what the text said before it, or something else.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal

from app.domain import operations
from app.domain.amendments import Amendment
from app.domain.clauses import ClauseTree
from app.domain.consolidation import consolidate
from app.domain.operations import MoveClause
from app.domain.returned import Carried, ReturnedDocument, Revision, rejecting
from app.domain.returned_lines import Line, aligned, is_typed_alike, lines_of
from app.domain.returned_words import reading

Fate = Literal["tracked", "accepted", "rejected", "half", "changed"]

_MOST_TOGETHER = 6
"""Among how many amendments of the same clauses every choice is tried."""


@dataclass(frozen=True)
class Fates:
    """What became of each amendment (by number), and the text with those accepted in Word."""

    by_number: Mapping[int, Fate]
    text: ClauseTree
    held: Mapping[Carried, Amendment]
    accepted: tuple[Amendment, ...] = ()


def is_of(one: Carried, revision: Revision) -> bool:
    """Whether a change is the amendment's; what several ask for has all their names, one date."""
    if revision.author == one.author:
        return revision.date == one.date
    return one.author in revision.author.split(", ")


def fates(
    document: ReturnedDocument,
    base: ClauseTree,
    held: Mapping[Carried, Amendment],
    blanks: Mapping[str, str],
) -> Fates:
    """Tell what became of the amendments that a copy of `base` held.

    `blanks`: labels by name. An amendment to one that is still tracked is told with it.
    """
    tracked = {
        amendment.number
        for one, amendment in held.items()
        if any(is_of(one, revision) for revision in document.revisions)
    }
    settled = [
        one
        for one in held.values()
        if one.number not in tracked and (one.primary is None or one.primary not in tracked)
    ]
    found: dict[int, Fate] = dict.fromkeys((one.number for one in held.values()), "tracked")
    numbers = {one.number for one in settled}
    settled = [one for one in settled if one.primary is None or one.primary in numbers]
    if not settled:
        return Fates(found, base, held)
    seen = _Seen(document, base, settled, blanks)
    for group in _groups(settled):
        found |= seen.told(group)
    accepted = tuple(one for one in settled if found[one.number] == "accepted")
    text = consolidate(base, accepted).preview if accepted else base
    return Fates(found, text, held, accepted)


def _groups(given: Iterable[Amendment]) -> list[list[Amendment]]:
    """Amendments that touch the same clauses, or amend one another, together."""
    found: list[tuple[set[object], list[Amendment]]] = []
    for one in given:
        marks: set[object] = {*operations.touched(one.operations), one.number}
        if one.primary is not None:
            marks.add(one.primary)
        met = [group for group in found if group[0] & marks]
        found = [group for group in found if not group[0] & marks]
        members = [member for group in met for member in group[1]]
        found.append((marks.union(*(group[0] for group in met)), [*members, one]))
    return [members for _, members in found]


def said_by_key(
    document: ReturnedDocument,
    base: ClauseTree,
    held: Iterable[Amendment],
    blanks: Mapping[str, str],
) -> Mapping[str, str]:
    """What a file says before its changes of each clause of a text with some amendments in it."""
    return _Seen(document, base, tuple(held), blanks).said


@dataclass
class _Seen:
    """What a file says before its changes, held against the text with some amendments in it."""

    document: ReturnedDocument
    base: ClauseTree
    settled: Sequence[Amendment]
    blanks: Mapping[str, str]

    def told(self, group: Sequence[Amendment]) -> Mapping[int, Fate]:
        """The choice among a group that explains what the file says, the whole of it first."""
        keys = {key for one in group for key in operations.touched(one.operations)}
        for chosen, tree in self._choices(group):
            if self._says(tree, keys):
                return {one.number: "accepted" if one in chosen else "rejected" for one in group}
        return {one.number: "changed" for one in group}

    def _choices(
        self, group: Sequence[Amendment]
    ) -> Iterator[tuple[Collection[Amendment], ClauseTree]]:
        yield (), self.base
        yield group, self._whole
        if len(group) <= _MOST_TOGETHER:
            for size in range(len(group) - 1, 0, -1):
                for chosen in combinations(group, size):
                    numbers = {one.number for one in chosen}
                    if all(one.primary is None or one.primary in numbers for one in chosen):
                        yield chosen, consolidate(self.base, chosen).preview

    @cached_property
    def _whole(self) -> ClauseTree:
        return consolidate(self.base, self.settled).preview

    @cached_property
    def said(self) -> Mapping[str, str]:
        """What the file says of each clause, in its order."""
        words = reading(self.document, (self.base, self._whole), self.blanks)
        view = rejecting(self.document)
        units = words.units(view)
        said = [Line("", words.prose(unit, view), unit.row >= 0) for unit in units]
        marked = {at: keys for at, unit in enumerate(units) if (keys := words.keys(unit))}
        places = aligned(self._lines, said, marked)
        return {places[at]: said[at].text for at in sorted(places)}

    @cached_property
    def _lines(self) -> list[Line]:
        """The lines of the text with all amendments, those that went where they stood."""
        found = list(lines_of(self._whole))
        held = {line.key for line in found}
        before = ""
        for line in lines_of(self.base):
            if line.key not in held:
                places = {one.key: at for at, one in enumerate(found)}
                found.insert(places.get(before, -1) + 1, line)
            before = line.key
        return found

    @cached_property
    def _firm(self) -> frozenset[str]:
        """The clauses that nothing puts elsewhere, brings or takes away."""
        moved = {
            step.clause
            for one in self.settled
            for step in one.operations
            if isinstance(step, MoveClause)
        }
        return frozenset({*self.base.nodes} & {*self._whole.nodes} - moved)

    def _says(self, tree: ClauseTree, keys: Collection[str]) -> bool:
        lines = {line.key: line.text for line in lines_of(tree)}
        after = _behind(lines, self._firm)
        return all(
            is_typed_alike(self.said[key], lines[key]) and self._behind.get(key) == after.get(key)
            if key in lines and key in self.said
            else key not in lines and key not in self.said
            for key in keys
        )

    @cached_property
    def _behind(self) -> Mapping[str, str]:
        return _behind(self.said, self._firm)


def _behind(keys: Iterable[str], firm: Collection[str]) -> dict[str, str]:
    """For each clause that may have moved the firm one before it."""
    found: dict[str, str] = {}
    last = ""
    for key in keys:
        if key in firm:
            last = key
        else:
            found[key] = last
    return found

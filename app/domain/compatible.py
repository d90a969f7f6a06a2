"""Which of many amendments can stand in one text together, where nobody has decided anything yet.

The one proposed first stands; whatever collides with it is left out and named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.amendments import Amendment, Sources
from app.domain.clauses import ClauseTree
from app.domain.conflicts import ConflictFound
from app.domain.consolidation import Consolidation, consolidate
from app.domain.provenance import Provenance


@dataclass(frozen=True)
class Compatible:
    """The text with all that fits, and by number what each amendment left out collides with.

    One that amends another left out is left out with it.
    """

    merged: Consolidation
    taken: tuple[int, ...]
    left: Mapping[int, int]


def compatible(
    base: ClauseTree,
    amendments: Iterable[Amendment],
    *,
    sources: Sources | None = None,
    origins: Provenance | None = None,
) -> Compatible:
    """The first of any that collide stays, whatever the order in which they are given.

    Raises Conflict where one was written against another text.
    """
    held = sorted(amendments, key=lambda one: one.number)
    left: dict[int, int] = {}
    while True:
        merged = consolidate(base, held, sources=sources, origins=origins)
        if not merged.conflicts:
            return Compatible(merged, tuple(one.number for one in held), left)
        left |= _losers(merged.conflicts)
        left |= {
            one.number: one.primary
            for one in held
            if one.primary is not None and one.primary in left and one.number not in left
        }
        held = [one for one in held if one.number not in left]


def _losers(conflicts: Iterable[ConflictFound]) -> dict[int, int]:
    """At each place all but the first that is still there, with the number of that first."""
    found: dict[int, int] = {}
    for conflict in conflicts:
        numbers = sorted({number for one in conflict.wordings for number in one.by})
        if len(numbers) < 2:
            raise AssertionError("A conflict lies between amendments.")
        first, *others = [number for number in numbers if number not in found] or numbers
        found |= {number: first for number in others if number not in found}
    return found

"""What changed between two versions, in numbers of clauses; without comparing words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain import placement


@dataclass(frozen=True, slots=True)
class Line:
    """One clause of a version: its key, its parent's key, and its own words by hash or as told."""

    key: str
    parent: str | None
    words: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """How many clauses came, went, read otherwise or stand elsewhere."""

    came: int = 0
    went: int = 0
    reworded: int = 0
    moved: int = 0

    @property
    def is_none(self) -> bool:
        """Whether the two versions say the same."""
        return not (self.came or self.went or self.reworded or self.moved)


def counted(old: Iterable[Line], new: Iterable[Line]) -> ChangeCounts:
    """Count what leads from one version to the next; both in reading order."""
    before = {line.key: line for line in old}
    after = {line.key: line for line in new}
    kept = [key for key in after if key in before]
    return ChangeCounts(
        came=len(after) - len(kept),
        went=len(before) - len(kept),
        reworded=sum(before[key].words != after[key].words for key in kept),
        moved=_moved(before, after, kept),
    )


def _moved(before: Mapping[str, Line], after: Mapping[str, Line], kept: Iterable[str]) -> int:
    """Clauses under another parent, and the fewest that left the order of their siblings."""
    places = {key: place for place, key in enumerate(before)}
    under: defaultdict[str | None, list[int]] = defaultdict(list)
    moved = 0
    for key in kept:
        if before[key].parent != after[key].parent:
            moved += 1
        else:
            under[after[key].parent].append(places[key])
    return moved + sum(len(held) - len(placement.rising(held)) for held in under.values())

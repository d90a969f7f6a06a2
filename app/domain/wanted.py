"""What amendments want of one heading or one text, and what came of it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.domain import conflicts
from app.domain.conflicts import ConflictFound, Resolution, Wording
from app.domain.operations import Operation
from app.domain.provenance import Part, Removed, Source, Spans
from app.domain.stretches import Piece
from app.domain.text_diff import Edit


class Wanted(NamedTuple):
    """What one amendment wants of one part of a clause: the whole new text and where it is from.

    `edits` of the base, where they are known, spare a comparison. `spans` are given where not all
    new words are from `source`. `split` are the texts split off, by the keys of their clauses.
    """

    number: int
    text: str
    source: Source
    operations: tuple[Operation, ...]
    edits: tuple[Edit, ...] | None = None
    spans: Spans | None = None
    split: tuple[tuple[str, str], ...] = ()


class Ground(NamedTuple):
    """The part of a clause that all of them start from."""

    clause: str
    part: Part
    text: str
    spans: Spans
    verbatim: bool = False


class Merged(NamedTuple):
    """One part of a clause after the merge: the text, what was split off, and what to tell."""

    pieces: tuple[Piece, ...]
    removed: tuple[Removed, ...]
    found: tuple[ConflictFound, ...]
    takers: frozenset[tuple[int, ...]]
    conflicted: frozenset[int]
    lost: frozenset[int]
    used: tuple[Resolution, ...]


def words_conflict(
    ground: Ground,
    wants: Mapping[int, Wanted],
    wordings: Iterable[Wording],
    base: str,
    start: int,
    end: int,
) -> ConflictFound:
    """The conflict of those who want different words for tokens `start` to `end` (now: `base`)."""
    told = tuple(wordings)
    numbers = sorted({number for wording in told for number in wording.by})
    involved = tuple(step for number in numbers for step in wants[number].operations)
    span = (ground.part, start, end)
    name = conflicts.conflict_id(ground.clause, "words", involved, span)
    return ConflictFound(name, ground.clause, "words", told, base, involved, *span)

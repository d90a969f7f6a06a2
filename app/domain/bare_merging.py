"""The short way of a merge: bare words that several amendments change.

Most clauses are like that. It must come to what the long way (`word_merging`) comes to, and leaves
to it whatever has more to it: marks, words of other authors, splits, resolutions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain import bare_texts, merging, prose, provenance, text_diff, tokens
from app.domain.bare_texts import Kept
from app.domain.conflicts import ConflictFound, Resolution, Wording
from app.domain.merging import Change, Contested, Taken
from app.domain.provenance import ProvenanceSpan, Removed, Source
from app.domain.stretches import Piece
from app.domain.text_diff import Edit
from app.domain.wanted import Ground, Merged, Wanted, words_conflict


@dataclass(slots=True)
class _Written:
    """The text as far as it is written, so many code points."""

    ground: Ground
    base: Kept
    parts: list[str] = field(default_factory=list)
    spans: list[ProvenanceSpan] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    found: list[ConflictFound] = field(default_factory=list)
    length: int = 0

    def keep(self, start: int, end: int) -> None:
        if start == end:
            return
        first, last = self.base.offsets[start], self.base.offsets[end]
        length = last - first
        self.parts.append(self.base.text[first:last])
        if len(self.ground.spans) == 1:
            self.spans.append(ProvenanceSpan(length, self.ground.spans[0].source))
        else:
            self.spans += provenance.cut(self.ground.spans, first, last)
        self.length += length

    def take(self, start: int, end: int, text: str, source: Source) -> None:
        if end > start:
            gone = self.base.text[self.base.offsets[start] : self.base.offsets[end]]
            self.removed.append(Removed(self.ground.part, self.length, gone, source))
        self.parts.append(text)
        self.spans.append(ProvenanceSpan(len(text), source))
        self.length += len(text)

    def done(self, takers: frozenset[tuple[int, ...]]) -> Merged:
        piece = Piece(self.ground.clause, "".join(self.parts), provenance.joined(self.spans))
        waiting = frozenset(n for one in self.found for told in one.wordings for n in told.by)
        found = tuple(self.found)
        return Merged((piece,), tuple(self.removed), found, takers, waiting, frozenset(), ())


def merge_bare(
    ground: Ground, wants: Sequence[Wanted], resolutions: Mapping[str, Resolution]
) -> Merged | None:
    """The merge, if there are only bare words in it and nothing was resolved."""
    base = _base(ground, wants)
    if base is None:
        return None
    written = _Written(ground, base)
    if len(wants) == 1:
        return _of_one(written, wants[0])
    by_number = {want.number: want for want in wants}
    changes = [change for want in wants for change in _changes(written, want)]
    takers: set[tuple[int, ...]] = set()
    for segment in merging.merge(base.words, changes, merging.by_words(base.words)):
        if isinstance(segment, Contested):
            conflict = _conflict(written, by_number, segment)
            if conflict.id in resolutions:
                return None
            written.found.append(conflict)
        elif isinstance(segment, Taken):
            if len(segment.made[segment.by[0]]) > 1:
                return None
            takers.add(segment.by)
            source = _source(segment.by, by_number)
            written.take(segment.start, segment.end, "".join(segment.words), source)
            continue
        written.keep(segment.start, segment.end)
    text = "".join(written.parts)
    if not (ground.verbatim or prose.is_bare(text)):
        return None
    return written.done(frozenset(takers))


def _conflict(written: _Written, wants: Mapping[int, Wanted], segment: Contested) -> ConflictFound:
    wordings = [Wording(one.by, "".join(one.words)) for one in segment.wordings]
    base = "".join(written.base.words[segment.start : segment.end])
    return words_conflict(written.ground, wants, wordings, base, segment.start, segment.end)


def _base(ground: Ground, wants: Sequence[Wanted]) -> Kept | None:
    """The text to be merged; None if there is more to them or to what is wanted of them."""
    if any(want.split or want.spans is not None for want in wants):
        return None
    base = bare_texts.read_kept(ground.text)
    if ground.verbatim:
        return base
    return base if base.is_bare and all(prose.is_bare(want.text) for want in wants) else None


def _of_one(written: _Written, want: Wanted) -> Merged:
    position = 0
    found = _edits(written.base, want, verbatim=written.ground.verbatim)
    for start, end, text in found:
        written.keep(position, start)
        written.take(start, end, text, want.source)
        position = end
    written.keep(position, len(written.base.words))
    return written.done(frozenset({(want.number,)} if found else ()))


def _source(by: tuple[int, ...], wants: Mapping[int, Wanted]) -> Source:
    own = wants[by[0]].source
    if len(by) == 1:
        return own
    return own._replace(ref=",".join(wants[number].source.ref for number in by))


def _changes(written: _Written, want: Wanted) -> Iterator[Change]:
    by = (want.number,)
    for start, end, text in _edits(written.base, want, verbatim=written.ground.verbatim):
        yield Change(start, end, tuple(tokens.cut(text)), by)


def _edits(base: Kept, want: Wanted, *, verbatim: bool) -> Sequence[Edit]:
    """The stored edits if they say what the text says; the text rules."""
    if want.edits is not None and bare_texts.leads_to(base, want.edits, want.text):
        return want.edits
    if verbatim:
        return text_diff.edits(base.text, want.text, verbatim=True)
    return bare_texts.edits(base, want.text)

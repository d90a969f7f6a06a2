"""The short way of a merge: bare words that several amendments change.

Most clauses are like that. It must come to what the long way (`word_merging`) comes to, and leaves
to it whatever has more to it: marks, words of other authors, splits, resolutions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain import merging, prose, provenance, text_diff, tokens
from app.domain.conflicts import ConflictFound, Resolution, Wording
from app.domain.merging import Change, Contested, Taken
from app.domain.provenance import ProvenanceSpan, Removed, Source
from app.domain.stretches import Piece
from app.domain.text_diff import Edit
from app.domain.wanted import Ground, Merged, Wanted, words_conflict


@dataclass(slots=True)
class _Written:
    """The text as far as it is written; `at` and `length` count the old and the new one."""

    ground: Ground
    words: Sequence[str]
    parts: list[str] = field(default_factory=list)
    spans: list[ProvenanceSpan] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    found: list[ConflictFound] = field(default_factory=list)
    at: int = 0
    length: int = 0

    def keep(self, start: int, end: int) -> None:
        if start == end:
            return
        text = "".join(self.words[start:end])
        length = len(text)
        self.parts.append(text)
        if len(self.ground.spans) == 1:
            self.spans.append(ProvenanceSpan(length, self.ground.spans[0].source))
        else:
            self.spans += provenance.cut(self.ground.spans, self.at, self.at + length)
        self.at += length
        self.length += length

    def take(self, start: int, end: int, text: str, source: Source) -> None:
        if end > start:
            gone = "".join(self.words[start:end])
            self.removed.append(Removed(self.ground.part, self.length, gone, source))
            self.at += len(gone)
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
    words = _words(ground, wants)
    if words is None:
        return None
    written = _Written(ground, words)
    if len(wants) == 1:
        return _of_one(written, wants[0])
    by_number = {want.number: want for want in wants}
    changes = [change for want in wants for change in _changes(ground, words, want)]
    takers: set[tuple[int, ...]] = set()
    for segment in merging.merge(words, changes, merging.by_words(words)):
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
    base = "".join(written.words[segment.start : segment.end])
    return words_conflict(written.ground, wants, wordings, base, segment.start, segment.end)


def _words(ground: Ground, wants: Sequence[Wanted]) -> Sequence[str] | None:
    """The tokens to be merged; None if there is more to them or to what is wanted of them."""
    if any(want.split or want.spans is not None for want in wants):
        return None
    if ground.verbatim:
        return tokens.read_kept(ground.text, verbatim=True).words
    if tokens.is_marked(ground.text) or not all(prose.is_bare(want.text) for want in wants):
        return None
    return tokens.read_kept(ground.text).words


def _of_one(written: _Written, want: Wanted) -> Merged:
    position = 0
    found = _edits(written.ground, written.words, want)
    for start, end, text in found:
        written.keep(position, start)
        written.take(start, end, text, want.source)
        position = end
    written.keep(position, len(written.words))
    return written.done(frozenset({(want.number,)} if found else ()))


def _source(by: tuple[int, ...], wants: Mapping[int, Wanted]) -> Source:
    own = wants[by[0]].source
    if len(by) == 1:
        return own
    return own._replace(ref=",".join(wants[number].source.ref for number in by))


def _changes(ground: Ground, words: Sequence[str], want: Wanted) -> Iterator[Change]:
    by = (want.number,)
    for start, end, text in _edits(ground, words, want):
        yield Change(start, end, tuple(tokens.cut(text)), by)


def _edits(ground: Ground, words: Sequence[str], want: Wanted) -> Sequence[Edit]:
    """The stored edits if they say what the text says; the text rules."""
    if want.edits is not None and _leads_to(words, want.edits, want.text):
        return want.edits
    return text_diff.edits(ground.text, want.text, verbatim=True)


def _leads_to(words: Sequence[str], edits: Sequence[Edit], text: str) -> bool:
    parts: list[str] = []
    position = 0
    for start, end, new in edits:
        if not position <= start <= end <= len(words):
            return False
        parts += words[position:start]
        parts.append(new)
        position = end
    parts += words[position:]
    return "".join(parts) == text

"""The heading or the text of one clause as several amendments want it, with marks and sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain import bare_merging, merging, prose, provenance, text_diff, tokens
from app.domain.conflicts import ConflictFound, Resolution, Wording
from app.domain.merging import Change, Contested, Kept, Taken
from app.domain.provenance import ProvenanceSpan, Removed, Source
from app.domain.stretches import (
    CUT,
    MarkChanges,
    Piece,
    Stretch,
    divided,
    piece,
    remarked,
    united,
    with_marks,
)
from app.domain.text_diff import Edit
from app.domain.tokens import PLAIN, Marks, Tokens
from app.domain.wanted import Ground, Merged, Wanted, words_conflict
from app.kernel.errors import Invalid

__all__ = ["Ground", "Merged", "Wanted", "merge_part"]


class _Own(NamedTuple):
    """One change of one side, with its marks and sources."""

    start: int
    end: int
    tokens: Tokens
    spans: Sequence[ProvenanceSpan]
    only_marks: bool


@dataclass(slots=True)
class _Work:
    """One merge under way."""

    ground: Ground
    base: Tokens
    offsets: Sequence[int]
    wants: Mapping[int, Wanted]
    owns: Mapping[tuple[int, int, int], _Own]
    marked: Mapping[int, Mapping[int, Marks]]
    stretches: list[Stretch] = field(default_factory=list)
    length: int = 0
    removed: list[Removed] = field(default_factory=list)
    found: list[ConflictFound] = field(default_factory=list)
    conflicted: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    used: list[Resolution] = field(default_factory=list)

    def base_spans(self, start: int, end: int) -> list[ProvenanceSpan]:
        return provenance.cut(self.ground.spans, self.offsets[start], self.offsets[end])


def merge_part(
    ground: Ground, wants: Sequence[Wanted], resolutions: Mapping[str, Resolution]
) -> Merged:
    """Merge what the amendments want; open conflicts leave the base words standing.

    Raises Invalid where a resolution doesn't fit its conflict.
    """
    if bare := bare_merging.merge_bare(ground, wants, resolutions):
        return bare
    work = _begun(ground, wants)
    separated = merging.by_words(work.base.words)
    segments = merging.merge(work.base.words, _changes(work), separated)
    for segment in segments:
        if isinstance(segment, Kept):
            _keep(work, segment.start, segment.end)
        elif isinstance(segment, Taken):
            work.taken.update(segment.by)
            _take(work, segment, segment.by)
        else:
            _contest(work, segment, resolutions)
    takers = {segment.by for segment in segments if isinstance(segment, Taken)}
    pieces = _pieces(work)
    return Merged(
        pieces,
        tuple(work.removed),
        tuple(work.found),
        frozenset(takers | set(_markers(work.marked))),
        frozenset(work.conflicted),
        frozenset(work.lost - work.taken - work.conflicted),
        tuple(work.used),
    )


def _markers(marked: Mapping[int, Mapping[int, Marks]]) -> Iterator[tuple[int, ...]]:
    """Who put the same marks on the same words."""
    for wanted in marked.values():
        for marks in set(wanted.values()):
            yield tuple(sorted(number for number, held in wanted.items() if held == marks))


def _begun(ground: Ground, wants: Sequence[Wanted]) -> _Work:
    base = tokens.read_kept(ground.text, verbatim=ground.verbatim)
    offsets = tokens.offsets(base.words)
    owns: dict[tuple[int, int, int], _Own] = {}
    marked: dict[int, dict[int, Marks]] = {}
    for want in wants:
        for own in _owns(ground, base, offsets, want):
            if not own.only_marks:
                owns[want.number, own.start, own.end] = own
                continue
            for place, marks in enumerate(own.tokens.marks, own.start):
                if marks != base.marks[place]:
                    marked.setdefault(place, {})[want.number] = marks
    work = _Work(ground, base, offsets, {w.number: w for w in wants}, owns, marked)
    work.taken.update(number for wanted in marked.values() for number in wanted)
    return work


def _owns(ground: Ground, base: Tokens, offsets: Sequence[int], want: Wanted) -> Iterator[_Own]:
    """What one amendment changes, edit by edit."""
    if want.split:
        yield from _owns_of_split(ground, base, want)
        return
    found = want.edits
    if found is None or not _leads_to(ground, base, offsets, found, want.text):
        after = tokens.read(want.text, verbatim=ground.verbatim)
        found = text_diff.edits_between(base, after, verbatim=ground.verbatim)
    position = new_position = 0
    for edit in found:
        new_position += offsets[edit.start] - offsets[position]
        words = tokens.read(edit.text, verbatim=ground.verbatim)
        length = tokens.plain_length(words.words)
        if want.spans is None:
            spans = [ProvenanceSpan(length, want.source)]
        else:
            spans = provenance.cut(want.spans, new_position, new_position + length)
        only_marks = words.words == base.words[edit.start : edit.end]
        yield _Own(edit.start, edit.end, words, spans, only_marks)
        position, new_position = edit.end, new_position + length


def _owns_of_split(ground: Ground, base: Tokens, want: Wanted) -> Iterator[_Own]:
    """The text and what is split off taken as one text with cuts in it."""
    whole = [tokens.read(want.text, verbatim=ground.verbatim)]
    for key, text in want.split:
        whole += [Tokens((CUT + key,), (PLAIN,)), tokens.read(text, verbatim=ground.verbatim)]
    new = Tokens(
        tuple(word for part in whole for word in part.words),
        tuple(marks for part in whole for marks in part.marks),
    )
    for swap in text_diff.cleaned(base.words, text_diff.swaps(base.words, new.words)):
        part = new.part(swap.new_start, swap.new_end)
        length = tokens.plain_length(word for word in part.words if word[0] != CUT)
        yield _Own(swap.start, swap.end, part, [ProvenanceSpan(length, want.source)], False)


def _leads_to(
    ground: Ground, base: Tokens, offsets: Sequence[int], edits: Sequence[Edit], text: str
) -> bool:
    """Whether stored edits say what the text says; the text rules."""
    parts: list[str] = []
    position = 0
    as_it_is = ground.verbatim or offsets[-1] == len(ground.text)
    for edit in edits:
        if not position <= edit.start <= edit.end <= len(base.words):
            return False
        parts += [_base_text(ground, base, offsets, position, edit.start, as_it_is), edit.text]
        position = edit.end
    parts.append(_base_text(ground, base, offsets, position, len(base.words), as_it_is))
    return (prose.join(parts) if not ground.verbatim else "".join(parts)) == text


def _base_text(
    ground: Ground, base: Tokens, offsets: Sequence[int], start: int, end: int, as_it_is: bool
) -> str:
    if as_it_is:
        return ground.text[offsets[start] : offsets[end]]
    return tokens.write([base.part(start, end)])


def _changes(work: _Work) -> Iterator[Change]:
    for (number, start, end), own in work.owns.items():
        words = own.tokens.words
        is_cut = len(words) == 1 and words[0][0] == CUT
        is_cut = is_cut and all(word.isspace() for word in work.base.words[start:end])
        yield Change(start, end, words, (number,), is_cut)


def _keep(work: _Work, start: int, end: int) -> None:
    _add(work, _base_stretch(work, start, end))


def _base_stretch(work: _Work, start: int, end: int, number: int | None = None) -> Stretch:
    """Base tokens with the marks that all amendments (or one of them) want there."""
    part = work.base.part(start, end)
    if work.marked:
        marks = tuple(_marks_at(work, place, number) for place in range(start, end))
        part = Tokens(part.words, marks)
    return Stretch(part, work.base_spans(start, end))


def _marks_at(work: _Work, place: int, number: int | None = None) -> Marks:
    wanted = work.marked.get(place, {})
    own = [wanted[n] for n in sorted(wanted) if number in {None, n}]
    return united(work.base.marks[place], own) if own else work.base.marks[place]


def _contest(work: _Work, segment: Contested, resolutions: Mapping[str, Resolution]) -> None:
    """Settle a conflict, or tell of it and leave the base words."""
    sides = {number for wording in segment.wordings for number in wording.by}
    conflict = _told(work, segment)
    resolution = resolutions.get(conflict.id)
    if resolution is None:
        work.conflicted |= sides
        work.found.append(conflict)
        _keep(work, segment.start, segment.end)
        return
    work.used.append(resolution)
    chosen = _resolve(work, segment, conflict, resolution)
    work.taken |= chosen
    work.lost |= sides - chosen


def _told(work: _Work, segment: Contested) -> ConflictFound:
    wordings = [
        Wording(
            wording.by,
            _written(work, [held.tokens for held in _rendered(work, segment, wording.by[0])]),
        )
        for wording in segment.wordings
    ]
    before = _written(work, [work.base.part(segment.start, segment.end)])
    return words_conflict(work.ground, work.wants, wordings, before, segment.start, segment.end)


def _resolve(
    work: _Work, segment: Contested, conflict: ConflictFound, resolution: Resolution
) -> set[int]:
    """Put the chosen words in place; the amendments whose words they are."""
    sides = [wording.by for wording in segment.wordings]
    match resolution.choice:
        case "base":
            _keep(work, segment.start, segment.end)
            return set()
        case "side":
            chosen = [sides[resolution.side(conflict.wordings)]]
        case "order" if segment.start == segment.end:
            chosen = [sides[place] for place in resolution.order(conflict.wordings)]
        case "order":
            raise Invalid("These words replace each other; choose one wording or write your own.")
        case _:
            source = Source("resolution", conflict.id, resolution.why)
            words = tokens.read(resolution.words(), verbatim=work.ground.verbatim)
            spans = provenance.whole(tokens.plain(words.words), source)
            _put(work, segment, [Stretch(words, spans)], source)
            return set()
    for by in chosen:
        _take(work, segment, by, resolution.why)
    return {number for by in chosen for number in by}


def _take(work: _Work, segment: Taken | Contested, by: tuple[int, ...], why: str = "") -> None:
    """Put what the sides `by` want: the same words, perhaps under different marks."""
    found = _rendered(work, segment, by[0])
    if len(by) > 1:
        others = [
            [marks for held in _rendered(work, segment, number) for marks in held.tokens.marks]
            for number in by[1:]
        ]
        found = with_marks(found, others)
    if work.marked:
        found = remarked(found, _changed_marks(work, segment, found))
    own = work.wants[by[0]].source
    source = own
    if len(by) > 1:
        source = own._replace(ref=",".join(work.wants[number].source.ref for number in by))
    source = source._replace(why=why or source.why)
    if source != own:
        found = [
            Stretch(
                held.tokens,
                [s._replace(source=source) if s.source == own else s for s in held.spans],
            )
            for held in found
        ]
    _put(work, segment, found, source)


def _put(work: _Work, segment: Taken | Contested, found: Sequence[Stretch], source: Source) -> None:
    if segment.end > segment.start:
        gone = tokens.plain(work.base.words[segment.start : segment.end])
        work.removed.append(Removed(work.ground.part, work.length, gone, source))
    for held in found:
        _add(work, held)


def _add(work: _Work, stretch: Stretch) -> None:
    work.stretches.append(stretch)
    work.length += sum([span.length for span in stretch.spans])


def _rendered(work: _Work, segment: Taken | Contested, number: int) -> list[Stretch]:
    """The base tokens of a segment as one side wants them."""
    found: list[Stretch] = []
    position = segment.start
    for change in segment.made[number]:
        if change.start > position:
            found.append(_base_stretch(work, position, change.start, number))
        own = work.owns[number, change.start, change.end]
        found.append(Stretch(own.tokens, own.spans))
        position = change.end
    if segment.end > position:
        found.append(_base_stretch(work, position, segment.end, number))
    return found


def _changed_marks(
    work: _Work, segment: Taken | Contested, found: Sequence[Stretch]
) -> Iterator[tuple[MarkChanges, ...]]:
    """For each word what those were and are marked as whose place it takes: alone, and with all."""
    whole = _marks_between(work, segment.start, segment.end)
    words = [word for held in found for word in held.tokens.words]
    position = segment.start
    for swap in text_diff.swaps(work.base.words[segment.start : segment.end], words):
        start, end = segment.start + swap.start, segment.start + swap.end
        for place in range(position, start):
            yield _marks_between(work, place, place + 1), whole
        replaced = _marks_between(work, start, end)
        for _ in range(swap.new_start, swap.new_end):
            yield replaced, whole
        position = end
    for place in range(position, segment.end):
        yield _marks_between(work, place, place + 1), whole


def _marks_between(work: _Work, start: int, end: int) -> MarkChanges:
    """What each word there was and is marked as; of an empty place both its neighbours."""
    places = range(start, end) if end > start else _neighbours(work.base.words, start)
    return [
        (work.base.marks[at][0], _marks_at(work, at)[0])
        for at in places
        if not work.base.words[at].isspace()
    ]


def _neighbours(words: Sequence[str], place: int) -> list[int]:
    before, after = place - 1, place
    while before >= 0 and words[before].isspace():
        before -= 1
    while after < len(words) and words[after].isspace():
        after += 1
    return [before, after] if before >= 0 and after < len(words) else []


def _written(work: _Work, parts: Iterable[Tokens]) -> str:
    """Prose of some tokens; a cut shows as a space."""
    plain = [
        Tokens(tuple(" " if word[0] == CUT else word for word in part.words), part.marks)
        for part in parts
    ]
    return tokens.write(plain, verbatim=work.ground.verbatim)


def _pieces(work: _Work) -> tuple[Piece, ...]:
    """The result divided at its cuts, each part tidied."""
    parts = [(work.ground.clause, work.stretches)]
    if any(want.split for want in work.wants.values()):
        parts = divided(work.ground.clause, work.stretches)
    return tuple(piece(key, found, work.ground.verbatim) for key, found in parts)

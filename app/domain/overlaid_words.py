"""One text with what several amendments want of it, for reading; contested words side by side.

The merge that decides (merging.py) finds what is contested here too, so what a reader sees as a
choice is what a facilitator gets as a conflict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import merging, text_diff, tokens
from app.domain.changes import Change, Either, Part, compare, old_words
from app.domain.merging import Contested, Kept, Taken
from app.domain.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Want:
    """What one amendment wants: the whole new text. One that amends another names it."""

    number: int
    text: str
    primary: int | None = None


@dataclass(frozen=True, slots=True)
class _Own:
    start: int
    end: int
    tokens: Tokens


def together(base: str, wants: Sequence[Want]) -> tuple[Part, ...]:
    """The text with all wanted changes; equal ones once, with the numbers of all who want them.

    An amendment that amends another counts only for what it changes in the other's wording.
    Changes of marks are shown where no words are changed.
    """
    if not wants:
        return compare(base, base)
    found = tuple(_overlaid(base, wants))
    if old_words(found) == base:
        return found
    # Prose that is not canonical can't be cut and joined again: show it whole.
    wordings = tuple(compare(base, want.text, (want.number,)) for want in wants)
    return wordings[0] if len(wordings) == 1 else (Either(tuple(_whole(base, wants))),)


def struck(parts: Sequence[Part], by: tuple[int, ...], op: str = "=") -> tuple[Part, ...]:
    """The same text where somebody wants to delete all of it: what would stay (or `op`) goes."""
    return tuple(
        Change("-", (part.was if part.op == "=" else part.text), by=by)
        if isinstance(part, Change) and part.op == op
        else part
        for part in parts
    )


def arriving(parts: Sequence[Part], by: tuple[int, ...]) -> tuple[Part, ...]:
    """The text of a new clause: the words nobody changes come with it."""
    return tuple(
        replace(part, op="+", was="", by=by)
        if isinstance(part, Change) and part.op == "="
        else part
        for part in parts
    )


def _whole(base: str, wants: Sequence[Want]) -> Iterator[tuple[Change, ...]]:
    for want in wants:
        by = (want.number,)
        yield (Change("-", base, by=by), Change("+", want.text, by=by))


def _overlaid(text: str, wants: Sequence[Want]) -> Iterator[Part]:
    base = tokens.read(text)
    # What amends an amendment repeats its changes: cut small, they can be told from its own.
    fine = {number for w in wants if w.primary for number in (w.number, w.primary)}
    owns = {w.number: list(_owns(text, base, w, fine=w.number in fine)) for w in wants}
    marked: list[tuple[int, _Own]] = []
    changes: list[merging.Change] = []
    for want in wants:
        known = {} if want.primary is None else _by_place(owns.get(want.primary, []))
        for own in owns[want.number]:
            if known.get((own.start, own.end)) == own.tokens:
                continue
            if own.tokens.words == base.words[own.start : own.end]:
                marked.append((want.number, own))
            else:
                changes.append(merging.Change(own.start, own.end, own.tokens.words, (want.number,)))
    for segment in merging.merge(base.words, changes, merging.by_words(base.words)):
        if isinstance(segment, Kept):
            yield from _kept(base, segment, marked)
        elif isinstance(segment, Taken):
            yield from _replaced(base, segment, segment.by, owns)
        else:
            yield Either(
                tuple(
                    tuple(_replaced(base, segment, wording.by, owns))
                    for wording in segment.wordings
                )
            )


def _owns(text: str, base: Tokens, want: Want, *, fine: bool) -> Iterator[_Own]:
    """The changes one amendment wants; `fine`: not joined to what a reader takes for one."""
    new = tokens.read(want.text)
    swaps = text_diff.swaps(base.words, new.words)
    for swap in swaps if fine else text_diff.cleaned(base.words, swaps):
        yield _Own(swap.start, swap.end, new.part(swap.new_start, swap.new_end))
    if set(base.marks) | set(new.marks) != {tokens.PLAIN}:
        for edit in text_diff.edits(text, want.text):
            words = tokens.read(edit.text)
            if words.words == base.words[edit.start : edit.end]:
                yield _Own(edit.start, edit.end, words)


def _by_place(owns: Sequence[_Own]) -> dict[tuple[int, int], Tokens]:
    return {(own.start, own.end): own.tokens for own in owns}


def _kept(base: Tokens, segment: Kept, marked: Sequence[tuple[int, _Own]]) -> Iterator[Change]:
    """Words that stay, some of them perhaps under other marks."""
    position = segment.start
    for number, own in sorted(marked, key=lambda held: (held[1].start, held[0])):
        if own.start < position or own.end > segment.end:
            continue
        yield from _same(base, position, own.start)
        was = tokens.write([base.part(own.start, own.end)])
        yield Change("=", tokens.write([own.tokens]), was, (number,))
        position = own.end
    yield from _same(base, position, segment.end)


def _same(base: Tokens, start: int, end: int) -> Iterator[Change]:
    if end > start:
        text = tokens.write([base.part(start, end)])
        yield Change("=", text, text)


def _replaced(
    base: Tokens,
    segment: Taken | Contested,
    by: tuple[int, ...],
    owns: Mapping[int, Sequence[_Own]],
) -> Iterator[Change]:
    """The words that go and those that come in their place."""
    if segment.end > segment.start:
        was = tokens.write([base.part(segment.start, segment.end)])
        yield Change("-", was, by=by)
    known = _by_place(owns[by[0]])
    parts: list[Tokens] = []
    position = segment.start
    for change in segment.made[by[0]]:
        parts += [base.part(position, change.start), known[change.start, change.end]]
        position = change.end
    parts.append(base.part(position, segment.end))
    if text := tokens.write(parts):
        yield Change("+", text, by=by)

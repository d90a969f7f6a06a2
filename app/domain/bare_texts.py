"""Texts of bare words, compared with one of them that is cut into tokens once and for all."""

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from app.domain import prose, sequences, text_diff, tokens
from app.domain.text_diff import Edit


class Kept(NamedTuple):
    """A text whose tokens stand for themselves, and where each begins and, last, where it ends.

    `is_bare` says that it may be compared with others here.
    """

    text: str
    is_bare: bool
    words: tuple[str, ...]
    offsets: tuple[int, ...]


@lru_cache(maxsize=1024)
def read_kept(text: str) -> Kept:
    """Cut a text that others are compared with."""
    words = tuple(tokens.cut(text))
    return Kept(text, prose.is_bare(text), words, tuple(accumulate(map(len, words), initial=0)))


def edits(base: Kept, text: str) -> tuple[Edit, ...]:
    """What leads from one text to another. Both must be bare (`prose.is_bare`)."""
    old = base.text
    differs, alike_from, _ = sequences.trimmed(old, text)
    # No token of bare words reaches across a space: only what stands between two is cut.
    begin = old.rfind(" ", 0, differs) + 1
    until = old.find(" ", alike_from)
    if until < 0:
        until = len(old)
    first, last = bisect_left(base.offsets, begin), bisect_left(base.offsets, until)
    own = tokens.cut(text[begin : until + len(text) - len(old)])
    after = (*base.words[:first], *own, *base.words[last:])
    found = text_diff.swaps_within(base.words, after, first, last, first + len(own))
    changed = text_diff.cleaned(base.words, found)
    return tuple(
        [
            Edit(start, end, "".join(after[new_start:new_end]))
            for start, end, new_start, new_end in changed
        ]
    )


def leads_to(base: Kept, found: tuple[Edit, ...], text: str) -> bool:
    """Whether edits of the base, which somebody stored, say what the text says."""
    last = len(base.words)
    parts: list[str] = []
    position = at = 0
    for start, end, new in found:
        if not position <= start <= end <= last:
            return False
        parts += (base.text[at : base.offsets[start]], new)
        position, at = end, base.offsets[end]
    parts.append(base.text[at:])
    return "".join(parts) == text

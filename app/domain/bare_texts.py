"""Texts of bare words, compared with one of them that is cut into tokens once and for all."""

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from app.domain import sequences, text_diff, tokens
from app.domain.text_diff import Edit


class Bare(NamedTuple):
    """A text without marks, its tokens, and where each begins and, last, where it ends."""

    text: str
    words: tuple[str, ...]
    offsets: tuple[int, ...]


@lru_cache(maxsize=1024)
def read_kept(text: str) -> Bare:
    """Cut a text that others are compared with."""
    words = tuple(tokens.cut(text))
    return Bare(text, words, tuple(accumulate(map(len, words), initial=0)))


def edits(base: Bare, text: str) -> tuple[Edit, ...]:
    """What leads from one text to another. Both must be bare (`prose.is_bare`)."""
    after = _cut_beside(base, text)
    changed = text_diff.cleaned(base.words, text_diff.swaps(base.words, after))
    return tuple(
        [
            Edit(start, end, "".join(after[new_start:new_end]))
            for start, end, new_start, new_end in changed
        ]
    )


def leads_to(base: Bare, found: tuple[Edit, ...], text: str) -> bool:
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


def _cut_beside(base: Bare, text: str) -> tuple[str, ...]:
    """The tokens of a text, of which only what differs is cut: none reaches across a space."""
    old = base.text
    differs, alike_from, _ = sequences.trimmed(old, text)
    start = old.rfind(" ", 0, differs) + 1
    end = old.find(" ", alike_from)
    if end < 0:
        end = len(old)
    new = tokens.cut(text[start : end + len(text) - len(old)])
    first, last = bisect_left(base.offsets, start), bisect_left(base.offsets, end)
    return (*base.words[:first], *new, *base.words[last:])

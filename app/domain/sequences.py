"""What changed between two sequences of tokens, whatever they mean: the smallest change there is.

Of very long sequences the smallest between the places that certainly belong together, so that the
time stays in proportion to the length.
"""

from collections.abc import Sequence
from typing import NamedTuple

import fast_diff_match_patch
from rapidfuzz.distance import Indel, Postfix, Prefix

from app.domain import sentences
from app.domain.placement import rising


class Swap(NamedTuple):
    """Tokens `start` to `end` of the old text are `new_start` to `new_end` in the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


_AREA = 10_000_000
"""The product of two lengths up to which the smallest change is looked for as a whole."""
_OPENING = 6


def trimmed(old: Sequence[str], new: Sequence[str]) -> tuple[int, int, int]:
    """Where the difference begins, where it ends in the old and in the new sequence.

    Both are texts, or both are sequences of tokens.
    """
    start = Prefix.similarity(old, new)
    most = min(len(old), len(new)) - start
    alike = min(Postfix.similarity(old, new), most)
    return start, len(old) - alike, len(new) - alike


def _interned(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Each distinct token as one character (no surrogates), so that fast engines can be used."""
    distinct = dict.fromkeys((*old, *new))
    places = range(33, 33 + len(distinct))
    if places.stop > 0xD800:
        places = range(0xE000, 0xE000 + len(distinct))
    codes = dict(zip(distinct, map(chr, places), strict=True))
    return "".join(map(codes.__getitem__, old)), "".join(map(codes.__getitem__, new))


def compared(old: Sequence[str], new: Sequence[str]) -> list[Swap]:
    """What changed; of long texts between the sentences that open alike and stand once in each."""
    if len(old) * len(new) <= _AREA:
        return _as_a_whole(old, new)
    found: list[Swap] = []
    at = new_at = 0
    for end, new_end in (*_openings_alike(old, new), (len(old), len(new))):
        before, after = old[at:end], new[new_at:new_end]
        engine = _as_a_whole if len(before) * len(after) <= _AREA else _with_few_changes
        for a, b, c, d in engine(before, after):
            _append(found, a + at, b + at, c + new_at, d + new_at)
        at, new_at = end, new_end
    return found


def _openings_alike(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where sentences begin with words that open no other, in both texts and in one order."""
    before, after = _openings(old), _openings(new)
    shared = [(at, after[opening]) for opening, at in before.items() if opening in after]
    return [shared[place] for place in rising([new_at for _, new_at in shared])]


def _openings(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The sentences by their first tokens, those that open alike left out."""
    found: dict[tuple[str, ...], int] = {}
    again: set[tuple[str, ...]] = set()
    for at in sentences.sentence_ends(words):
        opening = tuple(words[at : at + _OPENING])
        if opening in found:
            again.add(opening)
        found[opening] = at
    return {opening: at for opening, at in found.items() if opening not in again}


def _as_a_whole(old: Sequence[str], new: Sequence[str]) -> list[Swap]:
    found: list[Swap] = []
    at = new_at = 0
    for kept in Indel.editops(old, new).as_matching_blocks():
        start, new_start = kept.a, kept.b
        if start > at or new_start > new_at:
            found.append(Swap(at, start, new_at, new_start))
        at, new_at = start + kept.size, new_start + kept.size
    return found


def _with_few_changes(old: Sequence[str], new: Sequence[str]) -> list[Swap]:
    before, after = _interned(old, new)
    found: list[Swap] = []
    at = new_at = 0
    for tag, count in fast_diff_match_patch.diff(
        before, after, timelimit=0, counts_only=True, cleanup="No"
    ):
        if tag == "=":
            at, new_at = at + count, new_at + count
        elif tag == "-":
            _append(found, at, at + count, new_at, new_at)
            at += count
        else:
            _append(found, at, at, new_at, new_at + count)
            new_at += count
    return found


def _append(found: list[Swap], start: int, end: int, new_start: int, new_end: int) -> None:
    """Add a change, joined to the last one where they touch."""
    if found and found[-1][1] == start and found[-1][3] == new_start:
        start, new_start = found[-1][0], found[-1][2]
        found.pop()
    found.append(Swap(start, end, new_start, new_end))

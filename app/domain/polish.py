"""The changes between two texts as a careful person would mark them; what they say stays the same.

The engine's changes are right but may begin in the middle of a sentence ("said of [it. The minutes
record ]it.") or strike a space only to write it again. For reading, such edges are moved.
"""

from collections.abc import Sequence

from app.domain.sequences import Swap

_ENDS = frozenset(".!?;:")


def polished(old: Sequence[str], new: Sequence[str], found: Sequence[Swap]) -> list[Swap]:
    """The same changes with better edges, in order.

    A replacement gives back the white space both sides begin or end with; what only comes or only
    goes is moved along equal words to where it is a sentence of its own.
    """
    made: list[Swap] = []
    for at, swap in enumerate(found):
        held = swap
        before = held.start - (made[-1].end if made else 0)
        after = (found[at + 1].start if at + 1 < len(found) else len(old)) - held.end
        if held.start == held.end:
            held = _slid(new, held, held.new_start, held.new_end, before, after)
        elif held.new_start == held.new_end:
            held = _slid(old, held, held.start, held.end, before, after)
        else:
            held = _trimmed(old, new, held)
        made.append(held)
    return made


def _trimmed(old: Sequence[str], new: Sequence[str], swap: Swap) -> Swap:
    start, end, new_start, new_end = swap
    while start < end and new_start < new_end and _same_space(old[end - 1], new[new_end - 1]):
        end, new_end = end - 1, new_end - 1
    while start < end and new_start < new_end and _same_space(old[start], new[new_start]):
        start, new_start = start + 1, new_start + 1
    return Swap(start, end, new_start, new_end)


def _same_space(one: str, other: str) -> bool:
    return one == other and one.isspace()


def _slid(words: Sequence[str], swap: Swap, start: int, end: int, before: int, after: int) -> Swap:
    """The nearest place at which the words are whole sentences; where there is none, here."""
    if _is_whole(words, start, end):
        return swap
    for shift in range(1, max(before, after) + 1):
        back = shift <= before and words[start - shift : start] == words[end - shift : end]
        on = shift <= after and words[end : end + shift] == words[start : start + shift]
        if on and _is_whole(words, start + shift, end + shift):
            return Swap(*(place + shift for place in swap))
        if back and _is_whole(words, start - shift, end - shift):
            return Swap(*(place - shift for place in swap))
        if not (back or on):
            break
    return swap


def _is_whole(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a stretch is one or more sentences, with the space on one side of them."""
    last = words[end - 1]
    if start and words[start - 1] in _ENDS:
        return words[start].isspace() and last in _ENDS
    follows = start == 0 or (words[start - 1].isspace() and start > 1 and words[start - 2] in _ENDS)
    return follows and last.isspace() and end > 1 and words[end - 2] in _ENDS

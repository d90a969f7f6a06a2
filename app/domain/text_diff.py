"""What changed between two texts, by word.

An edit is what a reader would call one change: two changes less than three unchanged words apart
in one sentence are one, and so are all changes of a sentence that lost over half its words.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

from app.domain import polish, prose, sentences, sequences
from app.domain import tokens as tokens_
from app.domain.sequences import Swap
from app.domain.tokens import TOKENISER, Tokens, tokens

__all__ = [
    "TOKENISER", "Edit", "Piece", "Swap", "cleaned", "edits", "edits_between", "find_quote",
    "pieces", "similarity", "swaps",
    "swaps_within", "tokens", "words_of",
]  # fmt: skip

NEAR = 3
"""Two changes with fewer unchanged words than this between them, in one sentence, are one."""

_QUOTE_BITS = 32


class Piece(NamedTuple):
    """A stretch of a redline, in prose. In a kept one (`=`) old and new differ at most in marks.

    `text` is the prose as it reads after the change (of a `-`: the removed prose), `was` the prose
    before it (of a `=` only).
    """

    op: Literal["=", "+", "-"]
    text: str
    was: str = ""


class Edit(NamedTuple):
    """Tokens `start` to `end` of the base become `text`, prose. Same words: only marks changed."""

    start: int
    end: int
    text: str


def pieces(old: str, new: str, *, verbatim: bool = False) -> tuple[Piece, ...]:
    """Compare two proses (or `verbatim` texts, which have no marks) word by word.

    The `=` and `+` pieces joined (prose.join) are the new text, the `=` (by `was`) and `-` pieces
    the old one.
    """
    before, after = tokens_.read(old, verbatim=verbatim), tokens_.read(new, verbatim=verbatim)
    found: list[Piece] = []
    position = new_position = 0

    plain = verbatim or not (prose.may_be_marked(old) or prose.may_be_marked(new))
    bare = plain or (tokens_.is_unmarked(before) and tokens_.is_unmarked(after))

    def written(side: Tokens, start: int, end: int) -> str:
        if plain:
            return "".join(side.words[start:end])
        if bare:
            return tokens_.write_unmarked(side.words[start:end])
        return tokens_.write([side.part(start, end)])

    changed = cleaned(before.words, swaps(before.words, after.words))
    for swap in (
        *polish.polished(before.words, after.words, changed),
        Swap(len(before.words), len(before.words), len(after.words), len(after.words)),
    ):
        shift = new_position - position
        kept = (
            ([(position, swap.start, True)] if swap.start > position else [])
            if bare
            else _mark_runs(before, after, position, swap.start, shift)
        )
        for start, end, same in kept:
            now = written(after, start + shift, end + shift)
            found.append(Piece("=", now, now if same else written(before, start, end)))
        if swap.end > swap.start:
            found.append(Piece("-", written(before, swap.start, swap.end)))
        if swap.new_end > swap.new_start:
            found.append(Piece("+", written(after, swap.new_start, swap.new_end)))
        position, new_position = swap.end, swap.new_end
    return tuple(found)


def edits(old: str, new: str, *, verbatim: bool = False) -> tuple[Edit, ...]:
    """Everything that leads from one text to another, as edits of the tokens of the old one.

    Texts are prose, or `verbatim`: without marks.
    """
    bare = verbatim or not (prose.may_be_marked(old) or prose.may_be_marked(new))
    before, after = tokens_.read(old, verbatim=bare), tokens_.read(new, verbatim=bare)
    return edits_between(before, after, verbatim=bare)


def edits_between(before: Tokens, after: Tokens, *, verbatim: bool = False) -> tuple[Edit, ...]:
    """The same for texts that are cut into tokens already."""
    changed = cleaned(before.words, swaps(before.words, after.words))
    if verbatim:
        return tuple(
            [Edit(a, b, "".join(after.words[new_a:new_b])) for a, b, new_a, new_b in changed]
        )
    found: list[Edit] = []
    position = new_position = 0
    last = Swap(len(before.words), len(before.words), len(after.words), len(after.words))
    for swap in (*changed, last):
        shift = new_position - position
        for start, end, same in _mark_runs(before, after, position, swap.start, shift):
            if not same:
                text = tokens_.write([after.part(start + shift, end + shift)])
                found.append(Edit(start, end, text))
        if swap.end > swap.start or swap.new_end > swap.new_start:
            text = tokens_.write([after.part(swap.new_start, swap.new_end)])
            found.append(Edit(swap.start, swap.end, text))
        position, new_position = swap.end, swap.new_end
    return tuple(found)


def swaps(old: Sequence[str], new: Sequence[str]) -> list[Swap]:
    """The smallest changes that lead from one sequence of tokens to another, in order."""
    return _slid(old, new, sequences.compared(old, new))


def swaps_within(
    old: Sequence[str], new: Sequence[str], start: int, end: int, new_end: int
) -> list[Swap]:
    """The same where it is known that the tokens before and behind these places are equal."""
    found = sequences.compared(old[start:end], new[start:new_end])
    return _slid(
        old, new, [Swap(a + start, b + start, c + start, d + start) for a, b, c, d in found]
    )


def cleaned(old: Sequence[str], found: Sequence[Swap], near: int = NEAR) -> list[Swap]:
    """Join the changes that a reader takes for one."""
    if len(found) < 2:
        return list(found)
    joined: list[Swap] = []
    start, end, new_start, new_end = found[0]
    for next_start, next_end, next_new_start, next_new_end in found[1:]:
        gap = old[end:next_start]
        few = len(gap) < near or tokens_.count_words(gap) < near
        if not few or sentences.has_end(old, end, next_start):
            joined.append(Swap(start, end, new_start, new_end))
            start, new_start = next_start, next_new_start
        end, new_end = next_end, next_new_end
    joined.append(Swap(start, end, new_start, new_end))
    return _joined_by_sentence(joined, old) if len(joined) > 1 else joined


def similarity(a: str, b: str) -> float:
    """How much two texts have in common, 0 to 1, measured over words."""
    first, second = words_of(a), words_of(b)
    if not first and not second:
        return 1.0 if a.strip() == b.strip() else 0.0
    return Indel.normalized_similarity(first, second)


def find_quote(text: str, quote: str, prefix: str, suffix: str, near: int) -> int | None:
    """Where quoted words stand in a plain text, best by their context, else by likeness.

    `near` is where they are expected (code points). None where nothing resembles them.
    """
    places = _places(text, quote)
    if places:
        return min(
            places,
            key=lambda at: (
                -_context(text, at, quote, prefix, suffix), abs(at - near), at,
            ),
        )  # fmt: skip
    if not quote:
        return None
    engine = diff_match_patch()
    engine.Match_Distance = max(1000, len(text))
    # The library is bound to patterns of 32 characters: match the opening, then check the whole.
    opening = quote[:_QUOTE_BITS]
    at = int(engine.match_main(text, opening, max(0, min(near, len(text)))))
    if at < 0 or similarity(text[at : at + len(quote)], quote) < 0.5:
        return None
    return at


def _places(text: str, quote: str) -> list[int]:
    found: list[int] = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def _context(text: str, at: int, quote: str, prefix: str, suffix: str) -> int:
    """How many characters of the surroundings agree, counted outwards from the quote."""
    before, after = text[:at], text[at + len(quote) :]
    return _common_end(before, prefix) + _common_end(after[::-1], suffix[::-1])


def _common_end(a: str, b: str) -> int:
    length = 0
    while length < min(len(a), len(b)) and a[-1 - length] == b[-1 - length]:
        length += 1
    return length


def _mark_runs(
    before: Tokens, after: Tokens, start: int, end: int, shift: int
) -> Iterator[tuple[int, int, bool]]:
    """Runs of kept tokens, each with whether its marks stayed."""
    if before.marks[start:end] == after.marks[start + shift : end + shift]:
        if end > start:
            yield start, end, True
        return
    run, same = start, True
    for at in range(start, end):
        stayed = before.marks[at] == after.marks[at + shift]
        if stayed != same:
            if at > run:
                yield run, at, same
            run, same = at, stayed
    yield run, end, same


def _slid(old: Sequence[str], new: Sequence[str], found: Sequence[Swap]) -> list[Swap]:
    """Pure insertions and deletions moved along equal tokens to where they read best.

    "a [new ]word" and "a[ new] word" say the same; the choice must not depend on the engine.
    """
    placed: list[Swap] = []
    before = 0
    for at, step in enumerate(found):
        swap = step
        start, end, new_start, new_end = step
        if start == end or new_start == new_end:
            room = (found[at + 1].start if at + 1 < len(found) else len(old)) - end
            if start == end:
                shift = _best_shift(new, new_start, new_end, start - before, room)
            else:
                shift = _best_shift(old, start, end, start - before, room)
            if shift:
                swap = Swap(start + shift, end + shift, new_start + shift, new_end + shift)
        if placed and before == swap.start:
            last = placed.pop()
            swap = Swap(last.start, swap.end, last.new_start, swap.new_end)
        placed.append(swap)
        before = swap.end
    return placed


def _best_shift(
    words: Sequence[str], start: int, end: int, room_before: int, room_after: int
) -> int:
    low = high = 0
    while low > -room_before and words[start + low - 1] == words[end + low - 1]:
        low -= 1
    while high < room_after and words[start + high] == words[end + high]:
        high += 1
    if low == high:
        return 0
    return max(range(low, high + 1), key=lambda shift: _reads(words, start + shift, end + shift))


def _reads(words: Sequence[str], start: int, end: int) -> int:
    """How well a stretch reads as one thing: whole lines, then sentences, then words."""
    before = words[start - 1] if start else "\n"
    if before == "\n":
        return 3
    first, last = words[start], words[end - 1]
    if before.isspace() and last.isspace():
        return 2 if start > 1 and words[start - 2] in {".", "!", "?"} else 1
    return 1 if first.isspace() and not last.isspace() and end == len(words) else 0


def _joined_by_sentence(found: Sequence[Swap], old: Sequence[str]) -> list[Swap]:
    """Join all changes that begin in one sentence if they leave less than half of its words."""
    bounds = sentences.sentences_over(old, found[0].start, found[-1].start)
    joined: list[Swap] = []
    at = 0
    while at < len(found):
        first = found[at]
        place = bisect_right(bounds, first.start)
        end = bounds[place]
        after = at + 1
        while after < len(found) and found[after].start < end:
            after += 1
        inside = found[at:after]
        if after - at > 1 and _is_rewritten(inside, old, bounds[place - 1], end):
            inside = [Swap(first.start, inside[-1].end, first.new_start, inside[-1].new_end)]
        joined += inside
        at = after
    return joined


def _is_rewritten(inside: Sequence[Swap], old: Sequence[str], begin: int, end: int) -> bool:
    """Whether the changes take more than half of the words of a sentence."""
    lost = sum([tokens_.count_words(old[swap.start : min(swap.end, end)]) for swap in inside])
    return lost * 2 > tokens_.count_words(old[begin:end])


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """What is read as a word in a text, in order; of the last texts asked for it is kept."""
    return tokens_.words_among(tokens(text))

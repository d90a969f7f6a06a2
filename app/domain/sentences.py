"""Where the sentences of a text end that is cut into tokens; a line ends one as well."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import compress

_SENTENCE_ENDS = frozenset(".!?…")
_ENDS_ALONE = frozenset("。！？\n")
_ENDING = _SENTENCE_ENDS | _ENDS_ALONE
_CLOSERS = frozenset("\"'”’»)]*_")


def is_sentence_end(words: Sequence[str], position: int) -> bool:
    """Whether a sentence or a line of the text ends with the token at a position."""
    token = words[position]
    return token in _ENDS_ALONE or (
        token in _SENTENCE_ENDS and _is_followed_by_space(words, position + 1)
    )


def sentence_ends(words: Sequence[str]) -> list[int]:
    """The places (counted in tokens, rising) at which a sentence or a line of the text ends."""
    places = compress(range(len(words)), map(_ENDING.__contains__, words))
    return [place + 1 for place in places if is_sentence_end(words, place)]


def sentences_over(words: Sequence[str], start: int, stop: int) -> list[int]:
    """Where the sentence (or line) of token `start` begins, then where it and each next one ends.

    The last is that of token `stop`; behind the end of the text there is one more place.
    """
    ends = [0, *sentence_ends(words), len(words) + 1]
    return ends[bisect_right(ends, start) - 1 : bisect_right(ends, stop) + 1]


def has_end(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a sentence or a line ends with one of the tokens from `start` up to `end`."""
    if _ENDING.isdisjoint(words[start:end]):
        return False
    return any(is_sentence_end(words, at) for at in range(start, end) if words[at] in _ENDING)


def _is_followed_by_space(words: Sequence[str], position: int) -> bool:
    while position < len(words) and words[position] in _CLOSERS:
        position += 1
    return position == len(words) or words[position].isspace()

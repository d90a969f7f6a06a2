"""Finding words in texts: what is looked for, whether a text has it, and the words around it.

Both databases fold words in this way too (migrations: "What is found"): case and accents don't
count, and a word is found by its beginning.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_WORDS = 8
"""Further words of a question are left out: nobody remembers more, and a database must try all."""

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _LENGTH = 60, 240


@dataclass(frozen=True)
class Fragment:
    """Some words of an excerpt; `is_hit` marks those that were looked for."""

    text: str
    is_hit: bool


def wanted(question: str) -> tuple[str, ...]:
    """The words that a question looks for, folded, each once; at most MOST_WORDS."""
    return tuple(dict.fromkeys(words_in(question)))[:MOST_WORDS]


def fold(text: str) -> str:
    """A text without case and accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).lower()


def words_in(text: str) -> tuple[str, ...]:
    """Every word of a text, folded, in order."""
    return tuple(_WORD.findall(fold(text)))


def holds(text: str, words: Sequence[str]) -> bool:
    """Whether every one of the words begins some word of the text."""
    held = words_in(text)
    return all(any(each.startswith(word) for each in held) for word in words)


def excerpt(text: str, words: Sequence[str]) -> tuple[Fragment, ...]:
    """The part of a text around its first hit, the hits marked; without one, its beginning."""
    hits = [found.span() for found in _WORD.finditer(text) if _is_hit(found.group(), words)]
    start = _whole_word(text, max(0, hits[0][0] - _BEFORE)) if hits else 0
    end = len(text)
    if end - start > _LENGTH:
        end = max(text.rfind(" ", start, start + _LENGTH), hits[0][1] if hits else start + 1)
    return tuple(_fragments(text, start, end, hits))


def _is_hit(word: str, words: Sequence[str]) -> bool:
    folded = fold(word)
    return any(folded.startswith(each) for each in words)


def _whole_word(text: str, start: int) -> int:
    return text.find(" ", start) + 1 if start else 0


def _fragments(
    text: str, start: int, end: int, hits: Sequence[tuple[int, int]]
) -> Iterator[Fragment]:
    at = start
    if start:
        yield Fragment("… ", False)
    for first, last in hits:
        if last > end:
            break
        if first > at:
            yield Fragment(text[at:first], False)
        yield Fragment(text[first:last], True)
        at = last
    if end > at:
        yield Fragment(text[at:end], False)
    if end < len(text):
        yield Fragment(" …", False)

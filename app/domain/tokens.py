"""Texts cut into tokens: the unit in which words are compared, merged and counted.

A token is a `[[reference]]` or a `{{blank}}` whole, a number with inner `. , : /`, a word, one
CJK character, a run of spaces, or any other character alone. Marks (strong, em, link) are no
tokens: they ride on the words, so that formatting never counts as a change of words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice, repeat
from typing import NamedTuple

from app.domain import prose

TOKENISER = 1
"""The edition of the rules below; stored beside whatever counts in tokens."""

Mark = prose.Mark
Marks = tuple[Mark, ...]
"""What a token stands under: one mark for the whole of it, or one for each of its characters."""

PLAIN: Marks = ((False, False, None),)
CELL = "|"
"""The word that ends a cell of a table row."""
BARE_PIPE = "\\|"
"""The word for a `|` that is text."""

_CJK = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
_CJK += "\U00020000-\U0003ffff"
_JOINERS = "\u00ad\u200c\u200d\u2060"
_BLOCKS_WITH_MARKS = (
    (0x300, 0x1E00), (0x20D0, 0x2100), (0x2CEF, 0x2E00), (0x302A, 0x3030), (0x3099, 0x309B),
    (0xA66F, 0xAC00), (0xFB1E, 0xFB1F), (0xFE00, 0xFE30), (0x10000, 0x12000),
)  # fmt: skip


def _combining() -> str:
    """The combining marks as ranges of a character class."""
    ranges: list[list[int]] = []
    for first, last in _BLOCKS_WITH_MARKS:
        for code in range(first, last):
            if unicodedata.category(chr(code))[0] == "M":
                if ranges and ranges[-1][1] == code - 1:
                    ranges[-1][1] = code
                else:
                    ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_LETTERS = rf"[^\W{_CJK}]+"
_TRAIL = f"[{_combining()}{_JOINERS}]"
_WORD = rf"{_LETTERS}(?:['’](?={_LETTERS}){_LETTERS}|{_TRAIL}+(?:{_LETTERS})?)*"
_NUMBER = r"\d+(?:[.,:/]\d+)+"
_REST = rf"{_NUMBER}|{_WORD}|[^\S\n]+|[{_CJK}]{_TRAIL}*|."
_ATOM = r"\[\[[^\[\]\n]+\]\]|\{\{[^{}\n]+\}\}"
_PLAIN_TOKEN = re.compile(_REST, re.DOTALL)
_TOKEN = re.compile(f"{_ATOM}|{_REST}", re.DOTALL)
# The same where there is neither CJK nor anything combining, in half the time.
_RARE = re.compile("[^\x00-\u00ac\u00ae-\u02ff\u0370-\u0482\u2000-\u200b\u2010-\u205f]")
_COMMON = rf"[^\W\d]\w*(?:['’]\w+)*|[^\S\n]+|{_NUMBER}|\w+(?:['’]\w+)*|."
_COMMON_PLAIN_TOKEN = re.compile(_COMMON, re.DOTALL)
_COMMON_TOKEN = re.compile(f"{_ATOM}|{_COMMON}", re.DOTALL)
_ATOM_SIGN = re.compile(r"\[\[|\{\{|\\\|")
_WRITTEN = {sign: f"\\{sign}" for sign in "\\*[]{}"}
"""How a sign alone is written that would be read as a mark; what else means one is so written."""


class Tokens(NamedTuple):
    """The words of one prose and, beside each, the marks it stands under."""

    words: tuple[str, ...]
    marks: tuple[Marks, ...]

    def part(self, start: int, end: int) -> "Tokens":
        """The tokens from `start` up to `end`."""
        return Tokens(self.words[start:end], self.marks[start:end])


def tokens(text: str) -> list[str]:
    """Cut any text into tokens, marks being ordinary ones; joined they are the text again."""
    if "[[" in text or "{{" in text:
        return (_TOKEN if _RARE.search(text) else _COMMON_TOKEN).findall(text)
    return cut(text)


def cut(text: str) -> list[str]:
    """Cut bare words: what looks like a reference or a blank is many tokens."""
    if "  " in text:
        return _found(text)
    try:
        found = list(chain.from_iterable(map(_CUTS.__getitem__, text.split(" "))))
    except _NotAlone:
        return _found(text)
    found.pop()
    return found


def read(text: str, *, verbatim: bool = False) -> Tokens:
    """Cut the prose of a node into words with their marks. White space never carries any.

    `verbatim` text has no marks: what looks like one is a token like any other.
    """
    if verbatim or not prose.may_be_marked(text):
        words = tuple(cut(text))
        return Tokens(words, (PLAIN,) * len(words))
    if held := prose.holes(text):
        words = _read_around(held)
        return Tokens(words, (PLAIN,) * len(words))
    words_found: list[str] = []
    marks_found: list[Marks] = []
    for stretch in _stretches(prose.parse(text)):
        _read_stretch(stretch, words_found, marks_found)
    return Tokens(tuple(words_found), tuple(marks_found))


@lru_cache(maxsize=1024)
def read_kept(text: str, *, verbatim: bool = False) -> Tokens:
    """The same for a text that is read again and again: that of a version being worked on."""
    return read(text, verbatim=verbatim)


def write(parts: Iterable[Tokens], *, verbatim: bool = False) -> str:
    """Print tokens as prose, marks that go on written once."""
    held = list(parts)
    if verbatim or all(map(is_unmarked, held)):
        words = [word for part in held for word in part.words]
        return write_unmarked(words, verbatim=verbatim)
    return prose.write_under(_pieces(held))


def is_unmarked(part: Tokens) -> bool:
    """Whether no token stands under a mark."""
    return part.marks.count(PLAIN) == len(part.marks)


def write_unmarked(words: Sequence[str], *, verbatim: bool = False) -> str:
    """Print words under no mark as prose, or as `verbatim` text."""
    joined = "".join(words)
    if verbatim or not prose.may_be_marked(joined):
        return joined
    return "".join([_WRITTEN.get(word, word) for word in words])


def plain(words: Iterable[str]) -> str:
    """The plain text of words: each reference and each blank one U+FFFC."""
    return "".join(map(_plain_word, words))


def plain_length(words: Iterable[str]) -> int:
    """How many code points of plain text the words take."""
    held = tuple(words)
    joined = "".join(held)
    if not _ATOM_SIGN.search(joined):
        return len(joined)
    return sum(1 if _is_atom(word) else len(word) for word in held)


def offsets(words: Sequence[str]) -> list[int]:
    """Where in the plain text each token begins and, last, where it ends."""
    if not _ATOM_SIGN.search("".join(words)):
        return list(accumulate(map(len, words), initial=0))
    return list(accumulate((1 if _is_atom(word) else len(word) for word in words), initial=0))


def is_word(token: str) -> bool:
    """Whether a token is read as a word: letters, a number, CJK, a reference, a blank."""
    return token[0].isalnum() or (len(token) > 1 and not token.isspace() and token != BARE_PIPE)


def has_word(words: Iterable[str]) -> bool:
    """Whether one of the tokens is read as a word."""
    return any(map(_IS_WORD.__getitem__, words))


def words_among(words: Iterable[str]) -> tuple[str, ...]:
    """Those of the tokens that are read as words."""
    return tuple(filter(_IS_WORD.__getitem__, words))


def count_words(words: Iterable[str]) -> int:
    """How many of the tokens are read as words."""
    return sum(map(_IS_WORD.__getitem__, words))


def _found(text: str) -> list[str]:
    return (_PLAIN_TOKEN if _RARE.search(text) else _COMMON_PLAIN_TOKEN).findall(text)


class _NotAlone(Exception):
    """What stands between two spaces can't be cut without them."""


class _Cuts(dict[str, tuple[str, ...]]):
    """The tokens of what stands between two spaces, and the space behind it.

    Texts say the same words over and over: each is cut once, and is one object from then on, which
    makes comparing fast. What is kept is bounded.
    """

    def __missing__(self, part: str) -> tuple[str, ...]:
        if part and (_is_blank(part[0]) or _is_blank(part[-1])):
            raise _NotAlone
        found = (*_found(part), " ")
        if len(part) <= _PART_LENGTH:
            if len(self) >= _PARTS_KEPT:
                self.clear()
            self[part] = found
        return found


class _WordsKnown(dict[str, bool]):
    """Which tokens are words, each looked at once; bounded as well."""

    def __missing__(self, token: str) -> bool:
        if len(self) >= _PARTS_KEPT:
            self.clear()
        found = self[token] = is_word(token)
        return found


def _is_blank(character: str) -> bool:
    """Whether a space beside it would be one token with it."""
    return character.isspace() and character != "\n"


_PARTS_KEPT = 10_000
_PART_LENGTH = 40
_CUTS = _Cuts()
_IS_WORD = _WordsKnown()


def _is_atom(word: str) -> bool:
    return len(word) > 1 and (word[:2] in {"[[", "{{"} or word == BARE_PIPE)


def _plain_word(word: str) -> str:
    if not _is_atom(word):
        return word
    return "|" if word == BARE_PIPE else prose.HOLE


def _stretches(spans: Iterable[prose.Span]) -> Iterator[list[prose.Span]]:
    """Spans that are words together, each other span alone."""
    held: list[prose.Span] = []
    for span in spans:
        if span.is_words:
            held.append(span)
            continue
        if held:
            yield held
            held = []
        yield [span]
    if held:
        yield held


def _read_around(held: list[str]) -> tuple[str, ...]:
    """The tokens of a text that is cut where it has a stand-in or the end of a cell."""
    found: list[str] = []
    for at, part in enumerate(held):
        if at % 2:
            found.append(part)
        elif part:
            found += cut(part)
    return tuple(found)


def _read_stretch(stretch: list[prose.Span], words: list[str], marks: list[Marks]) -> None:
    first = stretch[0]
    if not first.is_words:
        words.append(_atom(first))
        marks.append(PLAIN if first.cell else _one(first.marks))
        return
    if len(stretch) == 1:
        found = cut(first.text)
        under = _one(first.marks)
        words.extend(BARE_PIPE if one == "|" else one for one in found)
        marks.extend(PLAIN if one.isspace() else under for one in found)
        return
    ends = list(accumulate([len(span.text) for span in stretch]))
    unders = [_one(span.marks) for span in stretch]
    position = at = 0
    for one in cut("".join([span.text for span in stretch])):
        start, position = position, position + len(one)
        while ends[at] <= start:
            at += 1
        words.append(BARE_PIPE if one == "|" else one)
        if one.isspace():
            marks.append(PLAIN)
        elif position <= ends[at]:
            marks.append(unders[at])
        else:
            marks.append(_marks_across(stretch, start, position))


def _marks_across(stretch: list[prose.Span], start: int, end: int) -> Marks:
    """The marks of a token that is under some of them in part only."""
    by_character = chain.from_iterable(repeat(span.marks, len(span.text)) for span in stretch)
    return packed(list(islice(by_character, start, end)))


def packed(by_character: Sequence[Mark]) -> Marks:
    """Marks of one token, given for each character, in their shortest form."""
    first = by_character[0]
    if by_character.count(first) == len(by_character):
        return _one(first)
    return tuple(by_character)


def _one(mark: Mark) -> Marks:
    return PLAIN if mark == PLAIN[0] else (mark,)


def _atom(span: prose.Span) -> str:
    if span.ref is not None:
        return f"[[{span.ref}]]"
    if span.blank is not None:
        return f"{{{{{span.blank}}}}}"
    return CELL


def _pieces(parts: Iterable[Tokens]) -> Iterator[tuple[str, Mark]]:
    """Each token as prose, or each of its characters; no cell is marked, no reference linked."""
    for part in parts:
        for word, marks in zip(part.words, part.marks, strict=True):
            if len(marks) > 1:
                yield from zip(word, marks, strict=True)
            elif word == CELL:
                yield word, PLAIN[0]
            elif word[:2] == "[[":
                yield word, (*marks[0][:2], None)
            else:
                yield _WRITTEN.get(word, word), marks[0]

"""Word's XML as strings: names, escaping, runs, paragraphs; only this folder spells `w:`.

A body is joined from strings, because that is as fast as writing the bytes; `lint.py` and the tests
read every construct back with a parser. Measures are Word's: twentieths of a point ("twips") for
lengths, half points for type sizes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
_TOGETHER = 64

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACE = ' xml:space="preserve"'


class Ids:
    """One counter a file for bookmarks and revisions together (Word reads them as one space)."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        """A number that nothing else in this file has."""
        self._last += 1
        return self._last


@dataclass(frozen=True, slots=True)
class By:
    """Who made a tracked change and when, as Word writes it: an ISO moment that ends in Z."""

    author: str
    date: str

    def attributes(self, number: int) -> str:
        """What every revision element carries."""
        return f'w:id="{number}" {_authored(self.author, self.date)}'


@lru_cache(maxsize=256)
def _authored(author: str, date: str) -> str:
    return f'w:author="{quoted(author)}" w:date="{date}"'


def document(*body: bytes) -> bytes:
    """The whole of document.xml: around the paragraphs and tables of its body."""
    return b"".join((_OPENING, *body, _CLOSING))


_OPENING = DECLARATION + f"<w:document {NAMESPACES}><w:body>".encode()
_CLOSING = b"</w:body></w:document>"


def encoded(blocks: Iterable[str]) -> Iterator[bytes]:
    """Paragraphs and tables as bytes, some of them together."""
    waiting = map(str.encode, blocks)
    while held := list(islice(waiting, _TOGETHER)):
        yield b"".join(held)


def escaped(words: str) -> str:
    """Words as XML text; characters that XML can't hold are left out."""
    if not words.isprintable():
        words = _UNWRITABLE.sub("", words)
    if "&" in words or "<" in words or ">" in words:
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return words


def quoted(words: str) -> str:
    """Words as the value of an attribute in double quotes."""
    return escaped(words).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")


def run(words: str, look: str = "", *, deleted: bool = False) -> str:
    """One run of words; `look` is the inside of its properties, a line break breaks."""
    if not words:
        return ""
    name = "w:delText" if deleted else "w:t"
    held = f"<{name}{_SPACE}>{escaped(words)}</{name}>"
    if "\n" in words:
        held = held.replace("\n", f"</{name}><w:br/><{name}{_SPACE}>")
    return f"<w:r><w:rPr>{look}</w:rPr>{held}</w:r>" if look else f"<w:r>{held}</w:r>"


def paragraph(style: str, body: str, layout: str = "") -> str:
    """A paragraph; `layout` is what its properties hold after the style, in Word's order."""
    held = f'<w:pStyle w:val="{style}"/>{layout}' if style else layout
    return f"<w:p><w:pPr>{held}</w:pPr>{body}</w:p>" if held else f"<w:p>{body}</w:p>"


def bookmark(number: int, name: str, body: str) -> str:
    """A bookmark around the content of a paragraph, or at a point where the body is empty."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{body}<w:bookmarkEnd w:id="{number}"/>'
    )


@cache
def indent(left: int, hanging: int = 0) -> str:
    """Direct indentation in twips."""
    hang = f' w:hanging="{hanging}"' if hanging else ' w:firstLine="0"'
    return f'<w:ind w:left="{left}"{hang}/>'


@cache
def numbered(number: int, level: int) -> str:
    """Membership in a list; number 0 takes a paragraph out of the list of its style."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def clause_bookmark(key: str) -> str:
    """The bookmark that carries a clause's key; a key has at most 28 characters, a name 40."""
    return "_cl_" + key.replace("-", "_")


def party_bookmark(party: str) -> str:
    """The bookmark that carries a party's id in its signature block."""
    return "_pa_" + re.sub(r"\W", "_", party, flags=re.ASCII)[:36]

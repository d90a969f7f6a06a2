r"""The words of one node: what its marks mean, and how they are written back.

A text is one paragraph. Its marks are `*em*`, `**strong**`, `[words](https://…)`, `[[key]]` for a
cross-reference and `{{name}}` for a blank; a backslash takes the meaning from `\ * [ ] { } |`. In
a table row a bare `|` ends a cell. Whatever fits none of these is plain text, so any string can be
read. Marks are flat: each span carries those it stands under, and white space carries a mark only
where the words on both of its sides carry exactly the same ones, so that cutting a text at any
point and joining it again gives the same text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Mark = tuple[bool, bool, str | None]
"""What characters stand under: strong, em, link."""

HOLE = "\ufffc"
"""Stands in plain text for one cross-reference or one blank."""

KEY = r"(?=[a-z0-9-]{1,28}\]\])[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
NAME = r"[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*)*"

_TOKEN = re.compile(
    r"\\(?P<escaped>[\\*\[\]{}|])"
    rf"|\[\[(?P<ref>{KEY})\]\]"
    rf"|\{{\{{(?P<blank>{NAME})\}}\}}"
    r"|\[(?P<words>(?:[^\[\]\\]|\\.)+)\]"
    r"\((?P<link>(?:https?://|mailto:)[^\s()<>\"\\*\[\]{}|`^]+)\)"
    r"|(?P<stars>\*+)"
    r"|(?P<cell>\|)",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\*\[\]{}|]")
_UNMARKED = re.compile(
    r"[^\\*\[\]{}|]*+"
    rf"(?:(?:\\[\\*\[\]{{}}|]|\[\[{KEY}\]\]|\{{\{{{NAME}\}}\}}|\|)[^\\*\[\]{{}}|]*+)*+"
)
_HOLE = re.compile(rf"(\[\[{KEY}\]\]|\{{\{{{NAME}\}}\}}|\|)")
_UNSAFE_IN_LINK = re.compile(r"[\s()<>\"\\*\[\]{}|`^]")
_LINES = re.compile(r" *\n[ \n]*")
_SPACES = re.compile(r" {2,}")
_BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_RUBBISH = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff\ufffc\ufffe\uffff]")
_PRINTABLE = bytes(range(ord(" "), ord("~") + 1))
_STRONG, _EM = 2, 1  # a mark's bit is the number of its stars
_UNDER: tuple[Mark, ...] = tuple((bool(on & _STRONG), bool(on & _EM), None) for on in range(4))
_NONE = _UNDER[0]
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Span(NamedTuple):
    """Neighbouring characters under the same marks.

    `ref` names the clause of a cross-reference, `blank` a value to be filled; the text of both is
    U+FFFC. `cell` is the `|` between two cells of a table row.
    """

    text: str
    strong: bool = False
    em: bool = False
    link: str | None = None
    ref: str | None = None
    blank: str | None = None
    cell: bool = False

    @property
    def is_words(self) -> bool:
        """Whether the text is what it says, neither a stand-in nor the end of a cell."""
        return self.ref is None and self.blank is None and not self.cell

    @property
    def marks(self) -> Mark:
        """What the span stands under."""
        return self[1:4]


def parse(text: str) -> tuple[Span, ...]:
    """Read prose into spans. Never raises: marks that don't fit are plain text."""
    if not may_be_marked(text):
        return (Span(text),) if text else ()
    if held := holes(text):
        return tuple(_hole(part) if at % 2 else Span(part) for at, part in enumerate(held) if part)
    return _merged(_spans(text))


def write(spans: Iterable[Span]) -> str:
    """Print spans as prose: equal neighbours joined, marks never around white space alone."""
    return write_under(piece for span in spans if span.text for piece in _pieces(span))


def write_under(pieces: Iterable[tuple[str, Mark]]) -> str:
    """Print pieces of prose, each with the mark it is under; white space is a piece of its own.

    It comes to stand under the marks that both its neighbours share wholly, all other under none.
    """
    out: list[str] = []
    space, under = "", _NONE
    for piece, mark in pieces:
        if not piece.strip():
            space += piece
            continue
        if mark == under:
            out.append(space)
        elif space or mark[2] != under[2]:
            out += (_closed(under), space, "[" if mark[2] else "", _stars(_NONE, mark))
        else:
            out.append(_stars(under, mark))
        out.append(piece)
        space, under = "", mark
    out += (_closed(under), space)
    return "".join(out)


def plain(text: str) -> str:
    """The words without marks; each cross-reference and each blank is one U+FFFC."""
    if not may_be_marked(text):
        return text
    return "".join(span.text for span in _spans(text))


def escape(words: str) -> str:
    """Make prose of words that came from elsewhere, so that none of them is read as a mark."""
    return _SPECIAL.sub(r"\\\g<0>", words) if may_be_marked(words) else words


def canonical(text: str) -> str:
    """The one way to write a text: NFC, single spaces, no tab, no space at either end.

    Characters that neither a page nor a Word file can hold are left out. What was canonical stays.
    """
    if is_bare(text):
        return text
    cleaned = _SURROGATE.sub("\ufffd", _RUBBISH.sub("", _BREAKS.sub("\n", text)))
    cleaned = unicodedata.normalize("NFC", cleaned.replace("\t", " "))
    tidied = _SPACES.sub(" ", _LINES.sub("\n", write(_spans(cleaned)))).strip()
    return unicodedata.normalize("NFC", tidied)


def may_be_marked(text: str) -> bool:
    """Whether a prose may hold anything but bare words; cheap, and never wrong about a mark."""
    return (
        "[" in text
        or "*" in text
        or "\\" in text
        or "|" in text
        or "{" in text
        or "]" in text
        or "}" in text
    )


def is_bare(text: str) -> bool:
    """Whether a text has no mark and nothing to tidy, which is how most of them come."""
    if "  " in text or text != text.strip() or may_be_marked(text):
        return False
    if text.isascii():
        return not text.encode().translate(None, _PRINTABLE)
    return text.isprintable() and HOLE not in text and unicodedata.is_normalized("NFC", text)


def holes(text: str) -> list[str] | None:
    """A text cut into plain words and, at every odd place, what is written for a stand-in or `|`.

    None where it holds anything else that isn't plain: a mark, a link, an escape.
    """
    found = _HOLE.split(text)
    return None if any(map(may_be_marked, found[::2])) else found


def references_in(text: str) -> tuple[str, ...]:
    """The keys of all cross-references, in the order of the text, as often as they occur."""
    if "[[" not in text:
        return ()
    return tuple(span.ref for span in _spans(text) if span.ref is not None)


def blanks_in(text: str) -> tuple[str, ...]:
    """The names of all blanks, in the order of the text, as often as they occur."""
    if "{{" not in text:
        return ()
    return tuple(span.blank for span in _spans(text) if span.blank is not None)


def join(parts: Iterable[str]) -> str:
    """Put pieces of prose one after another; a mark that goes on in the next is written once."""
    held = list(parts)
    joined = "".join(held)
    if not may_be_marked(joined) or all(map(_UNMARKED.fullmatch, held)):
        return joined
    return write(span for part in held for span in parse(part))


def cells(text: str) -> tuple[str, ...]:
    """The cells of a table row, each as prose; a `|` inside a cell is written with a backslash."""
    held: list[list[Span]] = [[]]
    for span in parse(text):
        if span.cell:
            held.append([])
        else:
            held[-1].append(span)
    return tuple(write(cell).strip() for cell in held)


def row(parts: Iterable[str]) -> str:
    """Make the text of a table row from cells, each of them prose without a bare `|`."""
    return canonical(" | ".join(parts))


def _spans(text: str) -> Iterator[Span]:
    """Every span of a text in order, not merged."""
    found = list(_TOKEN.finditer(text))
    toggles = _toggles(text, [match.span() for match in found if match.lastgroup == "stars"])
    position = on = 0
    for match in found:
        start, end = match.span()
        if start > position:
            yield Span(text[position:start], *_UNDER[on])
        position = end
        if match.lastgroup != "stars":
            yield from _token_spans(match, _UNDER[on])
            continue
        toggled = toggles.get(start, 0)
        was, on = on, on ^ toggled
        if toggled < end - start:
            yield Span("*" * (end - start - toggled), *_UNDER[was & on])
    if position < len(text):
        yield Span(text[position:], *_UNDER[on])


def _toggles(text: str, runs: list[tuple[int, int]]) -> dict[int, int]:
    """Where marks begin or end: start of a run of stars, and those that have a counterpart."""
    found: dict[int, int] = {}
    opened: dict[int, int] = {}
    for start, end in runs:
        stars = end - start if end - start <= _STRONG + _EM else 0
        can_close = start > 0 and not text[start - 1].isspace()
        can_open = end < len(text) and not text[end].isspace()
        for mark in (_STRONG, _EM):
            if not stars & mark:
                continue
            if mark in opened and can_close:
                found[start] = found.get(start, 0) | mark
                begin = opened.pop(mark)
                found[begin] = found.get(begin, 0) | mark
            elif mark not in opened and can_open:
                opened[mark] = start
    return found


def _hole(written: str) -> Span:
    """The span of a stand-in or of the end of a cell."""
    if written[0] == "[":
        return Span(HOLE, ref=written[2:-2])
    return Span(HOLE, blank=written[2:-2]) if written[0] == "{" else Span("|", cell=True)


def _token_spans(match: re.Match[str], under: Mark) -> Iterable[Span]:
    """What an escape, a cross-reference, a blank, a link or the end of a cell becomes."""
    kind, strong, em = match.lastgroup, under[0], under[1]
    if kind == "escaped":
        return (Span(match["escaped"], strong, em),)
    if kind == "ref":
        return (Span(HOLE, strong, em, ref=match["ref"]),)
    if kind == "blank":
        return (Span(HOLE, strong, em, blank=match["blank"]),)
    if kind == "cell":
        return (Span("|", cell=True),)
    words, link = match["words"], match["link"]
    if not may_be_marked(words):
        return (Span(words, strong, em, link),)
    return [
        span
        if span.cell
        else Span(span.text, span.strong or strong, span.em or em, link, *span[4:6])
        for span in parse(words)
    ]


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters in as few spans as can be."""
    out: list[Span] = []
    before: tuple[object, ...] = ()
    for span in spans:
        under = span[1:]
        if under == before and span.is_words:
            out[-1] = span._replace(text=out[-1].text + span.text)
        elif span.text:
            out.append(span)
            before = under
    return tuple(out)


def _pieces(span: Span) -> Iterator[tuple[str, Mark]]:
    """A span as prose, the white space at its edges apart; a reference is under no link."""
    if span.ref is not None:
        yield f"[[{span.ref}]]", (span.strong, span.em, None)
    elif span.blank is not None:
        yield f"{{{{{span.blank}}}}}", span.marks
    elif span.cell:
        yield "|", _NONE
    elif words := span.text.strip():
        before, _, after = span.text.partition(words)
        yield before, _NONE
        yield escape(words), span.marks
        yield after, _NONE
    else:
        yield span.text, _NONE


def _stars(before: Mark, after: Mark) -> str:
    """The stars that lead from one mark to another under the same link."""
    return "**" * (before[0] != after[0]) + "*" * (before[1] != after[1])


def _closed(under: Mark) -> str:
    """What ends a mark."""
    return _stars(under, _NONE) + _link_end(under[2])


def _link_end(link: str | None) -> str:
    """What closes a link; characters that would end it too early become percent and digits."""
    if link is None:
        return ""
    return f"]({_UNSAFE_IN_LINK.sub(_percent, link)})"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))

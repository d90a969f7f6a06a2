"""The words of a Word paragraph with the tracked changes that they stand in.

Where `runs_reader` reads what a file says once all is accepted, nothing is taken or left here: each
stretch of words carries its changes, its looks and where it leads.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.domain.returned import Change, Piece, Revision, Spot
from app.formats.docx.guard import Element, children
from app.formats.docx.source_package import (
    MC,
    M,
    R,
    Relationship,
    Styles,
    W,
    chosen,
    is_on,
)

# Attributes are asked for by bytes: lxml needs a fifth less time for these.
_UTC = b"{http://schemas.microsoft.com/office/word/2023/wordml/word16du}dateUtc"
_DATE, _AUTHOR, _VAL, _ID = (f"{W}{name}".encode() for name in ("date", "author", "val", "id"))
_RUN, _MARKS, _NAME = f"{W}r", f"{W}rPr", f"{W}name".encode()
_BLOCKS = frozenset({f"{W}p", f"{W}tbl"})
_BOLD, _ITALIC, _STYLE = f"{W}b", f"{W}i", f"{W}rStyle"
_FIELD_SIGN, _FIELD_KIND = f"{W}fldChar", f"{W}fldCharType".encode()
_INSTRUCTIONS = frozenset({f"{W}instrText", f"{W}delInstrText"})
_BOOKMARK, _LINK, _FIELD, _ALTERNATE = (
    f"{W}bookmarkStart", f"{W}hyperlink", f"{W}fldSimple", f"{MC}AlternateContent",
)  # fmt: skip
_CHANGES: Mapping[object, Change] = {
    f"{W}ins": "ins",
    f"{W}del": "del",
    f"{W}moveFrom": "moveFrom",
    f"{W}moveTo": "moveTo",
}
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}cr": "\n",
    f"{W}softHyphen": "",
}  # fmt: skip
LOOKS = frozenset({f"{W}rPrChange", f"{W}pPrChange", f"{W}sectPrChange", f"{W}tblPrChange"})
"""Tracked changes of looks."""

_SILENT = frozenset({
    *(f"{W}pPr", _MARKS, f"{W}sdtPr", f"{W}sdtEndPr", f"{W}tcPr", f"{W}trPr"),
    *(f"{W}bookmarkEnd", f"{W}proofErr"),
})  # fmt: skip
_OBJECTS = {
    f"{W}drawing": "a drawing",
    f"{W}pict": "a drawing",
    f"{W}object": "an embedded object",
    f"{W}control": "a form control",
    f"{W}footnoteReference": "a footnote",
    f"{W}endnoteReference": "an endnote",
}
_SPOTS: Mapping[str, Literal["start", "end"]] = {
    f"{W}commentRangeStart": "start",
    f"{W}commentRangeEnd": "end",
}
_TEXT = frozenset({f"{W}t", f"{W}delText"})
_WEB = ("http://", "https://", "mailto:")
_NO_LOOKS = (False, False, "")
_piece = Piece._make


class Revisions:
    """The tracked changes of a file, each kind, author and date once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Change, str, str], int] = {}
        self.formatting = 0

    def number(self, node: Element) -> int:
        """The number of the change that an element is."""
        return self.numbered(_CHANGES[node.tag], node)

    def of_mark(self, properties: Element | None) -> tuple[int, ...]:
        """The changes of a paragraph mark, or of a row (`w:trPr`)."""
        if properties is None:
            return ()
        return tuple(self.number(child) for child in properties if child.tag in _CHANGES)

    def of_cell(self, properties: Element | None) -> tuple[int, ...]:
        """The changes that let a table cell come or go."""
        found = []
        for tag, change in (("cellIns", "ins"), ("cellDel", "del")):
            node = None if properties is None else properties.find(f"{W}{tag}")
            if node is not None:
                found.append(self.numbered(_CHANGES[W + change], node))
        return tuple(found)

    def numbered(self, change: Change, node: Element) -> int:
        """The number of an element that is known to be this change."""
        get = node.get
        held = (change, get(_AUTHOR, ""), get(_UTC, "") or get(_DATE, ""))
        return self._numbers.setdefault(held, len(self._numbers))

    def held(self) -> tuple[Revision, ...]:
        """All of them, by number."""
        return tuple(map(Revision._make, self._numbers))


@dataclass(slots=True)
class _Field:
    """A field that is open: what it is told to do, and whether its result has begun."""

    code: str = ""
    shows: bool = False
    target: str = ""


@dataclass(slots=True)
class Line:
    """What one paragraph holds."""

    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)


class TrackedRuns:
    """Reads the paragraphs of a body in order; a field may run over several of them."""

    def __init__(
        self,
        styles: Styles,
        links: Mapping[str, Relationship],
        revisions: Revisions,
        ignore: Callable[[str], None],
    ) -> None:
        self._styles = styles
        self._links = links
        self._revisions = revisions
        self._ignore = ignore
        self._fields: list[_Field] = []
        self._is_code = False
        self._aim = ""
        self._looks_of_style: dict[str, tuple[bool, bool, str]] = {}

    def read(self, paragraph: Element, around: tuple[int, ...] = ()) -> Line:
        """The words of a paragraph. `around`: changes that the whole of it stands in."""
        line = Line([], [], [])
        self._children(paragraph, line, around, "", "")
        return line

    def _children(
        self, node: Element, line: Line, on: tuple[int, ...], link: str, target: str
    ) -> None:
        for child in children(node):
            tag = child.tag
            if tag == _RUN:
                signs = children(child)
                if len(signs) != 1 or signs[0].tag not in _TEXT:
                    self._run(signs, line, on, link, target)
                elif (text := signs[0].text) and not self._is_code:
                    # Most runs are words and nothing else.
                    aim = self._aim or target
                    line.pieces.append(_piece((text, on, False, False, "", link, aim)))
            elif change := _CHANGES.get(tag):
                number = self._revisions.numbered(change, child)
                self._children(child, line, (*on, number), link, target)
            elif tag == _BOOKMARK:
                line.bookmarks.append(child.get(_NAME, ""))
            elif tag not in _SILENT and isinstance(tag, str):
                self._other(child, line, on, link, target)

    def _other(
        self, child: Element, line: Line, on: tuple[int, ...], link: str, target: str
    ) -> None:
        tag = child.tag
        if tag in _SPOTS:
            line.spots.append(Spot(child.get(_ID, ""), _SPOTS[tag], len(line.pieces)))
        elif tag == _LINK:
            inside = child.get(f"{W}anchor", "")
            self._children(child, line, on, self._address(child) or link, inside or target)
        elif tag == _FIELD:
            aim = referred(child.get(f"{W}instr", ""))
            self._children(child, line, on, link, aim or target)
        elif tag == f"{M}t":
            line.pieces.append(Piece(child.text or "", on))
        elif tag == _ALTERNATE:
            self._children(chosen(child), line, on, link, target)
        elif tag not in _BLOCKS and len(child):
            self._children(child, line, on, link, target)

    def _address(self, node: Element) -> str:
        link = self._links.get(node.get(f"{R}id", ""))
        return link.target if link and link.external and link.target.startswith(_WEB) else ""

    def _run(
        self, signs: Sequence[Element], line: Line, on: tuple[int, ...], link: str, target: str
    ) -> None:
        looks = _NO_LOOKS
        for child in signs:
            tag = child.tag
            if tag in _TEXT:
                text = child.text
            elif tag == _MARKS:
                looks = self._looks(child)
                continue
            elif tag in _SIGNS:
                text = _SIGNS[tag]
            else:
                text = self._sign(child, line, on)
            if text and not self._is_code:
                strong, em, style = looks
                aim = self._aim or target
                line.pieces.append(_piece((text, on, strong, em, style, link, aim)))

    def _sign(self, node: Element, line: Line, on: tuple[int, ...]) -> str:
        """The characters of the rarer elements of a run."""
        tag = node.tag
        if tag == _FIELD_SIGN:
            self._field(node)
        elif tag in _INSTRUCTIONS and self._fields:
            self._fields[-1].code += node.text or ""
        elif tag == f"{W}br":
            return "\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else ""
        elif tag == f"{W}sym":
            return symbol(node)
        elif tag == f"{W}commentReference":
            line.spots.append(Spot(node.get(f"{W}id", ""), "reference", len(line.pieces)))
        elif tag in _OBJECTS:
            self._ignore(_OBJECTS[tag])
        elif tag == f"{MC}AlternateContent":
            return "".join(self._sign(child, line, on) for child in chosen(node))
        return ""

    def _field(self, node: Element) -> None:
        kind = node.get(_FIELD_KIND)
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            last = self._fields[-1]
            last.shows, last.target = True, referred(last.code)
        elif kind == "end" and self._fields:
            self._fields.pop()
        # Nobody reads the instruction of a field; of one in another the outer one leads.
        self._is_code, self._aim = False, ""
        for one in self._fields:
            self._is_code = self._is_code or not one.shows
            self._aim = self._aim or one.target

    def _looks(self, properties: Element) -> tuple[bool, bool, str]:
        """Bold, italic, and the name of the character style."""
        strong = em = None
        style = ""
        for child in children(properties):
            tag = child.tag
            if tag == _STYLE:
                style = child.get(_VAL, "")
            elif tag == _BOLD:
                strong = is_on(child)
            elif tag == _ITALIC:
                em = is_on(child)
            elif tag in LOOKS:
                self._revisions.formatting += 1
        if not style:
            return bool(strong), bool(em), ""
        styled = self._looks_of_style.get(style) or self._styled(style)
        if strong is None and em is None:
            return styled
        return (
            styled[0] if strong is None else strong,
            styled[1] if em is None else em,
            styled[2],
        )

    def _styled(self, style: str) -> tuple[bool, bool, str]:
        """What a style of characters alone looks like, and its name."""
        held = self._styles.get(style)
        found = (
            self._styles.switch(style, "b"),
            self._styles.switch(style, "i"),
            held.name if held else style.casefold(),
        )
        self._looks_of_style[style] = found
        return found


def referred(code: str) -> str:
    """The bookmark that the instruction of a field refers to, "" for other fields."""
    words = code.split()
    return words[1].strip('"') if len(words) > 1 and words[0].upper() == "REF" else ""


def symbol(node: Element) -> str:
    """A sign given by its number in a font of symbols."""
    try:
        code = int(node.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""


def flat(
    container: Element, on: tuple[int, ...], revisions: Revisions
) -> Iterator[tuple[Element, tuple[int, ...]]]:
    """The paragraphs and tables of a container with the changes that they stand in as a whole."""
    for child in container:
        tag = child.tag
        if tag in _BLOCKS:
            yield child, on
        elif tag in _CHANGES:
            yield from flat(child, (*on, revisions.number(child)), revisions)
        elif tag == _ALTERNATE:
            yield from flat(chosen(child), on, revisions)
        elif tag in _TRANSPARENT:
            yield from flat(child, on, revisions)


def within(node: Element, tag: str, revisions: Revisions) -> Iterator[Element]:
    """The rows of a table or the cells of a row, seen through controls."""
    for child in node:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in _TRANSPARENT or child.tag in _CHANGES:
            yield from within(child, tag, revisions)


_TRANSPARENT = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "smartTag"))

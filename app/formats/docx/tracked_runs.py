"""The words of a Word paragraph with the tracked changes that they stand in.

Where `runs_reader` reads what a file says once all is accepted, nothing is taken or left here: each
stretch of words carries its changes, its looks and where it leads.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.domain.returned import Change, Piece, Revision, Spot
from app.formats.docx.source_package import (
    MC,
    Element,
    M,
    R,
    Relationship,
    Styles,
    W,
    chosen,
    is_on,
    value,
)

_UTC = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}dateUtc"
_CHANGES: Mapping[str, Change] = {
    f"{W}ins": "ins",
    f"{W}del": "del",
    f"{W}moveFrom": "moveFrom",
    f"{W}moveTo": "moveTo",
}
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-", f"{W}cr": "\n",
    f"{W}softHyphen": "",
}  # fmt: skip
_LOOKS = frozenset({f"{W}rPrChange", f"{W}pPrChange", f"{W}sectPrChange", f"{W}tblPrChange"})
_PROPERTIES = frozenset({f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}sdtEndPr", f"{W}tcPr", f"{W}trPr"})
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


class Revisions:
    """The tracked changes of a file, each kind, author and date once."""

    def __init__(self) -> None:
        self._numbers: dict[Revision, int] = {}
        self.formatting = 0

    def number(self, node: Element) -> int:
        """The number of the change that an element is."""
        return self._numbered(_CHANGES[node.tag], node)

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
                found.append(self._numbered(_CHANGES[W + change], node))
        return tuple(found)

    def _numbered(self, change: Change, node: Element) -> int:
        date = node.get(_UTC, "") or node.get(f"{W}date", "")
        held = Revision(change, node.get(f"{W}author", ""), date)
        return self._numbers.setdefault(held, len(self._numbers))

    def held(self) -> tuple[Revision, ...]:
        """All of them, by number."""
        return tuple(self._numbers)


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

    def read(self, paragraph: Element, around: tuple[int, ...] = ()) -> Line:
        """The words of a paragraph. `around`: changes that the whole of it stands in."""
        line = Line()
        self._children(paragraph, line, around, "", "")
        return line

    def _children(
        self, node: Element, line: Line, on: tuple[int, ...], link: str, target: str
    ) -> None:
        for child in node:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, line, on, link, target)
            elif tag in _CHANGES:
                self._children(child, line, (*on, self._revisions.number(child)), link, target)
            elif tag not in _PROPERTIES and isinstance(tag, str):
                self._other(child, line, on, link, target)

    def _other(
        self, child: Element, line: Line, on: tuple[int, ...], link: str, target: str
    ) -> None:
        tag = child.tag
        if tag == f"{W}bookmarkStart":
            line.bookmarks.append(child.get(f"{W}name", ""))
        elif tag in _SPOTS:
            line.spots.append(Spot(child.get(f"{W}id", ""), _SPOTS[tag], len(line.pieces)))
        elif tag == f"{W}hyperlink":
            inside = child.get(f"{W}anchor", "")
            self._children(child, line, on, self._address(child) or link, inside or target)
        elif tag == f"{W}fldSimple":
            aim = referred(child.get(f"{W}instr", ""))
            self._children(child, line, on, link, aim or target)
        elif tag == f"{M}t":
            line.pieces.append(Piece(child.text or "", on))
        elif tag == f"{MC}AlternateContent":
            self._children(chosen(child), line, on, link, target)
        elif tag not in {f"{W}p", f"{W}tbl"}:
            self._children(child, line, on, link, target)

    def _address(self, node: Element) -> str:
        link = self._links.get(node.get(f"{R}id", ""))
        return link.target if link and link.external and link.target.startswith(_WEB) else ""

    def _run(self, run: Element, line: Line, on: tuple[int, ...], link: str, target: str) -> None:
        looks: tuple[bool, bool, str] | None = None
        for child in run:
            tag = child.tag
            if tag in _TEXT:
                text = child.text or ""
            elif tag in _SIGNS:
                text = _SIGNS[tag]
            elif tag == f"{W}rPr":
                looks = self._looks(child)
                continue
            else:
                text = self._sign(child, line, on)
            if text and not self._is_code():
                strong, em, style = looks or (False, False, "")
                aim = next((one.target for one in self._fields if one.target), target)
                line.pieces.append(Piece(text, on, strong, em, style, link, aim))

    def _sign(self, node: Element, line: Line, on: tuple[int, ...]) -> str:
        """The characters of the rarer elements of a run."""
        tag = node.tag
        if tag == f"{W}fldChar":
            self._field(node)
        elif tag in {f"{W}instrText", f"{W}delInstrText"} and self._fields:
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
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
            self._fields[-1].target = referred(self._fields[-1].code)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_code(self) -> bool:
        """Whether we are in the instruction of a field, which nobody reads."""
        return any(not one.shows for one in self._fields)

    def _looks(self, properties: Element) -> tuple[bool, bool, str]:
        """Bold, italic, and the name of the character style."""
        strong = em = None
        style = ""
        for child in properties:
            tag = child.tag
            if tag == f"{W}b":
                strong = is_on(child)
            elif tag == f"{W}i":
                em = is_on(child)
            elif tag == f"{W}rStyle":
                style = child.get(f"{W}val", "")
            elif tag in _LOOKS:
                self._revisions.formatting += 1
        if not style:
            return bool(strong), bool(em), ""
        strong = self._styles.switch(style, "b") if strong is None else strong
        em = self._styles.switch(style, "i") if em is None else em
        held = self._styles.by_id.get(style)
        return strong, em, held.name if held else style.casefold()


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
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child, on
        elif child.tag in _CHANGES:
            yield from flat(child, (*on, revisions.number(child)), revisions)
        elif child.tag == f"{MC}AlternateContent":
            yield from flat(chosen(child), on, revisions)
        elif child.tag in _TRANSPARENT:
            yield from flat(child, on, revisions)


def within(node: Element, tag: str, revisions: Revisions) -> Iterator[Element]:
    """The rows of a table or the cells of a row, seen through controls."""
    for child in node:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in _TRANSPARENT or child.tag in _CHANGES:
            yield from within(child, tag, revisions)


_TRANSPARENT = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "smartTag"))


def style_of(properties: Element | None, styles: Styles) -> str:
    """The name of a paragraph's style in small letters, "" for the usual one."""
    held = styles.by_id.get(value(properties, "pStyle"))
    return held.name if held else ""


def is_formatting(properties: Element) -> bool:
    """Whether a tracked change of looks stands in paragraph properties."""
    return any(child.tag in _LOOKS for child in properties if isinstance(child.tag, str))

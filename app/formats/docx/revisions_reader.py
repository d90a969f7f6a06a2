"""A Word file with nothing taken or left: paragraphs, rows, tracked changes, comments, origin."""

from app.domain.returned import Paragraph, ReturnedDocument, Row
from app.formats.docx import comments_reader, origin_reader
from app.formats.docx.guard import Element, children
from app.formats.docx.numbering_reader import Numbering
from app.formats.docx.source_package import SourcePackage, Styles, W
from app.formats.docx.tracked_runs import (
    LOOKS,
    Revisions,
    TrackedRuns,
    flat,
    within,
)
from app.kernel.collecting import collecting_nothing

_PROPERTIES, _MARK, _TABLE = f"{W}pPr", f"{W}rPr", f"{W}tbl"
_STYLE, _LIST, _INDENT = f"{W}pStyle", f"{W}numPr", f"{W}ind"
_NUMBER, _LEVEL = f"{W}numId", f"{W}ilvl"
_VAL, _LEFT, _START = (f"{W}{name}".encode() for name in ("val", "left", "start"))


@collecting_nothing(circles=False)
def read(data: bytes) -> ReturnedDocument:
    """Read a Word file with all its tracked changes. Raises Invalid for what is none."""
    package = SourcePackage(data)
    reader = _Reader(package)
    reader.container(package.body, ())
    return ReturnedDocument(
        paragraphs=tuple(reader.paragraphs),
        revisions=reader.revisions.held(),
        rows=tuple(reader.rows),
        remarks=comments_reader.read(package),
        origin=origin_reader.read(package),
        formatting=reader.revisions.formatting,
        ignored=tuple(reader.ignored),
    )


class _Reader:
    """Walks over a body and gathers its paragraphs in order."""

    def __init__(self, package: SourcePackage) -> None:
        self.revisions = Revisions()
        self.paragraphs: list[Paragraph] = []
        self.rows: list[Row] = []
        self.ignored: dict[str, None] = {}
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._runs = TrackedRuns(
            self._styles, package.links, self.revisions, self.ignored.setdefault
        )
        self._flow = 0
        self._tables = 0
        self._places: dict[tuple[str, ...], tuple[str, int, int]] = {}

    def container(self, node: Element, on: tuple[int, ...], row: int = -1, cell: int = 0) -> None:
        """The paragraphs and tables of a body or a cell."""
        bookmarks = [mark.get(f"{W}name", "") for mark in node.iterchildren(f"{W}bookmarkStart")]
        for held, changed in flat(node, on, self.revisions):
            if held.tag == _TABLE:
                self._flow += 1
                self._table(held, changed, row, cell)
                self._flow += 1
            else:
                self._paragraph(held, changed, row, cell, bookmarks)
                bookmarks = []

    def _paragraph(
        self, node: Element, on: tuple[int, ...], row: int, cell: int, loose: list[str]
    ) -> None:
        properties = node[0] if len(node) else None
        if properties is not None and properties.tag != _PROPERTIES:
            properties = node.find(_PROPERTIES)
        mark, style, level, indent = self._look(properties, on)
        line = self._runs.read(node, on)
        pieces, spots = tuple(line.pieces), tuple(line.spots)
        bookmarks = (*loose, *line.bookmarks)
        place = (self._flow, row, cell)
        self.paragraphs.append(
            Paragraph._make((pieces, mark, style, level, indent, bookmarks, *place, spots))
        )

    def _look(
        self, properties: Element | None, on: tuple[int, ...]
    ) -> tuple[tuple[int, ...], str, int, int]:
        """The changes of the mark, the style, the level in a list, and where the words begin."""
        style = number = level = left = ""
        for child in () if properties is None else children(properties):
            tag = child.tag
            if tag == _STYLE:
                style = child.get(_VAL, "")
            elif tag == _LIST:
                for one in children(child):
                    if one.tag == _NUMBER:
                        number = one.get(_VAL, "")
                    elif one.tag == _LEVEL:
                        level = one.get(_VAL, "")
            elif tag == _INDENT:
                left = child.get(_LEFT, "") or child.get(_START, "")
            elif tag == _MARK:
                on = (*on, *self.revisions.of_mark(child))
            elif tag in LOOKS:
                self.revisions.formatting += 1
        asked = (style, number, level, left)
        place = self._places.get(asked) or self._place(properties, asked)
        return (on, *place)

    def _place(self, properties: Element | None, asked: tuple[str, ...]) -> tuple[str, int, int]:
        """The name of the style, the level in a list, and where the words begin."""
        held = self._styles.get(asked[0])
        style = asked[0] or self._styles.default
        listed = self._numbering.of(properties, style)
        indent = listed.indent if listed else self._numbering.indent(properties, style)
        place = (held.name if held else "", listed.level if listed else -1, indent or 0)
        self._places[asked] = place
        return place

    def _table(self, node: Element, on: tuple[int, ...], row: int, cell: int) -> None:
        """A table of rows; one inside a cell lies in the row that holds it."""
        self._tables += 1
        table = self._tables
        for line in within(node, "tr", self.revisions):
            cells = list(within(line, "tc", self.revisions))
            inner = row
            if row < 0:
                inner = len(self.rows)
                own = self.revisions.of_mark(line.find(f"{W}trPr"))
                held = tuple(self.revisions.of_cell(one.find(f"{W}tcPr")) for one in cells)
                self.rows.append(Row(table, (*on, *own), held))
            for at, one in enumerate(cells):
                self._flow += 1
                self.container(one, on, inner, at if row < 0 else cell)

"""A Word file with nothing taken or left: paragraphs, rows, tracked changes, comments, origin."""

from app.domain.returned import Paragraph, ReturnedDocument, Row
from app.formats.docx import comments_reader, origin_reader
from app.formats.docx.numbering_reader import Numbering
from app.formats.docx.source_package import Element, SourcePackage, Styles, W, value
from app.formats.docx.tracked_runs import (
    Revisions,
    TrackedRuns,
    flat,
    is_formatting,
    style_of,
    within,
)


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
        self._places: dict[tuple[str, ...], tuple[int, int]] = {}

    def container(self, node: Element, on: tuple[int, ...], row: int = -1, cell: int = 0) -> None:
        """The paragraphs and tables of a body or a cell."""
        bookmarks = [mark.get(f"{W}name", "") for mark in node.iterchildren(f"{W}bookmarkStart")]
        for held, changed in flat(node, on, self.revisions):
            if held.tag == f"{W}tbl":
                self._flow += 1
                self._table(held, changed, row, cell)
                self._flow += 1
            else:
                self._paragraph(held, changed, row, cell, bookmarks)
                bookmarks = []

    def _paragraph(
        self, node: Element, on: tuple[int, ...], row: int, cell: int, loose: list[str]
    ) -> None:
        properties = node.find(f"{W}pPr")
        mark: tuple[int, ...] = ()
        if properties is not None:
            mark = self.revisions.of_mark(properties.find(f"{W}rPr"))
            self.revisions.formatting += is_formatting(properties)
        line = self._runs.read(node, on)
        level, indent = self._place(properties)
        self.paragraphs.append(
            Paragraph(
                pieces=tuple(line.pieces),
                mark=(*on, *mark),
                style=style_of(properties, self._styles),
                level=level,
                indent=indent,
                bookmarks=(*loose, *line.bookmarks),
                flow=self._flow,
                row=row,
                cell=cell,
                spots=tuple(line.spots),
            )
        )

    def _place(self, properties: Element | None) -> tuple[int, int]:
        """The level in a list, and where the words begin."""
        own = None if properties is None else properties.find(f"{W}numPr")
        indented = None if properties is None else properties.find(f"{W}ind")
        left = "" if indented is None else indented.get(f"{W}left", "")
        asked = (value(properties, "pStyle"), value(own, "numId"), value(own, "ilvl"), left)
        if asked not in self._places:
            style = asked[0] or self._styles.default
            listed = self._numbering.of(properties, style)
            indent = listed.indent if listed else self._numbering.indent(properties, style)
            self._places[asked] = (listed.level if listed else -1, indent or 0)
        return self._places[asked]

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

"""A foreign Word file in: paragraphs, lists, tables and notes as the pieces of a clause tree."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from app.domain import prose
from app.domain.imported import ImportedDocument, Seen, Unmapped, mapped
from app.formats.docx.guard import Element
from app.formats.docx.levels import Part, levelled
from app.formats.docx.numbering_reader import Numbering
from app.formats.docx.runs_reader import RunsReader, Words
from app.formats.docx.source_package import (
    SourcePackage,
    Styles,
    W,
    value,
    whole,
)

_HEADING = re.compile(r"heading ([1-9])$")
_CONTENTS = re.compile(r"(?:toc|contents) \d")
_NO_OUTLINE = 9
_TRANSPARENT = frozenset(
    f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_GONE_ROWS = (f"{W}trPr/{W}del", f"{W}trPr/{W}moveFrom")
_GONE_MARKS = (f"{W}pPr/{W}rPr/{W}del", f"{W}pPr/{W}rPr/{W}moveFrom")
_NOTE_FORMS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(data: bytes, name: str = "") -> ImportedDocument:
    """Read a Word file with all its tracked changes accepted. Raises Invalid for what is none."""
    package = SourcePackage(data)
    reader = _Reader(package)
    pieces = list(levelled(reader.parts(package.body)))
    title = _core_title(package) or _named(name)
    reader.list_margins()
    return mapped(pieces, title=title, unmapped=tuple(reader.unmapped.values()))


def _core_title(package: SourcePackage) -> str:
    root = package.xml("docProps/core.xml")
    for node in root if root is not None else ():
        if isinstance(node.tag, str) and etree.QName(node).localname == "title":
            return " ".join((node.text or "").split())
    return ""


def _named(name: str) -> str:
    stem = re.split(r"[\\/]", name)[-1].rpartition(".")[0] or name
    return " ".join(re.split(r"[\s_]+", stem)).strip() or "Untitled"


class _Reader:
    """Walks over a body; what has no place in a clause tree is listed by the words before it."""

    def __init__(self, package: SourcePackage) -> None:
        self.package = package
        self.unmapped: dict[str, Unmapped] = {}
        self.last_words = ""
        self.styles = Styles(package.related("styles"))
        self.numbering = Numbering(package.related("numbering"), self.styles)
        self.runs = RunsReader(self.styles, package.links)
        self.notes = {kind: self._notes(f"{kind}s") for kind in ("footnote", "endnote")}

    def _notes(self, kind: str) -> dict[str, Element]:
        root = self.package.related(kind)
        return {
            node.get(f"{W}id", ""): node
            for node in (root if root is not None else ())
            if isinstance(node.tag, str) and node.get(f"{W}type") not in _NOTE_FORMS
        }

    def list_margins(self) -> None:
        """Headers, footers and comments are no text of the agreement: they are listed."""
        for link in self.package.links.values():
            kind = link.kind.rpartition("/")[2]
            root = self.package.xml(link.target) if kind in {"header", "footer"} else None
            if root is not None:
                words = " ".join("".join(part.text or "" for part in root.iter(f"{W}t")).split())
                if words:
                    self._leave_out(f"{kind} “{words[:60]}”", "every page")
            if kind == "comments":
                self._leave_out("comments", "margin")

    def _leave_out(self, what: str, where: str = "") -> None:
        if not where:
            where = f"after “{self.last_words}”" if self.last_words else "at the beginning"
        self.unmapped.setdefault(what, Unmapped(where, what))

    def parts(self, container: Element) -> list[Part]:
        """The paragraphs and tables of a body, a cell, a note or a text box."""
        found: list[Part] = []
        waiting: list[Words] = []  # of paragraphs whose marks were deleted
        for node in _flat(container):
            if node.tag == f"{W}tbl":
                found.extend(self._paragraph(None, waiting))
                waiting = []
                found.extend(self._table(node))
                continue
            words = self.runs.read(node)
            if any(node.find(path) is not None for path in _GONE_MARKS):
                waiting.append(words)
                continue
            found.extend(self._paragraph(node, [*waiting, words]))
            waiting = []
        found.extend(self._paragraph(None, waiting))
        return found

    def _paragraph(self, node: Element | None, held: list[Words]) -> Iterator[Part]:
        """One paragraph of words that may come from several whose marks between them are gone."""
        text = prose.canonical(prose.write(span for words in held for span in words.spans))
        properties = None if node is None else node.find(f"{W}pPr")
        style = value(properties, "pStyle") or self.styles.default
        for words in held:
            for what in words.left_out:
                self._leave_out(what)
        if text:
            self.last_words = " ".join(prose.plain(text).split()[:6])
            picture = any(words.pictures for words in held) and _is_only_a_picture(held)
            yield self._part(text, properties, style, picture=picture)
        for words in held:
            for kind, number in words.notes:
                yield from self._note(kind, number)
            yield from self._boxes(words.boxes)

    def _part(self, text: str, properties: Element | None, style: str, *, picture: bool) -> Part:
        if picture:
            return Part(Seen.VERBATIM, prose.plain(text))
        listed = self.numbering.of(properties, style)
        indent = self.numbering.indent(properties, style) or 0
        names = [held.name for _, held in self.styles.chain(style)]
        heading = self._heading(properties, style, names)
        if any(_CONTENTS.match(name) for name in names):
            return Part(Seen.LINE, text, indent=indent)
        if "title" in names and not listed:
            return Part(Seen.TITLE, text)
        if heading:
            return Part(Seen.HEADING, text, heading, listed)
        if listed:
            return Part(Seen.ITEM, text, 0, listed, listed.indent)
        return Part(Seen.PARA, text, indent=indent)

    def _heading(self, properties: Element | None, style: str, names: list[str]) -> int:
        """The level of a heading by its style or its own outline level, 0 for other paragraphs."""
        for name in names:
            if match := _HEADING.match(name):
                return int(match[1])
        own = whole(value(properties, "outlineLvl"))
        levels = [own] if own is not None else []
        levels += [
            level
            for _, held in self.styles.properties(style)
            if (level := whole(value(held, "outlineLvl"))) is not None
        ]
        return levels[0] + 1 if levels and 0 <= levels[0] < _NO_OUTLINE else 0

    def _note(self, kind: str, number: str) -> Iterator[Part]:
        node = self.notes[kind].get(number)
        for part in self.parts(node) if node is not None else ():
            yield from _as_notes(part)

    def _boxes(self, boxes: Iterable[Element]) -> Iterator[Part]:
        holder = etree.Element("box")
        for box in boxes:
            holder.append(box)
        yield from self.parts(holder)

    def _table(self, node: Element) -> Iterator[Part]:
        """A table of rows; one that is a frame around a single cell is what stands in it."""
        rows = [row for row in _within(node, "tr") if not _is_gone(row)]
        cells = [list(_within(row, "tc")) for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            yield from self.parts(cells[0][0])
            return
        notes: list[Part] = []
        texts: list[str] = []
        for row in cells:
            parts = [self.parts(cell) for cell in row]
            notes.extend(part for cell in parts for part in cell if part.seen is Seen.NOTE)
            texts.append(prose.row(_cell(cell) for cell in parts))
        if any(texts):
            yield Part(Seen.TABLE, indent=_table_indent(node), rows=tuple(texts))
        yield from notes


def _flat(container: Element) -> Iterator[Element]:
    """The paragraphs and tables in a container, seen through controls and tracked insertions."""
    for child in container:
        if child.tag in {f"{W}p", f"{W}tbl"}:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _flat(child)


def _is_gone(row: Element) -> bool:
    return any(row.find(path) is not None for path in _GONE_ROWS)


def _within(node: Element, tag: str) -> Iterator[Element]:
    for child in node:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _within(child, tag)


def _cell(parts: Iterable[Part]) -> str:
    """All paragraphs of a cell as one, a line each."""
    lines = [
        line for part in parts if part.seen is not Seen.NOTE for line in (part.text, *part.rows)
    ]
    return "\n".join(line for line in lines if line)


def _as_notes(part: Part) -> Iterator[Part]:
    for text in (part.text, *part.rows):
        if text:
            yield Part(Seen.NOTE, text)


def _is_only_a_picture(held: list[Words]) -> bool:
    return sum(1 for words in held for span in words.spans if span.text.strip()) == 1


def _table_indent(node: Element) -> int:
    properties = node.find(f"{W}tblPr")
    indent = None if properties is None else properties.find(f"{W}tblInd")
    return 0 if indent is None else whole(indent.get(f"{W}w")) or 0

"""What stands before the text: title page, table of contents; and in the margins of every page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.formats.docx.fields import CONTENTS, END, begin, page_of_pages
from app.formats.docx.ooxml import NAMESPACES, clause_bookmark, paragraph, run
from app.formats.docx.styles import (
    MARGIN,
    MARGIN_FOOT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
)

_NAMED_ON_COVER = 12
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Edition:
    """What this file is: which agreement, which version, in which state, of which day.

    `digits` are the first twelve of the version's hash; `agreement` is its id, "" for a loose text.
    """

    title: str
    version: str
    status: str
    digits: str
    day: date | None = None
    agreement: str = ""

    @property
    def dated(self) -> str:
        """The day as people write it, "" for none."""
        return f"{self.day.day} {_MONTHS[self.day.month - 1]} {self.day.year}" if self.day else ""

    @property
    def named(self) -> str:
        """Version and status in one line."""
        shown = f"Version {self.version}" if self.version else ""
        return " · ".join(part for part in (shown, self.status) if part)


class Entry(NamedTuple):
    """One line of the table of contents."""

    level: int
    key: str
    label: str
    words: str


def title_page(edition: Edition, title: str, parties: Sequence[str]) -> str:
    """Title, version, status, day, and between whom. `title`: its runs."""
    facts = [edition.named, edition.dated, f"Text {edition.digits}"]
    lines = [paragraph("Title", title)]
    lines += [paragraph("CoverFacts", run(fact)) for fact in facts if fact]
    if parties:
        lines.append(paragraph("CoverBetween", run("between")))
    if len(parties) > _NAMED_ON_COVER:
        lines.append(paragraph("CoverParty", run(f"the {len(parties)} parties named in this text")))
    else:
        lines += [paragraph("CoverParty", run(name)) for name in parties]
    return "".join(lines)


def contents(entries: Iterable[Entry]) -> str:
    """The table of contents as a field whose entries are filled in; ends its section."""
    held = list(entries)
    lines = []
    for at, entry in enumerate(held):
        label = f"{run(entry.label)}<w:r><w:tab/></w:r>" if entry.label else ""
        link = (
            f'<w:hyperlink w:anchor="{clause_bookmark(entry.key)}" w:history="1">'
            f"{label}{run(entry.words)}</w:hyperlink>"
        )
        opening = "" if at else begin(CONTENTS)
        ending = END if at == len(held) - 1 else ""
        lines.append(paragraph(f"TOC{entry.level}", opening + link + ending))
    title = paragraph("ContentsTitle", run("Contents")) if lines else ""
    return title + "".join(lines) + paragraph("CoverFoot", "", section(first=True))


def section(*, first: bool) -> str:
    """Page size, margins, header and footer; the first section has a bare first page."""
    bare = "<w:titlePg/>" if first else ""
    marks = (
        '<w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
    )
    if first:
        marks += (
            '<w:headerReference w:type="first" r:id="rIdHeaderFirst"/>'
            '<w:footerReference w:type="first" r:id="rIdFooterFirst"/>'
        )
    kind = "" if first else '<w:type w:val="nextPage"/>'
    return (
        f'<w:sectPr>{marks}{kind}<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="{MARGIN_TOP}" w:right="{MARGIN}" w:bottom="{MARGIN_FOOT}" '
        f'w:left="{MARGIN}" w:header="794" w:footer="680" w:gutter="0"/>{bare}</w:sectPr>'
    )


def header(edition: Edition) -> str:
    """Title at the left, version and status at the right."""
    shown = run(edition.title) + "<w:r><w:tab/></w:r>" + run(edition.named)
    return f"<w:hdr {NAMESPACES}>{paragraph('Header', shown)}</w:hdr>"


def footer(edition: Edition) -> str:
    """Version and hash at the left, the page at the right."""
    name = f"Version {edition.version} · " if edition.version else ""
    left = run(f"{name}{edition.digits}")
    shown = f"{left}<w:r><w:tab/></w:r>{page_of_pages()}"
    return f"<w:ftr {NAMESPACES}>{paragraph('Footer', shown)}</w:ftr>"


BARE_HEADER = f"<w:hdr {NAMESPACES}>{paragraph('Header', '')}</w:hdr>"
BARE_FOOTER = f"<w:ftr {NAMESPACES}>{paragraph('CoverFoot', '')}</w:ftr>"
"""What the title page has instead."""

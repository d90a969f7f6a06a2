"""The report of a round as a Word file: a landscape table in the usual form for comments.

The same report always gives the same bytes.
"""

from collections.abc import Iterable, Sequence

from app.domain.reports import ClauseStand, Report, ReportLine
from app.domain.stances import WORDS, sign
from app.formats.docx import properties, styles
from app.formats.docx.cover import Edition
from app.formats.docx.fields import page_of_pages
from app.formats.docx.ooxml import NAMESPACES, document, paragraph, run
from app.formats.docx.package import Part, pack
from app.formats.docx.styles import MARGIN_FOOT, MARGIN_TOP, PAGE_HEIGHT, PAGE_WIDTH, TEXT_WIDTH

HEAD = (
    *("No", "Organisation", "Clause", "Paragraph", "Type", "Comment", "Proposed change"),
    "Decision and reason",
)
_WIDTHS = (750, 1500, 1150, 1150, 1200, 3300, 3000, 2788)
_WIDTH = sum(_WIDTHS)
_STAND_WIDTHS = (_WIDTH - 5 * 1700, *(1700,) * 5)
_MARGIN = (PAGE_HEIGHT - _WIDTH) // 2
_SMALL = '<w:sz w:val="17"/><w:szCs w:val="17"/>'
_BOLD = "<w:b/><w:bCs/>" + _SMALL
_LEFT = '<w:jc w:val="left"/>'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def write(report: Report, language: str = "en") -> bytes:
    """The file. `language` is that of the agreement's text."""
    day = (report.settled_at or report.as_of).date()
    state = "Settled" if report.settled_at else "In progress"
    edition = Edition(report.title, "", state, "", day)
    body = (
        paragraph("Heading1", run(report.title))
        + paragraph("CoverFacts", run(report.agreement))
        + "".join(paragraph("CoverFacts", run(fact)) for fact in report.facts)
        + paragraph("TableEnd", "")
        + (_table(report.lines) if report.lines else _nothing())
        + (_stands(report.stands) if report.stands else "")
        + _section()
    )
    return pack(
        (
            *_parts(document(body.encode()), report, language),
            *properties.described(edition, language),
        )
    )


def _nothing() -> str:
    return paragraph("NotYet", run("Nothing was said in this round."))


def _table(lines: Sequence[ReportLine]) -> str:
    return _ruled(HEAD, map(_line, lines), _WIDTHS)


def _stands(stands: Sequence[ClauseStand]) -> str:
    """How many stand where, clause by clause, behind the contributions."""
    heads = ("Clause", *(f"{words} ({sign(value)})" for value, words in WORDS.items()))
    rows = (
        _row(
            [
                _cell("TableText", [(words, _SMALL)])
                for words in (stand.clause, *map(str, stand.counts))
            ],
            _STAND_WIDTHS,
        )
        for stand in stands
    )
    return paragraph("Heading2", run("Where all stand")) + _ruled(heads, rows, _STAND_WIDTHS)


def _ruled(heads: Sequence[str], rows: Iterable[str], widths: Sequence[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    cells = [_cell("TableHead", [(words, _BOLD)]) for words in heads]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="AgreementTable"/><w:tblW w:w="{_WIDTH}" '
        'w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(cells, widths, '<w:tblHeader/>')}{''.join(rows)}"
        "</w:tbl>" + paragraph("TableEnd", "")
    )


def _line(line: ReportLine) -> str:
    plain = (line.number, line.organisation, line.clause, line.paragraph, line.kind)
    cells = [_cell("TableText", [(words, _SMALL)]) for words in plain]
    said = (line.comment, line.proposed)
    cells += [_cell("TableText", _parted(words)) for words in said]
    answered = (line.decision or "No decision yet", _BOLD)
    reason = _parted(line.reason) if line.reason else []
    return _row([*cells, _cell("TableText", [answered, *reason])], _WIDTHS, "<w:cantSplit/>")


def _parted(words: str) -> list[tuple[str, str]]:
    return [(part, _SMALL) for part in words.split("\n")]


def _row(cells: Sequence[str], widths: Sequence[int], layout: str = "") -> str:
    held = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    laid_out = f"<w:trPr>{layout}</w:trPr>" if layout else ""
    return f"<w:tr>{laid_out}{held}</w:tr>"


def _cell(style: str, parts: Sequence[tuple[str, str]]) -> str:
    """One paragraph for each part: its words and their look."""
    return "".join(paragraph(style, run(words, look), _LEFT) for words, look in parts)


def _section() -> str:
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{PAGE_HEIGHT}" w:h="{PAGE_WIDTH}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{MARGIN_TOP}" w:right="{_MARGIN}" w:bottom="{MARGIN_FOOT}" '
        f'w:left="{_MARGIN}" w:header="794" w:footer="680" w:gutter="0"/></w:sectPr>'
    )


def _parts(whole: bytes, report: Report, language: str) -> tuple[Part, ...]:
    right = run(f"Version {report.version}")
    top = _wide("Header", f"{run(report.agreement)}<w:r><w:tab/></w:r>{right}")
    foot = _wide("Footer", f"{run(report.title)}<w:r><w:tab/></w:r>{page_of_pages()}")
    rows = (
        ("styles", styles.styles_part(language=language, parted=False, column=0), ""),
        ("settings", styles.settings_part(language=language, protection="none"), ""),
        ("fontTable", styles.fonts_part(), ""),
        ("header1", f"<w:hdr {NAMESPACES}>{top}</w:hdr>", "rIdHeader"),
        ("footer1", f"<w:ftr {NAMESPACES}>{foot}</w:ftr>", "rIdFooter"),
    )
    return (
        Part("word/document.xml", f"{_TYPE}document.main+xml", whole, "officeDocument", owner=""),
        *(
            Part(f"word/{name}.xml", f"{_TYPE}{kind}+xml", xml, kind, number)
            for name, xml, number in rows
            for kind in (name.rstrip("1"),)
        ),
    )


def _wide(style: str, words: str) -> str:
    """A line in the margin whose right end is that of a page on its side."""
    tabs = (
        f'<w:tabs><w:tab w:val="clear" w:pos="{TEXT_WIDTH}"/>'
        f'<w:tab w:val="right" w:pos="{_WIDTH}"/></w:tabs>'
    )
    return paragraph(style, words, tabs)

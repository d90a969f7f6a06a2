"""The report of a round as a spreadsheet: one row a contribution, words as words, days as days.

Words that a spreadsheet could take for a formula get an apostrophe before them, so they stay words
in every program that the table is copied to. The same report always gives the same bytes.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.domain.reports import ClauseStand, Report, ReportLine
from app.domain.stances import WORDS, sign

HEAD = (
    *("No", "Organisation", "Clause", "Paragraph", "Type", "Said on", "Comment"),
    *("Proposed change", "Decision", "Reason"),
)
_WIDTHS = (8, 22, 14, 14, 14, 12, 55, 55, 18, 50)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST = 32_000
_FIRST_ROW = 5


def write(report: Report) -> bytes:
    """The file, ready to be filtered and printed on pages on their side."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        made = (report.settled_at or report.as_of).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": report.title, "author": "Concordat", "created": made})
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format(
                {"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}
            ),
            "words": book.add_format({"text_wrap": True, "valign": "top", "bottom": 4}),
            "number": book.add_format({"valign": "top", "bottom": 4}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "bottom": 4}),
        }
        sheet = book.add_worksheet(f"Round {report.round}")
        for row, words in enumerate((report.title, report.agreement, *report.facts)):
            sheet.write_string(row, 0, safe(words), None if row else looks["title"])
        for column, words in enumerate(HEAD):
            sheet.write_string(_FIRST_ROW, column, words, looks["head"])
            sheet.set_column(column, column, _WIDTHS[column])
        for at, line in enumerate(report.lines, _FIRST_ROW + 1):
            _write_line(sheet, at, line, report.zone, looks)
        _lay_out(sheet, len(report.lines))
        if report.stands:
            _write_stands(book.add_worksheet("Where all stand"), report.stands, looks)
    return out.getvalue()


def _write_line(
    sheet: Worksheet, at: int, line: ReportLine, zone: str, looks: dict[str, object]
) -> None:
    words = (line.number, line.organisation, line.clause, line.paragraph, line.kind, None)
    said = (line.comment, line.proposed, line.decision, line.reason)
    for column, held in enumerate((*words, *said)):
        if held is not None:
            sheet.write_string(at, column, safe(held), looks["words"])
    if line.said_at is not None:
        day = line.said_at.astimezone(ZoneInfo(zone)).date()
        moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone
        sheet.write_datetime(at, 5, moment, looks["day"])


def _write_stands(
    sheet: Worksheet, stands: Sequence[ClauseStand], looks: dict[str, object]
) -> None:
    """How many stand where, one row a clause; a sheet of its own."""
    heads = ("Clause", *(f"{words} ({sign(value)})" for value, words in WORDS.items()))
    for column, words in enumerate(heads):
        sheet.write_string(0, column, safe(words), looks["head"])
    for row, stand in enumerate(stands, 1):
        sheet.write_string(row, 0, safe(stand.clause), looks["words"])
        for column, number in enumerate(stand.counts, 1):
            sheet.write_number(row, column, number, looks["number"])
    sheet.set_column(0, 0, 45)
    sheet.set_column(1, len(WORDS), 16)
    sheet.freeze_panes(1, 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)


def _lay_out(sheet: Worksheet, lines: int) -> None:
    """What stays in sight, what is repeated on paper, and one page across."""
    sheet.freeze_panes(_FIRST_ROW + 1, 1)
    sheet.autofilter(_FIRST_ROW, 0, _FIRST_ROW + max(lines, 1), len(HEAD) - 1)
    sheet.repeat_rows(_FIRST_ROW)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")


def safe(words: str) -> str:
    """Words that no spreadsheet calculates, no longer than a cell holds."""
    held = words if len(words) <= _MOST else words[:_MOST] + " …"
    return f"'{held}" if held.startswith(_FORMULA) else held

"""The report as a spreadsheet: cells of a kind, and no words that calculate."""

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from app.domain.reports import ClauseStand
from app.formats import xlsx
from tests.domain.test_reports import LINE, REPORT


def rows(held):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(held)))
    return [[cell.value for cell in row] for row in book.active.iter_rows(min_row=6)]


def test_every_contribution_is_a_row_with_its_day_as_a_day():
    head, first, _ = rows(REPORT)
    assert tuple(head) == xlsx.HEAD
    assert first[:6] == [
        *("A7", "Lille", "Article 2", "2.1", "Amendment"),
        datetime(2026, 3, 6),  # half past midnight in Brussels
    ]
    assert first[8:] == ["Accepted", "Shorter is better."]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=HYPERLINK(A1)"])
def test_what_could_be_a_formula_stays_words(words):
    held = replace(REPORT, lines=(replace(LINE, comment=words),))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(held)))
    cell = book.active.cell(row=7, column=7)
    assert (cell.data_type, cell.value) == ("s", "'" + words)


def test_where_all_stand_is_a_sheet_of_its_own_with_numbers():
    assert len(openpyxl.load_workbook(io.BytesIO(xlsx.write(REPORT))).sheetnames) == 1
    stands = (ClauseStand("Article 2 Answers", (1, 0, 2, 0, 3)),)
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(replace(REPORT, stands=stands))))
    head, row = book["Where all stand"].iter_rows(values_only=True)
    assert head[4:] == ("Supports it (+1)", "Fully supports it (+2)")
    assert row == ("Article 2 Answers", 1, 0, 2, 0, 3)


def test_an_endless_text_is_cut_at_what_a_cell_holds():
    assert len(rows(replace(REPORT, lines=(replace(LINE, comment="x" * 40_000),)))[1][6]) < 32_767


def test_the_same_report_gives_the_same_bytes():
    assert xlsx.write(REPORT) == xlsx.write(REPORT)

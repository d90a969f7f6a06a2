"""The report as a Word file: sound, wide, with every word in its column."""

import io
from dataclasses import replace

import docx
from docx.enum.section import WD_ORIENT

from app.domain.reports import ClauseStand
from app.formats.docx import lint, report
from tests.domain.test_reports import LINE, REPORT


def opened(held):
    return docx.Document(io.BytesIO(report.write(held)))


def test_the_table_lies_on_its_side_under_a_head_that_every_page_repeats():
    found = opened(REPORT)
    assert found.sections[0].orientation == WD_ORIENT.LANDSCAPE
    head, first, second = found.tables[0].rows
    assert tuple(cell.text for cell in head.cells) == report.HEAD
    assert head._tr.xpath("./w:trPr/w:tblHeader")
    assert first.cells[2].text == "Article 2"
    assert first.cells[7].text == "Accepted\nShorter is better."
    assert second.cells[7].text == "No decision yet"


def test_the_file_is_sound_and_the_same_report_gives_the_same_bytes():
    made = report.write(REPORT)
    assert lint.check(made) == ()
    assert made == report.write(REPORT)


def test_words_that_look_like_markup_or_hold_what_xml_cannot_stay_words():
    odd = replace(REPORT, lines=(replace(LINE, comment="<b>5 & 6</b>\x00\nنص", reason=""),))
    assert opened(odd).tables[0].rows[1].cells[5].text == "<b>5 & 6</b>\nنص"
    assert lint.check(report.write(odd)) == ()


def test_how_many_stand_where_follows_in_a_table_of_its_own():
    stands = (ClauseStand("Article 2 Answers", (1, 0, 2, 0, 3)),)
    made = report.write(replace(REPORT, stands=stands))
    head, row = docx.Document(io.BytesIO(made)).tables[1].rows
    assert head.cells[5].text == "Fully supports it (+2)"
    assert [cell.text for cell in row.cells] == ["Article 2 Answers", "1", "0", "2", "0", "3"]
    assert lint.check(made) == ()


def test_a_round_without_a_word_says_so():
    empty = replace(REPORT, lines=())
    assert "Nothing was said in this round." in [p.text for p in opened(empty).paragraphs]
    assert lint.check(report.write(empty)) == ()

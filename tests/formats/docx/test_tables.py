import re

from app.domain.clauses import Kind
from app.formats.docx.blocks import Block
from app.formats.docx.tables import table


def row(*cells):
    return Block("k", Kind.ROW, "", standing=False, cells=cells, shown=cells)


def widths(xml):
    return [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"/>', xml)]


def test_columns_fill_the_width_and_no_word_is_cut():
    xml = table([row("No", "Evidence of acceptance by both", "Representative")], left=0, width=9000)
    assert sum(widths(xml)) == 9000
    assert widths(xml)[2] >= len("Representative") * 100
    assert widths(xml)[1] > widths(xml)[0]


def test_more_words_than_the_page_holds_still_fill_just_the_width():
    xml = table([row(*["incomprehensibilities"] * 9)], left=500, width=8000)
    assert sum(widths(xml)) == 8000 and 'w:tblInd w:w="500"' in xml


def test_short_rows_are_filled_up_and_the_first_is_the_head():
    xml = table([row("a", "b"), row("c")], left=0, width=4000)
    assert xml.count("<w:tc>") == 4 and xml.count("<w:tblHeader/>") == 1
    assert xml.count('w:val="TableHead"') == 2


def test_no_rows_are_no_table_but_keep_what_ends_it():
    assert table([], left=0, width=4000) == ""
    assert "<w:x/>" in table([], left=0, width=4000, end="<w:x/>")


def test_a_table_that_comes_tracks_the_paragraph_after_it():
    assert "<w:rPr><w:ins/></w:rPr>" in table(
        [row("a")], left=0, width=900, mark=lambda: "<w:ins/>"
    )

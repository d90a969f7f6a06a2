"""How deep paragraphs of a Word file stand."""

from app.domain.imported import Seen
from app.formats.docx.levels import Part, levelled
from app.formats.docx.numbering_reader import Listed


def item(name, level, indent=0):
    return Part(Seen.ITEM, "x", 0, Listed(name, level, ordered=True, indent=indent), indent)


def levels(*parts):
    return [piece.level for piece in levelled(parts)]


def test_items_of_one_list_nest_by_level_however_it_jumps():
    assert levels(item("1", 0), item("1", 2), item("1", 1), item("1", 0)) == [0, 1, 1, 0]


def test_items_of_another_list_nest_by_indent():
    assert levels(item("1", 0, 300), item("2", 0, 600), item("2", 0, 200)) == [0, 1, 0]


def test_a_heading_ends_all_lists():
    assert levels(item("1", 0), Part(Seen.HEADING, "h", 2), item("1", 1)) == [0, 2, 0]


def test_a_paragraph_stands_where_its_indent_or_the_next_item_wants_it():
    para = Part(Seen.PARA, "p")
    assert levels(item("1", 0, 300), Part(Seen.PARA, "p", indent=300)) == [0, 1]
    assert levels(item("1", 0), para, item("1", 1), para) == [0, 1, 1, 0]

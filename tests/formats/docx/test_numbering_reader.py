"""Which paragraphs are numbered."""

from lxml import etree

from app.formats.docx.numbering_reader import Listed, Numbering
from app.formats.docx.source_package import Styles
from tests.formats.docx_texts import NUMBERING, STYLES, W


def xml(inner):
    return etree.fromstring(f'<w:x xmlns:w="{W}">{inner}</w:x>')


NUMBERS = Numbering(xml(NUMBERING), Styles(xml(STYLES)))


def of(properties, style=""):
    return NUMBERS.of(xml(properties), style)


def numbered(number, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def test_numbers_and_bullets():
    assert of(numbered(1, 1)) == Listed("7", 1, ordered=True, indent=0)
    assert of(numbered(2)) == Listed("8", 0, ordered=False, indent=900)


def test_a_style_numbers_at_the_level_that_names_it():
    assert of("", "N1") == Listed("7", 0, ordered=True, indent=0)


def test_zero_takes_the_number_away_and_unknown_lists_have_none():
    assert of(numbered(0), "N1") is None
    assert of(numbered(99)) is None
    assert of("") is None


def test_the_paragraphs_own_indent_rules():
    assert of(numbered(2) + '<w:ind w:left="50"/>').indent == 50

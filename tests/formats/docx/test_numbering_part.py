import pytest

from app.domain.clauses import Numbering
from app.formats.docx.numbering_part import NumberingPart, Placed, clause_levels, text_column


def placed(lists, *wanted):
    return [lists.clause(*one) for one in wanted]


def number_of(one: Placed):
    return one.layout.split('w:numId w:val="')[1].split('"')[0]


def test_labels_that_word_arrives_at_share_one_list():
    lists = NumberingPart(Numbering.ARTICLE)
    found = placed(
        lists,
        (None, None, 1, "Article 1"),
        (None, "a", 2, "1.1"),
        (None, "a", 2, "1.2"),
        (None, "a2", 3, "(a)"),
        (None, "a2", 3, "(b)"),
        (None, "b", 4, "(i)"),
        (None, None, 1, "Article 2"),
        (None, "c", 2, "2.1"),
        (None, "c1", 3, "(a)"),
    )
    assert {number_of(one) for one in found} == {"1"}
    assert not any(one.typed for one in found)


def test_items_that_begin_again_get_a_list_of_their_own():
    lists = NumberingPart(Numbering.PLAIN)
    found = placed(
        lists,
        (None, None, 1, "1."),
        (None, "term-1", 2, "1.1"),
        (None, "term-2", 2, "1.1"),
        (None, "term-2", 2, "1.2"),
        (None, None, 1, "2."),
        (None, "x", 2, "2.1"),
    )
    numbers = [number_of(one) for one in found]
    assert numbers[1] == numbers[0] == numbers[4] == numbers[5]
    assert numbers[2] == numbers[3] != numbers[0]
    assert not any(one.typed for one in found)


@pytest.mark.parametrize("label", ["§ 3a", "Art. 7", "x"])
def test_a_label_that_no_list_shows_is_typed(label):
    assert NumberingPart(Numbering.ARTICLE).clause(None, None, 1, label).typed == label


def test_each_annex_counts_in_a_list_of_its_own():
    lists = NumberingPart(Numbering.DECIMAL)
    found = placed(lists, (None, None, 1, "1."), ("a", "a", 1, "1."), ("b", "b", 1, "1."))
    assert len({number_of(one) for one in found}) == 3


def test_recitals_and_annexes_count_in_letters():
    lists = NumberingPart(Numbering.ARTICLE)
    assert [lists.recital(f"({letter})").typed for letter in "ABC"] == ["", "", ""]
    assert [lists.annex(label).typed for label in ("Annex A", "Schedule 2")] == ["", "Schedule 2"]


def test_what_only_the_old_text_has_is_not_counted():
    lists = NumberingPart(Numbering.PLAIN)
    lists.clause(None, None, 1, "1.")
    assert number_of(lists.uncounted(None, 1)) == number_of(lists.clause(None, None, 1, "2."))


@pytest.mark.parametrize("numbering", Numbering)
def test_every_level_hangs_within_the_page(numbering):
    levels = clause_levels(numbering)
    assert len(levels) == 9
    assert levels[0].left == levels[1].left == text_column(numbering)
    assert all(0 < level.hanging <= level.left < 7000 for level in levels)


def test_the_definition_ties_the_first_level_to_its_heading():
    xml = NumberingPart(Numbering.ARTICLE).xml("Heading2")
    assert xml.count('<w:pStyle w:val="Heading2"/>') == 1
    assert '<w:lvlText w:val="Article %1"/>' in xml and '<w:lvlText w:val="(%3)"/>' in xml

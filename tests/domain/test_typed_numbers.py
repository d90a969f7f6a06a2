"""Numbers that people typed."""

import pytest

from app.domain.clauses import Clause, ClauseTree, Kind, Numbering
from app.domain.typed_numbers import Sequences, after, settle, typed_in_heading, typed_in_text


@pytest.mark.parametrize(
    ("heading", "label", "rest"),
    [
        ("Article 4: Search", "Article 4", "Search"),
        ("2.1 Form", "2.1", "Form"),
        ("B. **Terms**", "B.", "**Terms**"),
        ("§ 3a Fee", "§ 3a", "Fee"),
        ("IV. - Courts", "IV.", "Courts"),
    ],
)
def test_headings_with_a_number(heading, label, rest):
    found = typed_in_heading(heading)
    assert (found.label, found.rest) == (label, rest)


@pytest.mark.parametrize(
    "heading", ["2024 strategy", "A fee", "Section heads", "Articles", "I agree"]
)
def test_headings_without_one(heading):
    assert typed_in_heading(heading) is None


def test_only_what_begins_or_goes_on_with_a_list_is_a_number():
    open_lists = Sequences()
    labels = ["1.1", "(a)", "(b)", "(i)", "(ii)", "(c)", "1.2", "7.", "(h)", "(aa)"]
    assert [open_lists.depth_of(label) for label in labels] == [
        0, 1, 1, 2, 2, 1, 0, None, None, None,
    ]  # fmt: skip


def test_i_after_h_is_a_letter():
    open_lists = Sequences()
    letters = "abcdefghij"
    assert [open_lists.depth_of(f"({letter})") for letter in letters] == [0] * 10


def test_the_words_after_a_number_keep_their_marks():
    assert after("**1.1 Form** and [more](https://x.eu)", 4) == "**Form** and [more](https://x.eu)"
    assert typed_in_text("(a) *one*").rest == "*one*"


def test_the_numbering_that_fits_best_is_chosen_and_the_rest_kept():
    inner = (Clause("b", Kind.CLAUSE, "", "x"), Clause("c", Kind.CLAUSE, "", "y"))
    tree = ClauseTree("T", (Clause("a", Kind.CLAUSE, "Search", "", inner),))
    found = settle(tree, {"a": "1.", "b": "1.1", "c": "1.2a"})
    assert [node.number for node in found.walk()] == [None, None, "1.2a"]
    deep = Clause("d", Kind.CLAUSE, "", "z")
    nested = tree.replace("b", children=(deep,))
    assert settle(nested, {"b": "1.1", "d": "1.1.1"}).numbering is Numbering.DECIMAL

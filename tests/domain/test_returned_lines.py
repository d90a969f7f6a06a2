"""Which paragraph is which node, and what of a changed line is heading and what text."""

import pytest

from app.domain.clauses import Clause, Kind
from app.domain.returned_lines import Line, aligned, carried, line_of, lines_of, opened, parted
from tests.domain.returned_files import TEXT

FORM = TEXT.find("form")


def test_every_worded_node_is_a_line():
    assert [line.key for line in lines_of(TEXT)] == list(TEXT.nodes)
    assert line_of(FORM) == "Form. A request states the need and the date."
    term = Clause("d", Kind.DEFINITION, "Hub; Hubs", "means one.")
    assert line_of(term) == "Hub; Hubs means one."


def lines(*texts):
    return [Line("", text, is_row=False) for text in texts]


def test_a_bookmark_counts_unless_something_else_says_its_words():
    old = [Line("a", "The fee is ten euro a year.", is_row=False),
           Line("b", "The term is one year.", is_row=False)]  # fmt: skip
    edited = lines("The fee is twenty euro a month.", "The term is one year.")
    assert aligned(old, edited, {0: ["a"], 1: ["b"]}) == {0: "a", 1: "b"}
    lying = lines("The term is one year.", "The fee is ten euro a year.")
    assert aligned(old, lying, {0: ["a"]}) == {0: "b", 1: "a"}
    assert aligned(old, lines("Something else altogether here."), {0: ["a"]}) == {0: "a"}


def test_typography_and_looks_of_the_base_stay():
    assert carried('The "fee" is *due*.', "The “fee” is due.", "The “fee” is due.") == (
        'The "fee" is *due*.'
    )
    assert carried('The "fee" is *due*.', "The “fee” is due.", "The “fee” was due.") == (
        'The "fee" was *due*.'
    )
    assert carried("A - b is due now.", "A -- b is due now.", "A -- b is due.") == "A -- b is due."


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("Form. A request is made.", "Form", "A request is made."),
        ("Form and way. A request states the need and the date.", "Form and way", FORM.text),
        ("A request states the need and the date.", "", "A request states the need and the date."),
    ],
)
def test_heading_and_text(line, heading, text):
    assert parted(FORM, line) == (heading, text)


def test_nodes_of_one_part():
    assert parted(TEXT.find("search"), "Find") == ("Find", "")
    assert parted(TEXT.find("duty"), "Do. It.") == ("", "Do. It.")
    code = Clause("code", Kind.VERBATIM, text="a*b")
    assert parted(code, r"a\*c") == ("", "a*c")


def test_styled_openings():
    assert opened("Form. It is.", 6) == ("Form", "It is.")
    assert opened("Term means one.", 4) == ("Term", "means one.")
    assert opened("All of it", 9) == ("All of it", "")

"""Blanks are listed once and filled everywhere."""

from app.domain import placeholders
from app.domain.clauses import Clause, ClauseTree, Kind

TREE = ClauseTree(
    "T",
    (
        Clause(
            "a",
            Kind.CLAUSE,
            "Fee of {{fee_sum}}",
            "Pay **{{fee_sum}}** in {{days}} days.",
            (Clause("b", Kind.PARA, text=r"Not \{{days}}, but {{asking.name}}."),),
        ),
        Clause("c", Kind.VERBATIM, text="{{raw}}"),
    ),
)


def test_blanks_are_listed_once_in_reading_order() -> None:
    assert placeholders.listed(TREE) == ("fee_sum", "days", "asking.name")


def test_an_answer_takes_the_place_of_its_blank_in_every_clause() -> None:
    filled = placeholders.fill(TREE, {"fee_sum": "EUR  *500*", "days": " ", "other": "x"})
    assert filled.find("a").heading == r"Fee of EUR \*500\*"
    assert filled.find("a").text == r"Pay **EUR \*500\*** in {{days}} days."
    assert filled.find("b") == TREE.find("b")
    assert placeholders.listed(filled) == ("days", "asking.name")


def test_nothing_to_fill_gives_the_same_tree() -> None:
    assert placeholders.fill(TREE, {}) is TREE
    assert placeholders.fill(TREE, {"unknown": "x"}) == TREE


def test_a_blank_is_shown_by_its_label() -> None:
    assert placeholders.shown("days", {"days": "working days"}) == "[working days]"
    assert placeholders.shown("asking.name", {}) == "[asking name]"
    assert placeholders.shown("fee_sum", {}) == "[fee sum]"


def test_answers_are_read_off_a_text_that_was_filled() -> None:
    given = {"fee_sum": "EUR *500*", "days": "15", "asking.name": "Hub Tartu"}
    assert placeholders.answers_in(TREE, placeholders.fill(TREE, given)) == given


def test_a_clause_that_was_reworded_tells_no_answer() -> None:
    filled = placeholders.fill(TREE, {"days": "15"})
    reworded = filled.replace("a", text="Pay something in 15 days.")
    assert placeholders.answers_in(TREE, reworded) == {}
    assert placeholders.answers_in(TREE, filled.remove("a")) == {}

"""What can't be adopted together, and that it is what consolidation finds in conflict."""

import pytest

from app.domain import operations as ops
from app.domain.amendments import Amendment
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.competing import competing
from app.domain.consolidation import consolidate

BASE = ClauseTree(
    "T",
    (
        Clause(
            "a",
            Kind.CLAUSE,
            "First",
            children=(
                Clause("a1", Kind.CLAUSE, text="Each Hub pays 30 euro a year to the Office."),
                Clause("a2", Kind.CLAUSE, text="It pays in May."),
            ),
        ),
        Clause("b", Kind.CLAUSE, "Second", text="It ends in June."),
    ),
)


def text(key, words):
    return ops.replace_text(BASE, key, words)


EURO_45 = text("a1", "Each Hub pays 45 euro a year to the Office.")
EURO_60 = text("a1", "Each Hub pays 60 euro a year to the Office.")
BANK = text("a1", "Each Hub pays 30 euro a year to the Bank.")
NEXT = text("a1", "Each Hub pays 30 crowns a year to the Office.")
HEADED = ops.set_heading(BASE, "a", "Money")
TITLED = ops.set_heading(BASE, "a", "Fees")
GONE = ops.delete_clause(BASE, "a")
AWAY = ops.move_clause(BASE, "a2", None, "b")
UP = ops.move_clause(BASE, "a2", "a", None)
INSIDE = ops.insert_clause(BASE, "a", "a1", Clause("n", Kind.CLAUSE, text="New."))
BESIDE = ops.insert_clause(BASE, None, "a", Clause("m", Kind.CLAUSE, text="New."))

CASES = [
    (EURO_45, EURO_60, "words"),
    (EURO_45, EURO_45, None),
    (EURO_45, BANK, None),
    (EURO_45, NEXT, "words"),
    (HEADED, TITLED, "words"),
    (HEADED, HEADED, None),
    (HEADED, EURO_45, None),
    (GONE, EURO_45, "structure"),
    (GONE, HEADED, "structure"),
    (GONE, INSIDE, "structure"),
    (GONE, BESIDE, None),
    (GONE, GONE, None),
    (GONE, AWAY, "structure"),
    (ops.delete_clause(BASE, "a2"), AWAY, "structure"),
    (ops.delete_clause(BASE, "b"), AWAY, None),
    (ops.move_clause(BASE, "a", "b", None), ops.move_clause(BASE, "b", "a", None), "structure"),
    (ops.move_clause(BASE, "a", "b", None), AWAY, None),
    (AWAY, UP, "structure"),
    (AWAY, AWAY, None),
    (AWAY, EURO_45, None),
    (INSIDE, EURO_45, None),
]


@pytest.mark.parametrize(("one", "other", "over"), CASES)
def test_two_amendments_compete_over(one, other, over) -> None:
    pair = [Amendment(1, (one,)), Amendment(2, (other,))]
    found = competing(BASE, pair)
    assert found == ({1: {2: over}, 2: {1: over}} if over else {})


@pytest.mark.parametrize(("one", "other", "over"), CASES)
def test_consolidation_says_the_same(one, other, over) -> None:
    pair = [Amendment(1, (one,)), Amendment(2, (other,))]
    kinds = {conflict.kind for conflict in consolidate(BASE, pair).conflicts} - {"order"}
    assert kinds == ({over} if over else set())


def test_an_amendment_does_not_compete_with_itself() -> None:
    both = Amendment(1, (EURO_45, HEADED))
    assert competing(BASE, [both]) == {}

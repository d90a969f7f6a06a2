import pytest

from app.domain.clauses import Clause, Kind, Place
from app.domain.operations import InsertClause, MoveClause, Operation
from app.domain.twins import twins
from tests.domain import golden

OLD = golden.read_tree(("a: A.", "b: B.", "  ba: BA.", "c: C."))


def new(key: str, text: str = "New.", *children: Clause) -> Clause:
    return Clause(key, Kind.CLAUSE, "", text, children)


def test_the_same_words_at_the_same_place_are_the_same_clause() -> None:
    there = OLD.insert(Place("b", "ba"), new("k", "New.", new("kk")))
    mine = [InsertClause("b", "ba", new("m", "New.", new("mm")))]
    assert twins(mine, OLD, there) == {"m": "k", "mm": "kk"}


@pytest.mark.parametrize(
    "mine",
    [
        [InsertClause("b", None, new("m"))],
        [InsertClause(None, "a", new("m"))],
        [InsertClause("b", "ba", new("m", "Other."))],
        [InsertClause("b", "ba", new("m", "New.", new("mm")))],
        [MoveClause("ba", "b", "c"), MoveClause("c", "b", None), InsertClause("b", "ba", new("m"))],
        [InsertClause("b", "ba", new("k"))],
    ],
)
def test_other_words_or_another_place_are_another_clause(mine: list[Operation]) -> None:
    assert twins(mine, OLD, OLD.insert(Place("b", "ba"), new("k"))) == {}


def test_no_clause_stands_for_two() -> None:
    mine = [InsertClause(None, "a", new("m")), InsertClause(None, "m", new("n"))]
    there = OLD.insert(Place(None, "a"), new("k"))
    assert twins(mine, OLD, there) == {"m": "k"}
    both = there.insert(Place(None, "k"), new("l"))
    assert twins(mine, OLD, both) == {"m": "k", "n": "l"}


def test_what_stands_in_or_refers_to_a_known_clause_is_known_too() -> None:
    there = OLD.insert(Place(None, "a"), new("k")).insert(Place(None, "k"), new("l", "See [[k]]."))
    mine = [InsertClause(None, "a", new("m")), InsertClause(None, "m", new("n", "See [[m]]."))]
    assert twins(mine, OLD, there) == {"m": "k", "n": "l"}


def test_what_was_moved_into_a_new_clause_is_no_part_of_it() -> None:
    there = OLD.insert(Place(None, "a"), new("k")).move("ba", Place("k", None))
    assert twins([InsertClause(None, "a", new("m"))], OLD, there) == {"m": "k"}

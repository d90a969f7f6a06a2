import pytest

from app.domain import conflicts, operations
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.conflicts import ConflictFound, Resolution, Wording
from app.kernel.errors import Invalid

WORDINGS = (Wording((1, 4), "45"), Wording((2,), "60"))
TREE = ClauseTree(
    "T", (Clause("a", Kind.CLAUSE, "Time", "30 days", (Clause("b", Kind.PARA, "", "More."),)),)
)
ONE = operations.replace_text(TREE, "a", "45 days")
TWO = operations.replace_text(TREE, "a", "60 days")


def test_a_conflict_is_named_by_what_it_is_about() -> None:
    name = conflicts.conflict_id("a", "words", [ONE, TWO], ("text", 0, 1))
    assert conflicts.conflict_id("a", "words", [TWO, ONE, ONE], ("text", 0, 1)) == name
    assert conflicts.conflict_id("a", "words", [ONE, TWO], ("text", 2, 3)) != name
    assert conflicts.conflict_id("a", "words", [ONE], ("text", 0, 1)) != name
    assert conflicts.conflict_id("a", "order", [ONE, TWO], ("text", 0, 1)) != name


def test_a_conflict_is_shown_as_data() -> None:
    found = ConflictFound("id", "a", "words", WORDINGS, "30")
    assert found.to_json() == {
        "id": "id",
        "clause": "a",
        "class": "words",
        "wordings": [{"by": [1, 4], "text": "45"}, {"by": [2], "text": "60"}],
        "base": "30",
    }


def test_a_resolution_names_those_who_take_part() -> None:
    assert Resolution("id", "side", 4).side(WORDINGS) == 0
    assert Resolution("id", "order", [2, 1]).order(WORDINGS) == [1, 0]
    assert Resolution("id", "order", (1, 4, 2)).order(WORDINGS) == [0, 1]
    assert Resolution("id", "own", "50").words() == "50"
    with pytest.raises(Invalid, match="Amendment 9 takes no part"):
        Resolution("id", "side", 9).side(WORDINGS)
    for value in ([2], [], None, "2 1"):
        with pytest.raises(Invalid, match="in the order you choose"):
            Resolution("id", "order", value).order(WORDINGS)
    with pytest.raises(Invalid, match="own wording"):
        Resolution("id", "own", 3).words()


def test_clauses_and_places_are_said_in_words() -> None:
    assert conflicts.all_words(TREE.find("a")) == "Time 30 days\nMore."
    assert conflicts.place_shown("a", "b") == "after [[b]]"
    assert conflicts.place_shown("a", None) == "first in [[a]]"
    assert conflicts.place_shown(None, None) == "at the beginning"

"""Conflicts about places are told once and settled by one choice."""

import pytest

from app.domain import structure_table
from app.domain.conflicts import Resolution, Wording
from app.domain.operations import MoveClause
from app.domain.structure_table import Structure, Table
from app.kernel.errors import Invalid
from tests.domain import golden

BASE = golden.read_tree(("a: One.", "b: Two.", "c: Three."))
STEPS = {(1, 0): MoveClause("a", None, "b"), (2, 0): MoveClause("a", None, "c")}
WORDINGS = (Wording((1,), "after [[b]]"), Wording((2,), "after [[c]]"))


def chosen(resolution: Resolution | None, name: str = "") -> Structure:
    result = Structure()
    known = {name: resolution} if resolution else {}
    table = Table(BASE, STEPS, known, result)
    structure_table.choose_one(table, "a", "structure", WORDINGS, [[(1, 0)], [(2, 0)]], "One.")
    return result


def test_what_is_open_waits_and_what_is_settled_overrules() -> None:
    result = chosen(None)
    (conflict,) = result.found
    assert (conflict.base, conflict.wordings) == ("One.", WORDINGS)
    assert not result.stands((1, 0))
    assert not result.stands((2, 0))
    result = chosen(Resolution(conflict.id, "side", 2), conflict.id)
    assert (result.stands((1, 0)), result.stands((2, 0))) == (False, True)
    result = chosen(Resolution(conflict.id, "base"), conflict.id)
    assert not result.stands((2, 0))
    with pytest.raises(Invalid):
        chosen(Resolution(conflict.id, "own", "words"), conflict.id)


def test_places_are_shown_in_words() -> None:
    table = Table(BASE, STEPS, {}, Structure())
    assert structure_table.move_shown(table, (1, 0)) == "after [[b]]"
    assert structure_table.numbers_of([(2, 1), (1, 0), (2, 0)]) == (1, 2)

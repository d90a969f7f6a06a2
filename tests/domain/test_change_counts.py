"""Changes between versions, counted."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.change_counts import ChangeCounts, Line, counted


def line(key, words="x", parent=None):
    return Line(key, parent, (words,))


def test_what_came_went_was_reworded_and_moved_is_counted_apart():
    old = [line("a"), line("b"), line("c"), line("d", parent="c")]
    new = [line("b"), line("a"), line("c", "y"), line("e"), line("d", parent="e")]
    assert counted(old, new) == ChangeCounts(came=1, went=0, reworded=1, moved=2)
    assert counted(old, old[:2]) == ChangeCounts(went=2)


def test_the_same_text_changed_nothing():
    old = [line("a"), line("b")]
    assert counted(old, old).is_none
    assert not counted(old, [line("a")]).is_none


def test_one_clause_that_moves_past_many_is_one_move():
    keys = [f"k{number}" for number in range(9)]
    moved = [*keys[1:], keys[0]]
    assert counted(map(line, keys), map(line, moved)).moved == 1


@given(st.permutations(["a", "b", "c", "d"]), st.permutations(["a", "b", "c", "d"]))
def test_moving_is_counted_alike_in_both_directions(one, other):
    there = counted(map(line, one), map(line, other)).moved
    assert there == counted(map(line, other), map(line, one)).moved
    assert (there == 0) == (one == other)

"""Changes of lines: that they lead from one file to the other, and where they are placed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.line_changes import line_swaps

LINES = st.lists(st.sampled_from(["a\n", "b\n", "\n", "c"]), max_size=14)


@settings(max_examples=200, deadline=None)
@given(LINES, LINES)
def test_the_changes_lead_from_the_old_lines_to_the_new(old, new):
    made, at = [], 0
    for swap in line_swaps(old, new):
        made += old[at : swap.start] + new[swap.new_start : swap.new_end]
        at = swap.end
    assert made + old[at:] == new


def test_an_inserted_paragraph_stands_as_late_as_it_can():
    (swap,) = line_swaps(["a\n", "\n", "b\n"], ["a\n", "\n", "x\n", "\n", "b\n"])
    assert (swap.start, swap.end, swap.new_start, swap.new_end) == (2, 2, 2, 4)


def test_lines_added_after_a_changed_one_are_one_change_with_it():
    found = line_swaps(["a\n", "\n", "b\n", "\n"], ["a\n", "\n", "B\n", "\n", "c\n", "\n"])
    assert [(swap.start, swap.end) for swap in found] == [(2, 3)]


def test_equal_files_have_no_changes():
    assert line_swaps(["a\n", "b"], ["a\n", "b"]) == []

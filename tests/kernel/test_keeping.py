"""A shelf keeps what was asked for last, and never more than it may."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel.keeping import MOST_IN_ALL, Shelf


def test_what_is_kept_is_found_and_the_rest_is_not():
    shelf: Shelf[str] = Shelf(2)
    shelf.put("a", "A")
    assert shelf.get("a") == "A"
    assert shelf.get("b") is None


def test_what_was_not_asked_for_longest_leaves_first():
    shelf: Shelf[str] = Shelf(2)
    shelf.put("a", "A")
    shelf.put("b", "B")
    shelf.get("a")
    shelf.put("c", "C")
    assert [shelf.get(key) for key in "abc"] == ["A", None, "C"]


def test_what_is_larger_than_the_shelf_is_not_kept():
    shelf: Shelf[str] = Shelf(10)
    shelf.put("a", "A", 4)
    shelf.put("b", "B", 11)
    assert shelf.get("b") is None


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 5))))
@settings(max_examples=50)
def test_it_never_holds_more_than_it_may(puts):
    shelf: Shelf[int] = Shelf(9)
    for key, size in puts:
        shelf.put(key, size, size)
        assert sum(shelf.get(other) or 0 for other in range(7)) <= 9


def test_shelves_share_what_a_process_has_and_the_oldest_of_all_leaves():
    half = MOST_IN_ALL // 2
    first, second = Shelf[str](MOST_IN_ALL), Shelf[str](MOST_IN_ALL)
    first.put("a", "A", half)
    second.put("b", "B", half)
    assert first.get("a") == "A"
    second.put("c", "C", half)
    assert (first.get("a"), second.get("b"), second.get("c")) == ("A", None, "C")
    first.put("d", "D", MOST_IN_ALL)
    assert (first.get("a"), second.get("c"), first.get("d")) == (None, None, "D")


def test_a_small_shelf_loses_nothing_to_large_ones():
    small, large = Shelf[str](3), Shelf[str](MOST_IN_ALL)
    small.put("a", "A", 3)
    large.put("b", "B", MOST_IN_ALL)
    large.put("c", "C", 1)
    assert (small.get("a"), large.get("b"), large.get("c")) == ("A", None, "C")

import pytest

from app.domain import placement
from app.domain.placement import Placing, Spot
from app.kernel.errors import Conflict


def test_clauses_that_follow_each_other_are_one_chain() -> None:
    found = placement.chains(
        [Placing("c", None, "b"), Placing("b", None, "x"), Placing("d", "p", None)]
    )
    assert found == {Spot(None, "x"): ("b", "c"), Spot("p", None): ("d",)}


def test_of_two_at_one_place_the_later_stands_nearer() -> None:
    assert placement.chains([Placing("a", None, "x"), Placing("b", None, "x")]) == {
        Spot(None, "x"): ("b", "a")
    }


def test_a_ring_is_refused() -> None:
    with pytest.raises(Conflict, match="ring"):
        placement.chains([Placing("a", None, "b"), Placing("b", None, "a")])


def test_one_that_is_put_elsewhere_cannot_be_followed_here() -> None:
    with pytest.raises(Conflict, match="elsewhere"):
        placement.chains([Placing("a", "p", "b"), Placing("b", "q", None)])


@pytest.mark.parametrize(
    ("numbers", "run"),
    [([], []), ([1, 2, 3], [0, 1, 2]), ([3, 1, 2, 0], [1, 2]), ([2, 0, 1, 3], [1, 2, 3])],
)
def test_the_longest_rising_run(numbers: list[int], run: list[int]) -> None:
    assert placement.rising(numbers) == run


def test_a_shorter_run_in_the_same_order_is_part_of_a_longer_one() -> None:
    assert placement.is_part(("a", "c"), ("a", "b", "c"))
    assert not placement.is_part(("c", "a"), ("a", "b", "c"))
    assert not placement.is_part(("a",), ("a",))

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import differences, operations
from app.domain.amendments import Amendment
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.compatible import compatible
from tests.domain.strategies import edited_trees, trees

BASE = ClauseTree(
    "Deal",
    (
        Clause("pay", Kind.CLAUSE, "", "The Hub pays within 30 days of the invoice."),
        Clause("keep", Kind.CLAUSE, "", "Each Hub keeps records."),
    ),
)


def amendment(number, key, text, primary=None, base=BASE):
    steps = differences.between(base, base.replace(key, text=text))
    return Amendment(number, steps, primary)


def test_the_first_stands_and_what_collides_is_named():
    given = (
        amendment(4, "pay", "The Hub pays within 60 days of the invoice."),
        amendment(2, "pay", "The Hub pays within 45 days of the invoice."),
        amendment(3, "keep", "Each Hub keeps records for 5 years."),
    )
    for order in permutations(given):
        found = compatible(BASE, order)
        assert found.taken == (2, 3)
        assert found.left == {4: 2}
        assert "45 days" in found.merged.preview.nodes["pay"].text
        assert "5 years" in found.merged.preview.nodes["keep"].text


def test_an_amendment_to_one_left_out_is_left_out_with_it():
    first = amendment(1, "pay", "The Hub pays within 45 days of the invoice.")
    second = amendment(2, "pay", "The Hub pays within 60 days of the invoice.")
    amended = operations.apply(BASE, second.operations)
    third = amendment(
        3, "pay", "The Hub pays within 60 days of the invoice by transfer.", 2, amended
    )
    found = compatible(BASE, (first, second, third))
    assert found.taken == (1,)
    assert found.left == {2: 1, 3: 2}


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_is_proposed_one_text_comes_of_it(data):
    base = data.draw(trees())
    given = [
        Amendment(
            number, differences.between(base, data.draw(edited_trees(base, prefix=f"n{number}")))
        )
        for number in (1, 2, 3)
    ]
    found = compatible(base, given)
    assert not found.merged.conflicts
    assert {*found.taken, *found.left} == {1, 2, 3}
    assert 1 in found.taken
    assert all(first in found.taken or first in found.left for first in found.left.values())

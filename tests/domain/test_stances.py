"""Stances: counted, signed, checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.stances import LONGEST, RED_LINE, WORDS, checked, sign, spread_of
from app.kernel.errors import Invalid


@given(st.lists(st.sampled_from(list(WORDS)), max_size=30))
def test_a_spread_counts_every_stance_once(values):
    spread = spread_of(values)
    assert spread.total == len(values)
    assert spread.red_lines == values.count(RED_LINE)
    assert dict(zip(WORDS, spread.counts, strict=True)) == {
        value: values.count(value) for value in WORDS
    }


def test_a_clause_is_split_where_some_are_against_what_others_support():
    assert spread_of([-1, 2]).is_split
    assert not spread_of([-2, 0]).is_split
    assert not spread_of([0, 2]).is_split


def test_signs_are_read_as_numbers():
    assert [sign(value) for value in WORDS] == ["−2", "−1", "0", "+1", "+2"]


def test_a_reason_is_trimmed():
    assert checked(-2, " Our insurer\r\nrefuses. ") == "Our insurer\nrefuses."


@pytest.mark.parametrize(("value", "reason"), [(3, ""), (-3, ""), (0, "x" * (LONGEST + 1))])
def test_what_is_no_stance_is_refused(value, reason):
    with pytest.raises(Invalid):
        checked(value, reason)

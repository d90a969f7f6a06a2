"""Sets of amendments of which one at most can be adopted."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.alternatives import sets

PAIRS = st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda p: p[0] < p[1]))


def rivals(pairs):
    found = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found


def test_who_competes_with_one_only_is_not_felled_by_the_other():
    assert sets(rivals({(1, 2), (2, 3)})) == ((1, 2),)
    assert sets(rivals({(1, 2), (2, 3), (1, 3)})) == ((1, 2, 3),)


def test_what_is_declared_is_not_proposed_again():
    assert sets(rivals({(1, 2), (3, 4)}), [(1, 2)]) == ((3, 4),)


@settings(max_examples=60)
@given(PAIRS)
def test_in_a_set_each_competes_with_every_other_and_nobody_stands_in_two(pairs):
    held, found = rivals(pairs), sets(rivals(pairs))
    for group in found:
        assert all(b in held[a] for a in group for b in group if a != b)
    everybody = [number for group in found for number in group]
    assert len(everybody) == len(set(everybody))

"""The sign beside a clause: one's own stance, or the bar of all."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.stances import Spread, spread_of
from app.queries.stances import Beside, Held
from app.web.stance_signs import BAR, beside, parts_of

LILLE = Held(
    clause="answers",
    value=-2,
    reason="No staff for it.",
    organisation_id=None,
    organisation="Lille",
    code="LIL",
    person="Claire",
    at=datetime(2026, 11, 3, tzinfo=UTC),
    version=1,
    is_stale=True,
    is_gone=False,
)


def test_nothing_known_is_no_sign():
    assert beside(None) is None


def test_ones_own_red_line_has_its_number_its_words_and_its_class():
    found = beside(Beside(LILLE))
    assert (found.own, found.words, found.css) == ("−2", "Can't live with it", "is-red-line")
    assert (found.red_lines, found.is_stale, found.parts) == (1, True, ())


def test_the_facilitator_has_the_spread_and_no_red_line_of_their_own():
    found = beside(Beside(None, spread_of([-2, -2, 1])))
    assert (found.own, found.css, found.red_lines) == ("", "", 2)
    assert found.counts == ((2, "Can't live with it"), (1, "Supports it"))


@given(st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(any))
def test_the_stretches_of_a_bar_stand_beside_each_other_and_fill_it(counts):
    parts = parts_of(Spread(tuple(counts)).counts)
    assert len(parts) == sum(map(bool, counts))
    assert parts[0].x == 0
    assert sum(part.width for part in parts) == pytest.approx(BAR, abs=0.05)
    for one, following in itertools.pairwise(parts):
        assert following.x == pytest.approx(one.x + one.width, abs=0.05)

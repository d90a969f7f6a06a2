"""What comes too late is told both moments, in the agreement's own time."""

from datetime import UTC, datetime, timedelta

import pytest

from app.kernel.errors import WrongMoment
from app.web.commenting import back, too_late

CLOSES = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)
NO = WrongMoment("The round is closed.")


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (timedelta(minutes=1), "Round 2 closed at 18:00; you pressed at 18:01."),
        (timedelta(days=1), "closed at 18:00 on 04 December; you pressed at 18:00 on 05 December."),
    ],
)
def test_both_moments_are_told(clock, late, told):
    clock.set(CLOSES + late)
    assert told in str(too_late(NO, 2, CLOSES, "Europe/Brussels"))


def test_another_refusal_stays_what_it_is(clock):
    clock.set(CLOSES - timedelta(days=1))
    assert too_late(NO, 2, CLOSES, "Europe/Brussels") is NO


def test_one_comes_back_to_the_open_note(app):
    with app.test_request_context():
        assert back("deal", 7) == "/agreements/deal?note=t7#n-t7"

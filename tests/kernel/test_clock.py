from datetime import UTC, datetime, timedelta, timezone

from app.kernel import clock


def test_the_clock_reads_utc():
    assert clock.utcnow().tzinfo is UTC
    assert not clock.is_fixed()


def test_a_moment_can_stand_in_for_the_clock_and_is_given_back():
    noon = datetime(2026, 12, 4, 18, 0, tzinfo=timezone(timedelta(hours=1)))

    with clock.at(noon):
        assert clock.utcnow() == noon
        assert clock.utcnow().tzinfo is UTC
        assert clock.is_fixed()

    assert not clock.is_fixed()

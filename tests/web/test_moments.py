"""Moments as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from app.web import moments

NOON = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


@pytest.fixture
def inside(app, clock):
    with app.test_request_context():
        yield


def test_a_moment_is_shown_in_the_zone_of_the_installation(inside):
    assert moments.when(NOON) == (
        '<time datetime="2026-12-04T17:00:00+00:00">Fri 4 Dec, 18:00</time>'
    )
    assert "Fri 4 Dec 2026, 18:00" in moments.when(NOON, year=True)
    assert "Mon 4 Jan 2027" in moments.when(NOON + timedelta(days=31))
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert "Thu 2 Jul, 00:30" in moments.when(summer)
    assert moments.zone() == "Brussels time"


def test_a_day_is_shown_with_its_weekday(inside):
    assert ">Fri 4 Dec</time>" in moments.day(NOON)
    assert ">Fri 4 Dec 2026</time>" in moments.day(NOON.date(), year=True)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=8, hours=3), "8 days left"),
        (timedelta(days=1, hours=3), "1 day left"),
        (timedelta(hours=23), "23 hours left"),
        (timedelta(minutes=61), "1 hour left"),
        (timedelta(seconds=90), "1 minute left"),
        (timedelta(seconds=59), "less than a minute left"),
        (timedelta(0), "closed"),
        (timedelta(days=-2), "closed"),
    ],
)
def test_how_long_is_left(inside, clock, span, words):
    assert moments.left(clock.now + span) == words


def test_what_is_soon_and_what_is_over(inside, clock):
    assert moments.is_soon(clock.now + timedelta(hours=47), 2)
    assert not moments.is_soon(clock.now + timedelta(hours=49), 2)
    assert not moments.is_soon(clock.now, 2)
    assert moments.is_over(clock.now)
    assert not moments.is_over(clock.now + timedelta(seconds=1))


def test_an_agenda_sets_the_figure_apart(inside):
    assert moments.day_and_month(NOON) == ("4", "Dec")


def test_days_and_cities_are_written_as_the_language_does(inside, monkeypatch):
    monkeypatch.setattr(moments, "current", lambda: "fr")
    assert "ven. 4 déc., 18:00" in moments.when(NOON)
    assert "ven. 4 déc. 2026" in moments.day(NOON, year=True)
    assert moments.day_and_month(NOON) == ("4", "déc.")
    assert moments.zone() == "Bruxelles time"

"""The words that templates use."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import render_template_string

from app.web import rendering
from tests.factories.agreements import make_case

NOON = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


@pytest.fixture
def inside(app, clock):
    with app.test_request_context():
        yield


def test_a_moment_is_shown_in_the_zone_of_the_installation(inside):
    assert rendering.when(NOON) == (
        '<time datetime="2026-12-04T17:00:00+00:00">Fri 4 Dec, 18:00</time>'
    )
    assert "Fri 4 Dec 2026, 18:00" in rendering.when(NOON, year=True)
    assert "Mon 4 Jan 2027" in rendering.when(NOON + timedelta(days=31))
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert "Thu 2 Jul, 00:30" in rendering.when(summer)
    assert rendering.zone() == "Brussels time"


def test_a_day_is_shown_with_its_weekday(inside):
    assert ">Fri 4 Dec</time>" in rendering.day(NOON)
    assert ">Fri 4 Dec 2026</time>" in rendering.day(NOON.date(), year=True)


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
    assert rendering.left(clock.now + span) == words


def test_templates_have_these_words(inside):
    text = "{{ label('legal_contact') }} {{ zone() }} {{ can('desk:read', none) }} {{ signed_in }}"
    assert render_template_string(text) == "legal contact Brussels time False False"


def test_the_address_of_a_file_changes_with_its_content(app, inside, tmp_path, monkeypatch):
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    (tmp_path / "a.css").write_text("one")
    before = rendering.asset("a.css")
    (tmp_path / "a.css").write_text("two and more")
    after = rendering.asset("a.css")
    assert before.startswith("/static/a.css?v=")
    assert before != after


def test_a_page_of_an_agreement_shows_its_times_in_the_agreements_zone(
    client, session, sign_in, clock
):
    case = make_case()
    case.agreement.timezone = "Europe/Tallinn"
    session.commit()
    text = sign_in(client, case.people["Tartu"]).get(f"/agreements/{case.agreement.slug}").text
    assert "Wed 2 Dec, 11:00" in text and "Tallinn time" in text
    assert "10:00" not in client.get("/account").text

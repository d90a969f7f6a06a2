"""The words that templates use."""

from datetime import UTC, datetime

import pytest
from flask import render_template_string

from app.web import rendering
from tests.factories.agreements import make_case

NOON = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


@pytest.fixture
def inside(app, clock):
    with app.test_request_context():
        yield


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

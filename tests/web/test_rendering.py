"""The words that templates use."""

from datetime import UTC, datetime

import pytest
from flask import render_template_string

from tests.factories.agreements import make_case

NOON = datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


@pytest.fixture
def inside(app, clock):
    with app.test_request_context():
        yield


def test_templates_have_these_words(inside):
    text = "{{ label('legal_contact') }} {{ zone() }} {{ can('desk:read', none) }} {{ signed_in }}"
    assert render_template_string(text) == "legal contact Brussels time False False"


def test_a_page_of_an_agreement_shows_its_times_in_the_agreements_zone(
    client, session, sign_in, clock
):
    case = make_case()
    case.agreement.timezone = "Europe/Tallinn"
    session.commit()
    text = sign_in(client, case.people["Tartu"]).get(f"/agreements/{case.agreement.slug}").text
    assert "Wed 2 Dec, 11:00" in text and "Tallinn time" in text
    assert "10:00" not in client.get("/account").text

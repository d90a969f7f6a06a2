"""The library of saved answers, in a browser without script."""

import pytest
from sqlalchemy import select

from app.models.desk import SavedAnswer
from tests.factories.agreements import make_case
from tests.factories.people import make_workspace


@pytest.fixture
def library(session, client, sign_in):
    make_workspace()
    case = make_case()
    sign_in(client, case.facilitator)
    return f"/agreements/{case.agreement.slug}/desk/saved"


def test_an_answer_is_kept_renamed_and_deleted(library, client, session):
    assert "Nothing is kept yet." in client.get(library).text
    kept = {"title": "Later", "text": "In round 2, {organisation}."}
    assert client.post(library, data=kept).status_code == 303
    assert "In round 2, {organisation}." in client.get(library).text
    here = f"{library}/{session.scalars(select(SavedAnswer.id)).one()}"
    assert 'value="Later"' in client.get(here).text
    stale = client.post(here, data={**kept, "title": "Soon", "seen": "0"})
    assert stale.status_code == 409 and 'value="Soon"' in stale.text
    assert client.post(here, data={**kept, "title": "Soon", "seen": "1"}).status_code == 303
    assert "Soon" in client.get(library).text
    assert client.post(f"{here}/delete").status_code == 303
    assert "Deleted: Soon." in client.get(library).text
    assert client.get(here).status_code == 404


def test_an_answer_just_given_is_offered_to_be_kept(library, client):
    assert "Thank you.</textarea>" in client.get(f"{library}?text=Thank+you.").text


def test_what_lacks_is_said_and_kept(library, client):
    refused = client.post(library, data={"title": "", "text": "Words."})
    assert refused.status_code == 422
    assert "Give it a title" in refused.text and "Words.</textarea>" in refused.text


def test_others_do_not_read_it(library, client, sign_in):
    other = make_case("Bilbao")
    assert sign_in(client, other.people["Bilbao"]).get(library).status_code == 404

"""The page that tells who is who: open in a demonstration, unknown elsewhere."""

import pytest

from app.access.actor import Role
from app.models.agreements import Participant, Seat
from app.models.people import Membership
from tests.conftest import make_app
from tests.factories.agreements import make_case
from tests.factories.people import make_organisation, make_user


@pytest.fixture
def case(session):
    """An agreement of three hubs, each with a director beside the person in all its seats."""
    made = make_case()
    for name, participant in made.participants.items():
        director = make_user(f"Director {name}", of=made.organisations[name])
        session.add(
            Seat(
                agreement_id=made.agreement.id,
                participant_id=participant.id,
                user_id=director.id,
                role=Role.SIGNATORY,
            )
        )
    session.flush()
    return made


def test_everybody_can_be_entered_with_one_press(client, case):
    shown = client.get("/demo")
    assert shown.status_code == 200
    for person in (case.facilitator, *case.people.values()):
        assert person.name in shown.text
        assert f"/demo/{person.id}" in shown.text
    director = make_user("Rok Director", of=case.organisations["Lille"])
    answer = client.post(f"/demo/{director.id}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert director.name in client.get("/account").text
    client.post(f"/demo/{case.facilitator.id}")
    assert case.facilitator.email in client.get("/account").text


def test_a_form_from_elsewhere_signs_nobody_in(strict_client, case):
    assert strict_client.post(f"/demo/{case.facilitator.id}").status_code in (400, 403)
    assert strict_client.get("/account").status_code == 302


def test_somebody_unknown_or_closed_is_not_found(client, case, session):
    closed = make_user("Gone Away")
    closed.active = False
    session.flush()
    assert client.post(f"/demo/{closed.id}").status_code == 404
    assert client.post("/demo/0199b0f4-8a00-7000-8000-000000000000").status_code == 404
    assert client.post("/demo/nobody").status_code == 404


def test_an_empty_installation_says_so(client):
    assert "Nobody is here yet." in client.get("/demo").text


def test_the_page_asks_the_database_little(client, case, session, count_statements):
    def sent() -> int:
        with count_statements() as statements:
            client.get("/demo")
        return len(statements)

    # Everybody; their seats; memberships with people and organisations.
    assert sent() == 3
    for number in range(12):
        organisation = make_organisation(f"Hub {number}")
        session.add(
            Participant(
                agreement_id=case.agreement.id,
                organisation_id=organisation.id,
                colour=1,
                joined_at=case.agreement.created_at,
            )
        )
        session.add(Membership(user_id=make_user().id, organisation_id=organisation.id))
    session.flush()
    assert sent() == 3


def test_outside_a_demonstration_there_is_no_such_page(tmp_path, backend):
    app = make_app(tmp_path, backend.url, demonstration=False)
    assert app.test_client().get("/demo").status_code == 404

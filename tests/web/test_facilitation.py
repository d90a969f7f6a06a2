"""Sharing the facilitation, and ending an agreement."""

import pytest

from app.access.actor import Role
from app.domain.lifecycle import AgreementState
from app.queries.people import actor_of
from tests.factories.agreements import make_case
from tests.factories.people import make_user


@pytest.fixture
def room(session):
    case = make_case()
    return case, f"/agreements/{case.agreement.slug}/facilitation"


def test_the_facilitator_lets_a_colleague_facilitate_too(client, session, sign_in, room):
    case, address = room
    jan = make_user("Jan Novak")
    sign_in(client, case.facilitator)
    unknown = client.post(f"{address}/share", data={"email": "nobody@example.org"})
    assert unknown.status_code == 422
    assert "Nobody here has this address." in unknown.text and "nobody@example.org" in unknown.text
    shared = client.post(
        f"{address}/share", data={"email": jan.email.upper()}, follow_redirects=True
    )
    assert "Jan Novak and Sofie Maes facilitate it." in shared.text
    assert actor_of(session, jan.id).stands_in(case.agreement.id, Role.FACILITATOR)
    again = client.post(f"{address}/share", data={"email": jan.email})
    assert again.status_code == 409


def test_an_agreement_is_abandoned_only_by_somebody_who_means_it(client, session, sign_in, room):
    case, address = room
    sign_in(client, case.facilitator)
    assert "Abandon it" in client.get(address).text
    assert client.post(f"{address}/end", data={}).status_code == 422
    ended = client.post(f"{address}/end", data={"sure": "y"}, follow_redirects=True)
    assert "The agreement has ended." in ended.text
    session.refresh(case.agreement)
    assert case.agreement.state == AgreementState.ABANDONED
    assert client.post(f"{address}/end", data={"sure": "y"}).status_code == 409


def test_what_is_in_force_is_terminated(client, session, sign_in):
    case = make_case(state=AgreementState.IN_FORCE)
    sign_in(client, case.facilitator)
    address = f"/agreements/{case.agreement.slug}/facilitation"
    assert "Record that it is terminated" in client.get(address).text
    client.post(f"{address}/end", data={"sure": "y"})
    session.refresh(case.agreement)
    assert case.agreement.state == AgreementState.TERMINATED


def test_others_have_no_such_room(client, session, sign_in, room):
    case, address = room
    sign_in(client, case.people["Lille"])
    assert client.get(address).status_code == 403
    assert client.post(f"{address}/end", data={"sure": "y"}).status_code == 403
    assert client.post(f"{address}/share", data={"email": "a@example.org"}).status_code in (
        403,
        422,
    )
    sign_in(client, make_user("Nobody"))
    assert client.get(address).status_code == 404

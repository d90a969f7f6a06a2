"""Who takes part in an agreement."""

import re
from html import unescape

import pytest

from app.access.actor import Role
from app.domain.lifecycle import AgreementState
from app.models.agreements import Participant, Seat
from app.models.base import db
from app.models.people import Invitation, Membership
from tests.factories.agreements import add_party, make_case
from tests.factories.people import make_organisation, make_user
from tests.web.statements import own_statements


@pytest.fixture
def case(session):
    return make_case("Lille", "Porto", state=AgreementState.DRAFTING)


@pytest.fixture
def here(case) -> str:
    return f"/agreements/{case.agreement.slug}/participants"


def administer(case, name: str) -> None:
    membership = db.session.get(Membership, (case.people[name].id, case.organisations[name].id))
    membership.is_administrator = True
    db.session.commit()


def test_everybody_who_takes_part_sees_who_does(client, sign_in, case, here):
    sign_in(client, case.people["Lille"])
    page = client.get(here).text
    for words in ("Person Lille", "Person Porto", "Sofie Maes", "Legal contact"):
        assert words in page
    assert "2 of 2 parties have yet to confirm" in page
    assert "Let it take part" not in page
    assert "Give the seat" not in page
    assert 'name="email"' not in page


def test_the_facilitator_lets_an_organisation_take_part(client, session, sign_in, case, here):
    brno = make_organisation("Brno", "BRN", "CZ")
    sign_in(client, case.facilitator)
    assert "Brno (BRN)" in client.get(here).text
    answer = client.post(here, data={"organisation": brno.slug, "kind": "observer", "role": ""})
    assert answer.status_code == 303
    assert answer.location.endswith("#p-BRN")
    page = client.get(here).text
    assert "Brno, CZ · observer" in page
    assert "Brno (BRN)" not in page
    again = client.post(here, data={"organisation": brno.slug, "kind": "party", "role": ""})
    assert again.status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [{"organisation": ""}, {"organisation": "nowhere"}, {"kind": "king"}, {"role": "chief"}],
)
def test_what_does_not_fit_is_refused_at_its_field(client, session, sign_in, case, here, wrong):
    brno = make_organisation("Brno", "BRN", "CZ")
    sign_in(client, case.facilitator)
    form = {"organisation": brno.slug, "kind": "party", "role": ""}
    assert client.post(here, data={**form, **wrong}).status_code == 422
    assert session.query(Participant).count() == 2


def test_others_let_nobody_take_part(client, session, sign_in, case, here):
    brno = make_organisation("Brno", "BRN", "CZ")
    sign_in(client, case.people["Lille"])
    form = {"organisation": brno.slug, "kind": "party", "role": ""}
    assert client.post(here, data=form).status_code in (403, 422)
    sign_in(client, make_user("Jan", of=brno))
    assert client.get(here).status_code == 404
    assert client.post(here, data=form).status_code == 404
    assert session.query(Participant).count() == 2


def test_an_administrator_gives_and_ends_the_seats_of_its_own(client, session, sign_in, case, here):
    administer(case, "Lille")
    colleague = make_user("Luc Petit", of=case.organisations["Lille"])
    sign_in(client, case.people["Lille"])
    lille, porto = case.participants["Lille"], case.participants["Porto"]
    form = {"person": str(colleague.id), "role": "voter"}
    assert client.post(f"{here}/{lille.id}/seats", data=form).status_code == 303
    seat = session.query(Seat).filter_by(user_id=colleague.id).one()
    assert (seat.role, seat.participant_id) == (Role.VOTER, lille.id)
    assert "Given: voter of Lille." in client.get(here).text

    theirs = make_user("Rui Alves", of=case.organisations["Porto"])
    refused = client.post(
        f"{here}/{porto.id}/seats", data={"person": str(theirs.id), "role": "voter"}
    )
    assert refused.status_code == 403
    stranger = client.post(
        f"{here}/{lille.id}/seats", data={"person": str(theirs.id), "role": "voter"}
    )
    assert stranger.status_code == 422
    assert "Only members of Lille sit for it" in stranger.text
    king = client.post(f"{here}/{lille.id}/seats", data={**form, "role": "facilitator"})
    assert king.status_code == 422
    nobody = client.post(f"{here}/{lille.id}/seats", data={"person": "", "role": "voter"})
    assert "Choose a person" in nobody.text

    assert client.post(f"{here}/{lille.id}/seats/{seat.id}/end").status_code == 303
    assert session.query(Seat).filter_by(user_id=colleague.id).count() == 0
    assert client.post(f"{here}/{lille.id}/seats/{seat.id}/end").status_code == 409


def test_what_is_said_of_a_seat_is_in_the_language_of_who_gives_it(client, sign_in, case, here):
    administer(case, "Lille")
    colleague = make_user("Luc Petit", of=case.organisations["Lille"])
    sign_in(client, case.people["Lille"])
    form, french = {"person": str(colleague.id), "role": "legal_contact"}, {"Accept-Language": "fr"}
    seats = f"{here}/{case.participants['Lille'].id}/seats"
    client.post(seats, data=form, headers=french)
    assert "référent juridique de Lille" in client.get(here, headers=french).text


def test_an_invitation_is_mailed_and_its_link_shown_once(
    client, session, sign_in, case, here, mails
):
    administer(case, "Lille")
    sign_in(client, case.people["Lille"])
    lille = case.participants["Lille"]
    form = {"email": "new@lille.example", "role": "signatory"}
    answer = client.post(f"{here}/{lille.id}/invitations", data=form)
    assert answer.status_code == 200
    link = re.search(r"http\S+/invitations/[\w-]+", unescape(answer.text))[0]
    invitation = session.query(Invitation).one()
    assert (invitation.role, invitation.agreement_id) == ("signatory", case.agreement.id)
    assert invitation.token_hash not in answer.text
    assert any("new@lille.example" in mail for mail in mails())
    page = client.get(here).text
    assert "Invited: new@lille.example as signatory" in page
    assert link not in unescape(page)

    sign_in(client, case.people["Porto"])
    assert "new@lille.example" not in client.get(here).text
    assert client.post(f"{here}/{lille.id}/invitations", data=form).status_code == 403
    sign_in(client, case.people["Lille"])
    wrong = client.post(f"{here}/{lille.id}/invitations", data={**form, "email": "nowhere"})
    assert wrong.status_code == 422
    assert "This is no address" in wrong.text
    assert 'value="nowhere"' in wrong.text


def test_details_are_confirmed_once_they_are_complete(client, session, sign_in, case, here):
    lille = case.participants["Lille"]
    case.organisations["Lille"].seat = ""
    db.session.commit()
    sign_in(client, case.people["Lille"])
    assert "Missing for the signature page: seat" in client.get(here).text
    refused = client.post(f"{here}/{lille.id}/confirm", follow_redirects=True)
    assert "Fill in first: seat" in refused.text
    case.organisations["Lille"].seat = "1 Main Square"
    db.session.commit()
    assert "Details are complete, not yet confirmed" in client.get(here).text
    client.post(f"{here}/{lille.id}/confirm")
    page = client.get(here).text
    assert "Details confirmed" in page
    assert "1 of 2 parties have yet to confirm" in page


def test_leaving_is_asked_twice_and_ends_every_seat(client, session, sign_in, case, here):
    administer(case, "Lille")
    lille = case.participants["Lille"]
    sign_in(client, case.people["Porto"])
    assert client.get(f"{here}/{lille.id}/leave").status_code == 403
    assert client.post(f"{here}/{lille.id}/leave").status_code == 403
    sign_in(client, case.people["Lille"])
    assert "Does Lille leave?" in client.get(f"{here}/{lille.id}/leave").text
    answer = client.post(f"{here}/{lille.id}/leave")
    assert answer.status_code == 303
    assert answer.location.endswith("/agreements")
    assert client.get(here).status_code == 404
    sign_in(client, case.facilitator)
    assert "Person Lille" not in client.get(here).text
    assert client.post(f"{here}/{lille.id}/seats", data={}).status_code == 404


def test_nothing_is_given_once_the_agreement_has_ended(client, session, sign_in, case, here):
    case.agreement.state = AgreementState.TERMINATED
    db.session.commit()
    sign_in(client, case.facilitator)
    page = client.get(here).text
    assert "Let it take part" not in page
    assert "Give the seat" not in page
    lille = case.participants["Lille"]
    form = {"person": str(case.people["Lille"].id), "role": "observer"}
    assert client.post(f"{here}/{lille.id}/seats", data=form).status_code == 409


def test_the_statements_do_not_grow_with_the_company(
    client, session, sign_in, case, here, count_statements
):
    sign_in(client, case.facilitator)
    # The agreement; participants, seats, members, invitations, others; the head (2).
    assert len(own_statements(client, count_statements, here)) == 8
    for name in ("Tartu", "Brno", "Graz", "Bilbao"):
        add_party(case, name)
    assert len(own_statements(client, count_statements, here)) == 8

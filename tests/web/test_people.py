"""Joining by an invitation's link."""

import re

from app.access.actor import Role
from app.actions import people
from app.kernel.ids import hash_of_token, new_token
from app.models.people import Invitation, User
from app.queries.people import actor_of
from tests.factories.agreements import make_case
from tests.factories.people import make_organisation, make_user, make_workspace


def invited(client, organisation, email="new@example.org") -> str:
    answer = client.post(f"/network/{organisation.slug}/invitations", data={"email": email})
    assert answer.status_code == 200, answer.text
    return re.search(r"<code>[^<]*(/invitations/[^<]+)</code>", answer.text).group(1)


def test_an_invitation_link_is_mailed_shown_once_and_works_once(client, session, sign_in, mails):
    make_workspace()
    lille = make_organisation("Lille")
    sign_in(client, make_user("Anne", of=lille, administrator=True))
    link = invited(client, lille)
    assert link.split("/")[-1] in mails()[-1].replace("=\n", "")
    client.post("/sign-out")
    assert "This invitation is for new@example.org" in client.get(link).text

    weak = client.post(link, data={"name": "Luc Petit", "password": "short"})
    assert weak.status_code == 422 and "Luc Petit" in weak.text
    data = {"name": "Luc Petit", "password": "nine calm rivers meet"}
    joined = client.post(link, data=data, follow_redirects=True)
    assert "You are a member of Lille." in joined.text
    user = session.query(User).filter_by(email="new@example.org").one()
    assert lille.id in actor_of(session, user.id).organisations
    client.post("/sign-out")
    assert client.post(link, data=data).status_code == 409


def test_a_stored_invitation_does_not_hold_its_link(client, session, sign_in):
    make_workspace()
    lille = make_organisation("Lille")
    sign_in(client, make_user("Anne", of=lille, administrator=True))
    token = invited(client, lille).rpartition("/")[2]
    assert session.query(Invitation).one().token_hash != token


def test_an_invitation_taken_back_or_too_old_is_dead(client, session, sign_in, clock):
    make_workspace()
    lille = make_organisation("Lille")
    anne = make_user("Anne", of=lille, administrator=True)
    sign_in(client, anne)
    first, second = invited(client, lille), invited(client, lille, "b@example.org")
    invitation = session.query(Invitation).filter_by(email="new@example.org").one()
    client.post(f"/network/{lille.slug}/invitations/{invitation.id}/revoke")
    client.post("/sign-out")
    assert client.get(first).status_code == 409
    assert client.get(second).status_code == 200
    clock.go_on(days=14)
    assert client.get(second).status_code == 409
    assert client.get("/invitations/nonsense").status_code == 404


def test_an_invitation_is_for_one_address(client, session, sign_in):
    make_workspace()
    lille = make_organisation("Lille")
    sign_in(client, make_user("Anne", of=lille, administrator=True))
    link = invited(client, lille)
    sign_in(client, make_user("Somebody Else"))
    answer = client.post(link)
    assert answer.status_code == 409 and "Sign out first" in answer.text


def test_an_invitation_says_for_which_agreement_and_whoever_signed_in_joins_by_one_press(
    client, session, sign_in, clock
):
    make_workspace()
    case = make_case()
    lille = case.organisations["Lille"]
    newcomer = make_user("Nina")
    token = new_token()
    people.invite_person(
        actor_of(session, make_user("Anne", of=lille, administrator=True).id),
        lille,
        email=newcomer.email,
        token_hash=hash_of_token(token),
        agreement=case.agreement,
        role=Role.VOTER,
    )
    link = f"/invitations/{token}"
    assert "Cooperation Agreement" in client.get(link).text
    assert client.post(link, data={}).status_code == 422
    sign_in(client, newcomer)
    assert lille.id not in actor_of(session, newcomer.id).organisations
    assert "You are a member of Lille." in client.post(link, follow_redirects=True).text
    assert actor_of(session, newcomer.id).stands_in(case.agreement.id, Role.VOTER)


def test_opening_the_link_joins_nobody(client, session, sign_in):
    make_workspace()
    lille = make_organisation("Lille")
    sign_in(client, make_user("Anne", of=lille, administrator=True))
    link = invited(client, lille)
    client.post("/sign-out")
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert session.query(Invitation).one().accepted_at is None
    assert session.query(User).count() == 1

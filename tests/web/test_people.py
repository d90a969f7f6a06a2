"""Organisations, invitations, joining, home and notices as people use them."""

import re
from datetime import timedelta

from app.access.actor import Role
from app.actions import ballots as ballot_actions
from app.kernel import clock as kernel_clock
from app.models.people import Invitation, User
from app.queries.people import actor_of
from tests.actions.test_ballots import DURING, open_on, propose
from tests.factories.agreements import make_case
from tests.factories.people import make_organisation, make_user, make_workspace


def invited(client, organisation, email="new@example.org") -> str:
    answer = client.post(f"/network/{organisation.slug}/invitations", data={"email": email})
    assert answer.status_code == 200, answer.text
    return re.search(r"<code>[^<]*(/invitations/[^<]+)</code>", answer.text).group(1)


def test_an_operator_adds_an_organisation_and_its_sign_is_taken_once(client, session, sign_in):
    make_workspace()
    operator = make_user("Olga", operator=True)
    data = {"name": "Hub Kraków", "code": "kra", "country": "pl", "city": "Kraków"}
    sign_in(client, operator)
    assert (
        "is part of the network"
        in client.post("/network/new", data=data, follow_redirects=True).text
    )
    again = client.post("/network/new", data={**data, "name": "Another"})
    assert again.status_code == 422 and "KRA is another organisation" in again.text
    assert "Hub Kraków" in client.get("/network").text
    sign_in(client, make_user("Nobody"))
    assert client.post("/network/new", data=data).status_code == 403


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


def test_only_administrators_see_addresses_invite_and_remove(client, session, sign_in):
    make_workspace()
    lille = make_organisation("Lille")
    anne = make_user("Anne", of=lille, administrator=True)
    luc = make_user("Luc", of=lille)
    sign_in(client, luc)
    page = client.get(f"/network/{lille.slug}").text
    assert anne.email not in page and "Invite a colleague" not in page
    address = f"/network/{lille.slug}/invitations"
    assert client.post(address, data={"email": "x@example.org"}).status_code == 403
    assert client.post(f"/network/{lille.slug}/people/{anne.id}/remove").status_code == 403
    sign_in(client, anne)
    assert luc.email in client.get(f"/network/{lille.slug}").text
    bad = client.post(address, data={"email": "no address"})
    assert bad.status_code == 422 and "This is not an e-mail address." in bad.text


def test_who_is_removed_loses_seats_and_memberships_at_once(client, session, sign_in):
    make_workspace()
    case = make_case()
    lille = case.organisations["Lille"]
    anne = make_user("Anne", of=lille, administrator=True)
    person = case.people["Lille"]
    assert actor_of(session, person.id).stands_in(case.agreement.id, Role.VOTER)
    sign_in(client, anne).post(f"/network/{lille.slug}/people/{person.id}/remove")
    assert not actor_of(session, person.id).stands_in(case.agreement.id)


def test_a_profile_is_changed_and_a_stale_form_is_refused(client, session, sign_in):
    make_workspace()
    lille = make_organisation("Lille")
    sign_in(client, make_user("Anne", of=lille, administrator=True))
    address = f"/network/{lille.slug}/profile"
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', client.get(address).text).group(1)
    data = {"name": "Lille Hub", "country": "fr", "city": "Lille", "seat": "2 Rue", "seen": seen}
    assert "Saved." in client.post(address, data=data, follow_redirects=True).text
    stale = client.post(address, data={**data, "seat": "3 Rue"})
    assert stale.status_code == 409 and "3 Rue" in stale.text


def test_home_says_what_waits_and_ends_soon(client, session, sign_in, clock, count_statements):
    make_workspace()
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    sign_in(client, case.people["Porto"])
    home = client.get("/").text
    assert "One thing waits for you" in home and "Do you want it?" in home
    assert "Ballot 1 closes" in home and "Round 1 closes" in home
    with kernel_clock.at(DURING):
        ballot_actions.cast_vote(case.actor("Porto"), ballot, choice="yes")
    assert "Nothing waits for you" in client.get("/").text
    with count_statements() as sent:
        client.get("/")
    assert len(sent) <= 20, sent
    clock.set(DURING + timedelta(days=10))
    assert "Ballot 1 closes" not in client.get("/").text


def test_notices_are_told_as_sentences_and_marked_read(client, session, sign_in, clock):
    make_workspace()
    case = make_case()
    open_on(case, propose(case, "Lille", "20"))
    clock.set(DURING)
    sign_in(client, case.people["Porto"])
    inbox = client.get("/notices").text
    assert "Ballot 1 opened; it closes Wed 11 Nov 2026" in inbox
    assert "1 not read." in inbox
    read = client.post("/notices/read", follow_redirects=True).text
    assert "All read." in read

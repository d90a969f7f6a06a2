"""The pages of the network: organisations, profiles, members, invitations."""

import re

import pytest

from app.access.actor import Role
from app.models.people import Invitation, Membership
from app.queries.people import actor_of
from tests.factories.agreements import make_case
from tests.factories.people import make_organisation, make_user, make_workspace


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


def test_a_profile_without_what_was_seen_is_refused_and_kept(client, session, sign_in):
    make_workspace()
    lille = make_organisation("Lille")
    sign_in(client, make_user("Anne", of=lille, administrator=True))
    data = {"name": "Lille", "country": "FR", "seat": "9 New Road"}
    for seen in ("", "-1", "x", "9" * 5_000):
        answer = client.post(f"/network/{lille.slug}/profile", data={**data, "seen": seen})
        assert answer.status_code == 409
        assert "This form is too old." in answer.text and "9 New Road" in answer.text
    session.refresh(lille)
    assert lille.seat == "1 Main Square, Lille"


@pytest.mark.parametrize("rest", ["profile", "invitations", "people/{user}/remove"])
def test_an_administrator_of_another_organisation_changes_nothing_here(
    client, session, sign_in, rest
):
    make_workspace()
    lille = make_organisation("Lille")
    member = make_user("Luc", of=lille)
    sign_in(client, make_user("Pia", of=make_organisation("Porto"), administrator=True))
    address = f"/network/{lille.slug}/" + rest.format(user=member.id)
    data = {"name": "Ours", "country": "FR", "email": "x@example.org", "seen": "1"}
    assert client.post(address, data=data).status_code == 403
    session.refresh(lille)
    assert lille.name == "Lille"
    assert session.query(Invitation).count() == 0
    assert lille.id in actor_of(session, member.id).organisations


def test_an_invitation_is_taken_back_in_its_own_organisation_only(client, session, sign_in):
    make_workspace()
    lille, porto = make_organisation("Lille"), make_organisation("Porto")
    sign_in(client, make_user("Anne", of=lille, administrator=True))
    client.post(f"/network/{lille.slug}/invitations", data={"email": "new@example.org"})
    invitation = session.query(Invitation).one()
    sign_in(client, make_user("Pia", of=porto, administrator=True))
    for slug, status in ((porto.slug, 404), (lille.slug, 403)):
        answer = client.post(f"/network/{slug}/invitations/{invitation.id}/revoke")
        assert answer.status_code == status
    session.refresh(invitation)
    assert invitation.revoked_at is None


def test_names_are_shown_as_words_and_never_as_markup(client, session, sign_in):
    make_workspace()
    lille = make_organisation("Lille")
    lille.name, lille.representative = "<script>alert(1)</script>", "<b>Anne</b>"
    sign_in(client, make_user("<i>Luc</i>", of=lille))
    for address in ("/network", f"/network/{lille.slug}"):
        text = client.get(address).text
        assert "<script>alert" not in text and "&lt;script&gt;alert" in text
    assert "<b>Anne</b>" not in text and "<i>Luc</i>" not in text


def test_what_is_no_organisation_is_not_found(client, session, sign_in):
    make_workspace()
    sign_in(client, make_user("Luc"))
    assert client.get("/network/nowhere").status_code == 404
    assert client.post("/network/nowhere/invitations", data={"email": "x"}).status_code == 404


def test_the_pages_take_as_many_statements_for_many_as_for_few(
    client, session, sign_in, count_statements
):
    make_workspace()
    lille = make_organisation("Lille")
    sign_in(client, make_user("Anne", of=lille, administrator=True))
    sizes = []
    for more in (0, 12):
        for number in range(more):
            make_user(f"Colleague {number}", of=lille)
            make_organisation(f"Hub {number}")
            email = {"email": f"p{number}@example.org"}
            client.post(f"/network/{lille.slug}/invitations", data=email)
        counts = []
        for address in ("/network", f"/network/{lille.slug}"):
            client.get(address)
            with count_statements() as sent:
                assert client.get(address).status_code == 200
            counts.append(len(sent))
        sizes.append(counts)
    assert sizes[0] == sizes[1]
    assert max(sizes[0]) <= 10


def test_a_name_of_two_lines_breaks_no_mail(client, session, sign_in, mails):
    lille = make_organisation("Lille")
    keeper = make_user("Keeper", of=lille)
    session.get_one(Membership, (keeper.id, lille.id)).is_administrator = True
    lille.name = "Lille\r\nBcc: everybody@example.org"
    session.commit()
    sign_in(client, keeper)
    address = f"/network/{lille.slug}/invitations"
    assert client.post(address, data={"email": "new@example.org"}).status_code == 200
    (mail,) = mails()
    assert "\nBcc:" not in mail.partition("\n\n")[0]

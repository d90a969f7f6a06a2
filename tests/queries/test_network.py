"""The network: who is in it, and which invitations stand."""

from datetime import timedelta

import pytest

from app.actions import agreements
from app.kernel.errors import NotFound
from app.kernel.ids import hash_of_token, new_token
from app.models.people import Invitation
from app.queries import network as found
from tests.factories.agreements import make_case
from tests.factories.people import START, make_organisation, make_user, make_workspace


def invite(session, organisation, email="new@example.org", **more):
    """An invitation and the token of its link."""
    token = new_token()
    inviter = make_user("Anne", of=organisation, administrator=True)
    row = Invitation(
        token_hash=hash_of_token(token),
        email=email,
        organisation_id=organisation.id,
        invited_by=inviter.id,
        **{"created_at": START, "expires_at": START + timedelta(days=14), **more},
    )
    session.add(row)
    session.commit()
    return row, token


def test_before_it_is_founded_there_is_no_network(session):
    with pytest.raises(NotFound, match="operator founds one"):
        found.workspace()
    make_workspace("Hubs")
    assert found.workspace().name == "Hubs"


def test_organisations_are_told_by_name_with_what_they_count_today(
    session, clock, count_statements
):
    case = make_case("Lille", "Porto")
    make_user("Luc", of=case.organisations["Lille"])
    agreements.end_participation(case.actor("facilitator"), case.participants["Porto"])
    session.commit()
    with count_statements() as sent:
        lines = found.organisations()
    assert [(one.name, one.people, one.agreements) for one in lines] == [
        ("Ghent", 1, 0),
        ("Lille", 2, 1),
        ("Porto", 1, 0),
    ]
    assert len(sent) == 1


def test_an_organisation_is_found_by_its_address(session):
    lille = make_organisation("Lille")
    assert found.get_organisation(lille.slug) is lille
    with pytest.raises(NotFound):
        found.get_organisation("nowhere")


def test_its_people_are_told_by_name(session):
    lille, porto = make_organisation("Lille"), make_organisation("Porto")
    make_user("Zoe", of=lille)
    make_user("Anne", of=lille, administrator=True)
    make_user("Pia", of=porto)
    members = found.members_of(lille)
    assert [(one.name, one.is_administrator) for one in members] == [("Anne", True), ("Zoe", False)]


def test_only_invitations_that_still_stand_are_open_and_only_ones_own(session, clock):
    lille, porto = make_organisation("Lille"), make_organisation("Porto")
    first, _ = invite(session, lille, "a@example.org")
    second, _ = invite(session, lille, "b@example.org", created_at=START + timedelta(hours=1))
    invite(session, lille, "used@example.org", accepted_at=START)
    invite(session, lille, "back@example.org", revoked_at=START)
    invite(session, porto, "c@example.org")
    assert found.open_invitations(lille) == [first, second]
    clock.go_on(days=14, microseconds=-1)
    assert found.open_invitations(lille) == [first, second]
    clock.go_on(microseconds=1)
    assert found.open_invitations(lille) == []


def test_an_invitation_is_found_in_its_own_organisation_only(session):
    lille, porto = make_organisation("Lille"), make_organisation("Porto")
    row, _ = invite(session, lille)
    assert found.get_invitation(lille, row.id) is row
    with pytest.raises(NotFound):
        found.get_invitation(porto, row.id)


def test_a_link_finds_its_invitation_and_nothing_else_does(session):
    row, token = invite(session, make_organisation("Lille"))
    assert found.invitation_of(token) is row
    for wrong in (row.token_hash, token.swapcase(), token[:-1], ""):
        with pytest.raises(NotFound, match="Ask for a new"):
            found.invitation_of(wrong)


def test_an_invitation_tells_the_title_of_its_agreement_alone(session, clock):
    case = make_case("Lille")
    assert found.agreement_title(case.agreement.id) == "Cooperation Agreement"
    assert found.agreement_title(None) == ""
    assert found.agreement_title(case.facilitator.id) == ""

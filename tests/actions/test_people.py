"""Organisations, invitations, joining and leaving, through the gate."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.access.actor import ANYONE, Role
from app.actions import agreements, people
from app.domain.generated import Party
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.kernel.ids import hash_of_token, new_token
from app.models.audit import AuditEntry
from app.models.people import Invitation, Membership, Organisation, User
from app.queries.agreements import party_line
from app.queries.people import actor_of
from tests.factories.agreements import make_case
from tests.factories.people import make_organisation, make_user, make_workspace


@pytest.fixture
def lille(session, clock):
    return make_organisation("Lille")


@pytest.fixture
def anne(lille, session):
    """The administrator of Lille."""
    return actor_of(session, make_user("Anne", of=lille, administrator=True).id)


@pytest.fixture
def operator(session, clock):
    return actor_of(session, make_user("Olga", operator=True).id)


def invite(actor, organisation, email="new@example.org", **more) -> Invitation:
    hashed = hash_of_token(new_token())
    return people.invite_person(actor, organisation, email=email, token_hash=hashed, **more)


def join(invitation, actor=ANYONE, name="Luc Petit", password_hash="a hash") -> User:
    return people.accept_invitation(actor, invitation, name=name, password_hash=password_hash)


def last(session) -> AuditEntry:
    return session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()


def test_an_operator_adds_organisations_and_two_of_one_name_have_two_addresses(session, operator):
    workspace = make_workspace()
    values = {"name": "Hub Łódź", "country": "pl"}
    first = people.add_organisation(operator, workspace, code=" lod ", **values)
    second = people.add_organisation(operator, workspace, code="LOZ", **values)
    assert (first.code, first.country) == ("LOD", "PL")
    assert (first.slug, second.slug) == ("hub-lodz", "hub-lodz-2")


@pytest.mark.parametrize("code", ["", "AB", "ABCD", "A1C", "Ä£C"])
def test_a_sign_is_three_letters(session, operator, code):
    with pytest.raises(Invalid, match="three letters"):
        people.add_organisation(operator, make_workspace(), name="X", code=code, country="FR")


def test_a_sign_is_taken_once_whatever_its_case(session, operator, lille):
    with pytest.raises(Invalid, match=f"{lille.code} is another"):
        people.add_organisation(
            operator, make_workspace(), name="X", code=lille.code.lower(), country="FR"
        )
    assert session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_an_organisations_page_is_never_hidden_behind_the_form_for_a_new_one(session, operator):
    added = people.add_organisation(
        operator, make_workspace(), name="New", code="NEW", country="FR"
    )
    assert added.slug != "new"


def test_administrators_do_not_add_organisations(session, anne):
    with pytest.raises(NotAllowed):
        people.add_organisation(anne, make_workspace(), name="X", code="ZZZ", country="FR")


def edit(actor, organisation, **details):
    seen = details.pop("seen", organisation.row_version)
    party: Party = replace(party_line(organisation), **details)
    return people.edit_organisation(
        actor,
        organisation,
        details=party,
        country=organisation.country,
        city=organisation.city,
        seen=seen,
    )


def test_an_administrator_keeps_the_profile_and_the_sign_stays(session, lille, anne):
    sign = lille.code
    edit(anne, lille, name="Lille Métropole", seat="2 Main Square", code="ZZZ")
    assert (lille.name, lille.seat, lille.code) == ("Lille Métropole", "2 Main Square", sign)
    assert last(session).data == {"organisation": "Lille Métropole"}


def test_a_profile_that_somebody_changed_meanwhile_is_not_overwritten(session, lille, anne):
    seen = lille.row_version
    edit(anne, lille, seat="2 Main Square")
    with pytest.raises(Conflict, match="meanwhile"):
        edit(anne, lille, seat="3 Main Square", seen=seen)
    assert lille.seat == "2 Main Square"


def test_saving_what_is_there_already_writes_nothing_down(session, lille, anne):
    version = lille.row_version
    edit(anne, lille)
    assert last(session) is None
    assert lille.row_version == version


def test_members_and_strangers_change_no_profile_and_invite_nobody(session, lille):
    member = actor_of(session, make_user("Luc", of=lille).id)
    stranger = actor_of(
        session, make_user("Pia", of=make_organisation("Porto"), administrator=True).id
    )
    for actor in (member, stranger, ANYONE):
        with pytest.raises(NotAllowed):
            edit(actor, lille, seat="Elsewhere")
        with pytest.raises(NotAllowed):
            invite(actor, lille)


def test_an_invitation_stands_for_fourteen_days(session, lille, anne, clock):
    invitation = invite(anne, lille, " New@Example.org ")
    assert invitation.email == "new@example.org"
    assert invitation.expires_at - invitation.created_at == timedelta(days=14)
    clock.go_on(days=14, seconds=-1)
    assert join(invitation).email == "new@example.org"
    late = invite(anne, lille, "b@example.org")
    clock.go_on(days=14)
    with pytest.raises(WrongMoment):
        join(late)


def test_an_invitation_works_once(session, lille, anne):
    invitation = invite(anne, lille)
    join(invitation)
    with pytest.raises(WrongMoment):
        join(invitation)
    assert session.scalar(select(func.count()).select_from(Membership)) == 2


def test_an_invitation_taken_back_is_dead_and_a_used_one_cannot_be_taken_back(session, lille, anne):
    invitation, used = invite(anne, lille), invite(anne, lille, "b@example.org")
    people.revoke_invitation(anne, invitation)
    with pytest.raises(WrongMoment):
        join(invitation)
    join(used)
    with pytest.raises(WrongMoment):
        people.revoke_invitation(anne, used)


def test_only_an_administrator_takes_an_invitation_back(session, lille, anne):
    invitation = invite(anne, lille)
    with pytest.raises(NotAllowed):
        people.revoke_invitation(actor_of(session, make_user("Luc", of=lille).id), invitation)


def test_an_invitation_to_be_a_facilitator_is_refused(session, lille, anne):
    for role in (Role.FACILITATOR, Role.MEMBER, "king"):
        with pytest.raises(Invalid, match="seat"):
            invite(anne, lille, role=role)


def test_who_joins_is_named_in_the_record_as_the_one_who_joined(session, lille, anne):
    user = join(invite(anne, lille))
    assert (last(session).tag, last(session).actor_id) == ("person:joined", user.id)


@pytest.mark.parametrize(("name", "hashed"), [(" ", "a hash"), ("Luc", None), ("Luc", "")])
def test_a_new_account_needs_a_name_and_a_password(session, lille, anne, name, hashed):
    invitation = invite(anne, lille)
    with pytest.raises(Invalid):
        join(invitation, name=name, password_hash=hashed)
    assert invitation.accepted_at is None


def test_nobody_takes_over_an_account_by_an_invitation(session, lille, anne):
    victim = make_user("Vera")
    victim.email, victim.password = "Vera@Example.org", "her own hash"
    session.commit()
    invitation = invite(anne, lille, "vera@example.org")
    with pytest.raises(Conflict, match="Sign in"):
        join(invitation, password_hash="another hash")
    session.refresh(victim)
    assert victim.password == "her own hash"
    assert join(invitation, actor_of(session, victim.id)).id == victim.id


def test_an_invitation_is_for_its_address_alone(session, lille, anne):
    invitation = invite(anne, lille)
    thief = make_user("Theo")
    with pytest.raises(Conflict, match="Sign out first"):
        join(invitation, actor_of(session, thief.id))
    assert invitation.accepted_at is None


def test_joining_again_keeps_what_one_is(session, lille, anne):
    email = session.get_one(User, anne.user_id).email
    join(invite(anne, lille, email), anne)
    assert lille.id in actor_of(session, anne.user_id).administers
    luc = join(invite(anne, lille))
    join(invite(anne, lille, luc.email, is_administrator=True), actor_of(session, luc.id))
    assert lille.id in actor_of(session, luc.id).administers


@pytest.fixture
def case(session, clock):
    return make_case()


@pytest.fixture
def chief(case, session):
    """The administrator of the party of Lille."""
    return actor_of(
        session, make_user("Anne", of=case.organisations["Lille"], administrator=True).id
    )


def test_an_invitation_with_a_seat_gives_it_on_joining(session, case, chief):
    invitation = invite(
        chief, case.organisations["Lille"], agreement=case.agreement, role=Role.VOTER
    )
    user = join(invitation)
    assert actor_of(session, user.id).stands_in(case.agreement.id, Role.VOTER)
    assert last(session).agreement_id == case.agreement.id


def test_a_seat_is_not_given_where_the_organisation_has_left(session, case, chief):
    invitation = invite(
        chief, case.organisations["Lille"], agreement=case.agreement, role=Role.VOTER
    )
    agreements.end_participation(case.actor("facilitator"), case.participants["Lille"])
    assert not actor_of(session, join(invitation).id).stands_in(case.agreement.id)


def test_who_is_removed_loses_seats_rights_and_invitations_of_that_organisation_only(
    session, case, chief
):
    lille, porto = case.organisations["Lille"], case.organisations["Porto"]
    person = case.people["Lille"]
    person.email = "Person@Example.org"
    session.add(Membership(user_id=person.id, organisation_id=porto.id))
    session.commit()
    agreements.give_seat(
        case.actor("facilitator"), case.participants["Porto"], user_id=person.id, role=Role.VOTER
    )
    again = invite(chief, lille, "person@example.org")
    people.remove_person(chief, lille, user_id=person.id)

    left = actor_of(session, person.id)
    assert left.organisations == {porto.id}
    assert {one.organisation_id for one in left.stands_in(case.agreement.id)} == {porto.id}
    with pytest.raises(WrongMoment):
        join(again, left)
    assert last(session).data["person"] == str(person.id)


def test_who_was_removed_acts_no_more_though_the_page_is_still_open(session, case, chief):
    before = case.actor("Lille")
    people.remove_person(chief, case.organisations["Lille"], user_id=case.people["Lille"].id)
    with pytest.raises(NotAllowed):
        agreements.give_seat(
            before, case.participants["Lille"], user_id=before.user_id, role=Role.VOTER
        )


def test_removing_somebody_who_is_not_there_changes_nothing(session, lille, anne):
    people.remove_person(anne, lille, user_id=make_user("Else").id)
    assert last(session) is None


def test_members_remove_nobody(session, lille, anne):
    member = actor_of(session, make_user("Luc", of=lille).id)
    with pytest.raises(NotAllowed):
        people.remove_person(member, lille, user_id=anne.user_id)


def test_an_operator_gives_somebody_an_account_without_a_password(session, lille, operator):
    user = people.add_person(
        operator, lille, name=" Luc Petit ", email=" Luc@Example.org", is_administrator=True
    )
    assert (user.name, user.email, user.password) == ("Luc Petit", "luc@example.org", None)
    assert actor_of(session, user.id).administers == {lille.id}


def test_an_account_needs_a_name_and_an_address_that_is_free(session, lille, operator, anne):
    with pytest.raises(Invalid, match="name"):
        people.add_person(operator, lille, name=" ", email="x@example.org")
    with pytest.raises(NotAllowed):
        people.add_person(anne, lille, name="Luc", email="x@example.org")
    people.add_person(operator, lille, name="Luc", email="x@example.org")
    with pytest.raises(Conflict):
        people.add_person(operator, lille, name="Lucia", email="X@example.org")

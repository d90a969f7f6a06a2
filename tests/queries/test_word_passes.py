"""Who holds a pass, and until when a copy may come back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access.actor import Role
from app.kernel.errors import NotFound
from app.kernel.ids import new_id
from app.models.agreements import Seat
from app.queries.word_passes import holder_of
from tests.factories.agreements import make_case


def seat_of(session, case, name, role=Role.LEGAL_CONTACT):
    return session.scalars(
        select(Seat).where(Seat.user_id == case.people[name].id, Seat.role == role)
    ).one()


def test_a_legal_contact_holds_it_until_the_deadline(session):
    case = make_case()
    held = holder_of(session, seat_of(session, case, "Lille").id, 1)
    assert (held.person.name, held.organisation.name) == ("Person Lille", "Lille")
    assert held.actor.voice_in(case.agreement.id) == case.organisations["Lille"].id
    closes = case.round.closes_at
    assert held.may_return(closes - timedelta(seconds=1))
    assert not held.may_return(closes)
    assert not holder_of(session, seat_of(session, case, "Lille").id, 2).may_return(
        case.round.opens_at
    )


def test_who_stands_elsewhere_too_stands_here_only(session):
    here, there = make_case(), make_case("Porto")
    person = here.people["Lille"]
    session.add(
        Seat(
            agreement_id=there.agreement.id,
            participant_id=there.participants["Porto"].id,
            user_id=person.id,
            role=Role.VOTER,
        )
    )
    session.commit()
    held = holder_of(session, seat_of(session, here, "Lille").id, 1)
    assert {one.agreement_id for one in held.actor.standings} == {here.agreement.id}


def test_nobody_holds_it_once_the_seat_the_person_or_the_party_is_gone(session):
    case = make_case()
    with pytest.raises(NotFound, match="no seat there"):
        holder_of(session, new_id(), 1)
    with pytest.raises(NotFound):
        holder_of(session, seat_of(session, case, "Lille", Role.VOTER).id, 1)
    case.people["Porto"].active = False
    case.participants["Lille"].left_at = case.round.opens_at
    session.commit()
    for name in ("Porto", "Lille"):
        with pytest.raises(NotFound):
            holder_of(session, seat_of(session, case, name).id, 1)


def test_a_facilitator_who_has_a_seat_too_holds_it_for_the_seat_alone(session):
    case = make_case()
    person = case.people["Lille"]
    session.add(Seat(agreement_id=case.agreement.id, user_id=person.id, role=Role.FACILITATOR))
    session.commit()
    held = holder_of(session, seat_of(session, case, "Lille").id, 1)
    assert {one.role for one in held.actor.standings} == {Role.LEGAL_CONTACT}
    assert held.actor.is_narrowed

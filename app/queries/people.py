"""People: who somebody is and where they stand."""

import uuid

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor, Role, Standing
from app.kernel.errors import NotAllowed, NotFound
from app.models.agreements import Participant, Seat
from app.models.people import Membership, Organisation, User


def actor_of(session: Session, user_id: uuid.UUID) -> Actor:
    """A person with everything they stand for, read now: three statements. Raises NotFound."""
    person = session.execute(
        select(User.name, User.is_operator, User.active).where(User.id == user_id)
    ).one_or_none()
    if person is None or not person.active:
        raise NotFound("There is no such account.")
    belongs = session.execute(
        select(
            Membership.organisation_id,
            Membership.is_administrator,
            Participant.agreement_id,
            Participant.id,
            Participant.kind,
        )
        .outerjoin(
            Participant,
            and_(
                Participant.organisation_id == Membership.organisation_id,
                Participant.left_at.is_(None),
            ),
        )
        .where(Membership.user_id == user_id)
    ).all()
    return Actor(
        user_id=user_id,
        name=person.name,
        is_operator=person.is_operator,
        organisations=frozenset(row.organisation_id for row in belongs),
        administers=frozenset(row.organisation_id for row in belongs if row.is_administrator),
        standings=frozenset(
            Standing(
                row.agreement_id, Role.MEMBER, row.organisation_id, row.id, row.kind == "party"
            )
            for row in belongs
            if row.agreement_id is not None
        )
        | _seats_of(session, user_id),
    )


def _seats_of(session: Session, user_id: uuid.UUID) -> frozenset[Standing]:
    rows = session.execute(
        select(
            Seat.agreement_id,
            Seat.role,
            Participant.organisation_id,
            Participant.id,
            Participant.kind,
            Participant.left_at,
        )
        .outerjoin(Participant, Participant.id == Seat.participant_id)
        .where(Seat.user_id == user_id)
    )
    return frozenset(
        Standing(row.agreement_id, Role(row.role), row.organisation_id, row.id, row.kind == "party")
        for row in rows
        if row.left_at is None
    )


def free_organisation_slug(session: Session, wanted: str) -> str:
    """A slug that no organisation and no page has yet: the wanted one, or with the next number."""
    taken = {
        "new",
        *session.scalars(select(Organisation.slug).where(Organisation.slug.startswith(wanted))),
    }
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def speaks_for(
    session: Session,
    actor: Actor,
    agreement_id: uuid.UUID,
    on_behalf_of: Organisation | None = None,
) -> Organisation | None:
    """The organisation an actor's words count for; None for the facilitator's own.

    A facilitator may enter what an organisation sent by mail or phone. Raises NotAllowed where
    somebody else would speak for another organisation.
    """
    facilitates = bool(actor.stands_in(agreement_id, Role.FACILITATOR))
    if on_behalf_of is not None:
        if not facilitates:
            raise NotAllowed("Only the facilitator enters what another organisation sent.")
        return on_behalf_of
    seats = actor.stands_in(agreement_id, Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY)
    if facilitates and not seats:
        return None
    own = {seat.organisation_id for seat in seats if seat.role is Role.LEGAL_CONTACT} or {
        seat.organisation_id for seat in seats
    }
    return session.get(Organisation, min(own, key=str)) if own else None

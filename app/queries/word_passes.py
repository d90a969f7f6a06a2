"""Who holds a pass to a copy in Word, and what it is good for now."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import Actor, Role
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Participant, Seat, Version
from app.models.people import Organisation, User
from app.models.rounds import Round
from app.queries.people import actor_of

_GONE = said("This link was for somebody who has no seat there any more.")


@dataclass(frozen=True)
class Holder:
    """The legal contact a copy was sent to. `round` is that of the version, none before the first.

    `actor` stands in that seat only; `is_latest`: no other round has followed.
    """

    person: User
    organisation: Organisation
    agreement: Agreement
    version: int
    round: Round | None
    actor: Actor
    is_latest: bool = False

    def may_return(self, now: datetime) -> bool:
        """Whether a copy of that version may still come back."""
        held = self.round
        return (
            held is not None and held.settled_at is None and held.opens_at <= now < held.closes_at
        )


def holder_of(session: Session, seat_id: uuid.UUID, version: int) -> Holder:
    """The person in a seat with the version. Raises NotFound where the seat or person is gone."""
    row = session.execute(
        select(Seat, User, Organisation, Agreement)
        .join(User, User.id == Seat.user_id)
        .join(Participant, Participant.id == Seat.participant_id)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .join(Agreement, Agreement.id == Seat.agreement_id)
        .where(
            Seat.id == seat_id,
            Seat.role == Role.LEGAL_CONTACT,
            Participant.left_at.is_(None),
            User.active,
        )
    ).one_or_none()
    if row is None:
        raise NotFound(_GONE)
    seat, person, organisation, agreement = row
    held = session.scalars(
        select(Round)
        .join(Version, Version.id == Round.version_id)
        .where(Version.agreement_id == agreement.id, Version.number == version)
        .options(joinedload(Round.agreement))
        .order_by(Round.number.desc())
        .limit(1)
    ).one_or_none()
    newest = session.scalar(
        select(func.max(Round.number)).where(Round.agreement_id == agreement.id)
    )
    actor = actor_of(session, person.id)
    seated = frozenset(
        standing
        for standing in actor.stands_in(seat.agreement_id, Role.LEGAL_CONTACT)
        if standing.organisation_id == organisation.id
    )
    here = actor.narrowed_to(seated)
    is_latest = held is not None and held.number == newest
    return Holder(person, organisation, agreement, version, held, here, is_latest)

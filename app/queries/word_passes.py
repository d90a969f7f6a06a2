"""Who holds a pass to a copy in Word, and what it is good for now."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import Actor, Role
from app.kernel import clock
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Participant, Seat, Version
from app.models.people import Organisation, User
from app.models.rounds import Round
from app.queries import word_exports
from app.queries.people import actor_of
from app.queries.word_exports import Wish

STAYS = timedelta(days=90)
"""For how long after the next version is out a link still gives the copy and the answers."""

_LONGEST = timedelta(days=365)
"""For how long after its deadline, where no version follows."""

_GONE = said("This link was for somebody who has no seat there any more.")
_ENDED = said(
    "This link has ended. Sign in to read the agreement, or take the link of a later letter."
)


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

    @property
    def ends_at(self) -> datetime | None:
        """When the link ends; None before a round, and while the next version isn't out."""
        held = self.round
        return held.settled_at + STAYS if held and held.settled_at else None

    def may_return(self, now: datetime) -> bool:
        """Whether a copy of that version may still come back."""
        held = self.round
        return (
            held is not None and held.settled_at is None and held.opens_at <= now < held.closes_at
        )


def holder_of(session: Session, seat_id: uuid.UUID, version: int) -> Holder:
    """The person in a seat with the version. Raises NotFound where one is gone, or it ended."""
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
    if held is not None and clock.utcnow() >= _end_of(held):
        raise NotFound(_ENDED)
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


def copy_for(held: Holder) -> Wish:
    """The copy that is sent: its version with the comments and the guidance."""
    return Wish("copy", version=held.version, comments=True, guidance=True)


def answers_for(session: Session, held: Holder) -> Wish:
    """The answers to what the holder's organisation said. Raises NotFound where there are none."""
    if held.round is None or not word_exports.is_answered(session, held.round):
        raise NotFound("Nothing is answered yet.")
    return Wish("answers", round=held.round.number, organisation=held.organisation.id)


def _end_of(held: Round) -> datetime:
    return held.settled_at + STAYS if held.settled_at else held.closes_at + _LONGEST

"""Whom one may mention in an agreement, and whom a text mentions."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.mentions import Mention, Target, mentions_in
from app.models.agreements import Participant, Seat
from app.models.people import Organisation, User


def mentionable(
    session: Session, agreement_id: uuid.UUID, audience: uuid.UUID | None = None
) -> Sequence[Target]:
    """The organisations that take part and the people with a seat, organisations first.

    `audience` is the organisation whose people alone may be reached; None where everybody may.
    Two statements.
    """
    organisations = (
        select(Organisation.id, Organisation.name, Organisation.code)
        .join(Participant, Participant.organisation_id == Organisation.id)
        .where(Participant.agreement_id == agreement_id, Participant.left_at.is_(None))
        .order_by(Organisation.name)
    )
    people = (
        select(User.id, User.name, Organisation.name.label("of"))
        .join(Seat, Seat.user_id == User.id)
        .outerjoin(Participant, Participant.id == Seat.participant_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Seat.agreement_id == agreement_id, Participant.left_at.is_(None), User.active)
        .distinct()
        .order_by(User.name, User.id, Organisation.name)
    )
    if audience is not None:
        organisations = organisations.where(Organisation.id == audience)
        people = people.where(Organisation.id == audience)
    found = [
        Target("organisation", row.id, row.name, row.code) for row in session.execute(organisations)
    ]
    seen: dict[uuid.UUID, Target] = {}
    for row in session.execute(people):
        seen.setdefault(row.id, Target("person", row.id, row.name, of=row.of or ""))
    return (*found, *seen.values())


def mentioned_in(
    session: Session, agreement_id: uuid.UUID, text: str, audience: uuid.UUID | None = None
) -> Sequence[Mention]:
    """Whom a text mentions, within an audience; nothing is asked where it has no @."""
    if "@" not in text:
        return ()
    return mentions_in(text, mentionable(session, agreement_id, audience))

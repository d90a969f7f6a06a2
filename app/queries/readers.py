"""Who has read the text of a round and what they did since, person by person.

People see their own organisation's reading, facilitators everybody's.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import can
from app.kernel import clock
from app.models.agreements import Agreement, Participant, Seat, Version
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, Vote
from app.models.comments import Comment, Thread
from app.models.people import Organisation, User
from app.models.reading import ReadMark
from app.models.rounds import Round

FRESH = timedelta(minutes=10)
"""A mark younger than this isn't written anew."""


@dataclass(frozen=True)
class Reader:
    """One person of a party: when they read the version of the round last, and what they did.

    `votes` are those of open ballots; who cast a confidential one is nobody's to know.
    """

    person: uuid.UUID
    name: str
    organisation_id: uuid.UUID
    organisation: str
    read_at: datetime | None
    comments: int
    amendments: int
    votes: int


def readers_of(
    session: Session, actor: Actor, agreement: Agreement, held: Round
) -> tuple[Reader, ...]:
    """The people of the parties by organisation, as far as the actor may know: five statements."""
    seated = (
        select(User.id, User.name, Organisation.id, Organisation.name)
        .join(Seat, Seat.user_id == User.id)
        .join(Participant, Participant.id == Seat.participant_id)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .where(
            Seat.agreement_id == agreement.id,
            Participant.kind == "party",
            Participant.left_at.is_(None),
        )
        .distinct()
        .order_by(Organisation.name, User.name, User.id)
    )
    if not can(actor, Permission.DESK_READ, agreement, clock.utcnow()):
        own = {one.organisation_id for one in actor.stands_in(agreement.id)}
        seated = seated.where(Organisation.id.in_({id_ for id_ in own if id_ is not None}))
    people = session.execute(seated).all()
    read = read_at(session, held.version_id)
    said, asked, cast = (_counts(session, query) for query in _done(held))
    return tuple(
        Reader(
            *row, read.get(row[0]), said.get(row[0], 0), asked.get(row[0], 0), cast.get(row[0], 0)
        )
        for row in people
    )


def read_at(session: Session, version_id: uuid.UUID) -> Mapping[uuid.UUID, datetime]:
    """When each person opened a version last; who never did is left out."""
    rows = session.execute(
        select(ReadMark.user_id, ReadMark.read_at).where(ReadMark.version_id == version_id)
    )
    return {row.user_id: row.read_at for row in rows}


def unnoted(session: Session, agreement: Agreement, number: int, person: uuid.UUID) -> Any:
    """The id of a version that a person opens; None where that was noted a moment ago."""
    last = select(ReadMark.read_at).where(
        ReadMark.version_id == Version.id, ReadMark.user_id == person
    )
    row = session.execute(
        select(Version.id, last.scalar_subquery().label("read_at")).where(
            Version.agreement_id == agreement.id, Version.number == number
        )
    ).one_or_none()
    if row is None or (row.read_at is not None and row.read_at > clock.utcnow() - FRESH):
        return None
    return row.id


def _done(held: Round) -> Sequence[Select[Any, int]]:
    """What each person said, proposed and voted openly in a round, to be counted."""
    return (
        select(Comment.author_id, func.count())
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Thread.round_id == held.id, Comment.retracted_at.is_(None))
        .group_by(Comment.author_id),
        select(AmendmentRow.author_id, func.count())
        .where(AmendmentRow.round_id == held.id, AmendmentRow.number.is_not(None))
        .group_by(AmendmentRow.author_id),
        select(Vote.cast_by, func.count())
        .join(Ballot, Ballot.id == Vote.ballot_id)
        .where(Vote.is_live, Ballot.round_id == held.id, Ballot.voided_at.is_(None))
        .group_by(Vote.cast_by),
    )


def _counts(session: Session, query: Select[Any, int]) -> Mapping[uuid.UUID, int]:
    return {row[0]: row[1] for row in session.execute(query).all()}

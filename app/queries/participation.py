"""Who took part in a round: which organisations commented, proposed, voted."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, RollEntry, Vote
from app.models.comments import Comment, Thread
from app.models.rounds import Round
from app.queries.agreements import participants_of
from app.queries.comments import Speaker
from app.queries.reading import session as this_session


@dataclass(frozen=True)
class Seat:
    """One party and what it did in the round. `votes` of the `ballots` it was on the roll of."""

    org: Speaker
    comments: int
    amendments: int
    votes: int
    ballots: int

    @property
    def took_part(self) -> bool:
        """Whether it did anything at all."""
        return bool(self.comments or self.amendments or self.votes)


@dataclass(frozen=True)
class Participation:
    """All parties by name, and how many ballots the round had."""

    seats: tuple[Seat, ...]
    ballots: int


def participation_in(held: Round) -> Participation:
    """What every party did in a round: six statements, whatever the number of parties."""
    session = this_session()
    said = _by_organisation(session, held, Comment)
    proposed = _by_organisation(session, held, AmendmentRow)
    enrolled, secret = _rolls(session, held)
    cast = _votes(session, held)
    seats = [
        Seat(
            Speaker(one.organisation.name, one.organisation.code, one.colour),
            said.get(one.organisation_id, 0),
            proposed.get(one.organisation_id, 0),
            cast.get(one.organisation_id, 0) + secret.get(one.organisation_id, 0),
            enrolled.get(one.organisation_id, 0),
        )
        for one in participants_of(session, held.agreement_id)
        if one.kind == "party"
    ]
    seats.sort(key=lambda seat: seat.org.name.casefold())
    return Participation(tuple(seats), _ballots(session, held))


def _by_organisation(
    session: Session, held: Round, kind: type[Comment] | type[AmendmentRow]
) -> Mapping[uuid.UUID, int]:
    query = select(kind.organisation_id, func.count()).group_by(kind.organisation_id)
    if kind is Comment:
        query = query.join(Thread, Thread.id == Comment.thread_id).where(
            Thread.round_id == held.id, Comment.retracted_at.is_(None)
        )
    else:
        query = query.where(AmendmentRow.round_id == held.id, AmendmentRow.number.is_not(None))
    rows = session.execute(query).all()
    return {row[0]: row[1] for row in rows if row[0] is not None}


def _rolls(
    session: Session, held: Round
) -> tuple[Mapping[uuid.UUID, int], Mapping[uuid.UUID, int]]:
    """On how many rolls each organisation is, and in how many secret ballots it took part."""
    rows = session.execute(
        select(
            RollEntry.organisation_id,
            func.count(),
            func.count().filter(RollEntry.took_part),
        )
        .join(Ballot, Ballot.id == RollEntry.ballot_id)
        .where(*_held_in(held))
        .group_by(RollEntry.organisation_id)
    ).all()
    return {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}


def _votes(session: Session, held: Round) -> Mapping[uuid.UUID, int]:
    rows = session.execute(
        select(Vote.organisation_id, func.count())
        .join(Ballot, Ballot.id == Vote.ballot_id)
        .where(Vote.is_live, *_held_in(held))
        .group_by(Vote.organisation_id)
    ).all()
    return {row[0]: row[1] for row in rows}


def _ballots(session: Session, held: Round) -> int:
    return session.scalar(select(func.count()).select_from(Ballot).where(*_held_in(held))) or 0


def _held_in(held: Round) -> tuple[ColumnElement[bool], ...]:
    return (Ballot.round_id == held.id, Ballot.voided_at.is_(None))

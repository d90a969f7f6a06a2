"""All agreements somebody takes part in, each with where it stands and what ends next."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor, Role
from app.domain.lifecycle import WORDS, AgreementState
from app.kernel import clock
from app.kernel.said import said
from app.models.agreements import Agreement, Participant, Version
from app.models.ballots import Ballot
from app.models.rounds import Round
from app.queries.agreements import agreements_of
from app.queries.reading import session as this_session
from app.queries.reading_room import sentence_of


@dataclass(frozen=True)
class Volume:
    """One agreement on the shelf."""

    title: str
    slug: str
    state: str
    sentence: str
    version: int
    participants: int
    deadline: datetime | None
    deadline_words: str
    is_facilitator: bool


def shelf_of(actor: Actor) -> tuple[Volume, ...]:
    """What the actor takes part in: the next deadline first, then the newest. Four statements."""
    session, now = this_session(), clock.utcnow()
    held = agreements_of(actor)
    ids = [agreement.id for agreement in held]
    rounds = _latest_rounds(session, ids)
    closing = _next_ballots(session, ids, now)
    counts = _counts(session, ids)
    volumes = [
        _volume(actor, agreement, rounds.get(agreement.id), closing, counts[agreement.id], now)
        for agreement in held
    ]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return tuple(sorted(volumes, key=lambda volume: volume.deadline or far))


def _volume(
    actor: Actor,
    agreement: Agreement,
    latest: Round | None,
    closing: Mapping[uuid.UUID, datetime],
    counts: tuple[int, int],
    now: datetime,
) -> Volume:
    state = AgreementState(agreement.state)
    deadline, words = closing.get(agreement.id), said("Voting closes")
    consults = state is AgreementState.CONSULTATION and latest is not None
    if consults and latest is not None and now < latest.closes_at:
        deadline, words = latest.closes_at, said("Comments close")
    return Volume(
        title=agreement.title,
        slug=agreement.slug,
        state=WORDS[state],
        sentence=sentence_of(state, latest, now),
        version=counts[0],
        participants=counts[1],
        deadline=deadline,
        deadline_words=words,
        is_facilitator=bool(actor.stands_in(agreement.id, Role.FACILITATOR)),
    )


def _latest_rounds(session: Session, ids: list[uuid.UUID]) -> Mapping[uuid.UUID, Round]:
    rows = session.scalars(select(Round).where(Round.agreement_id.in_(ids)).order_by(Round.number))
    return {row.agreement_id: row for row in rows}


def _next_ballots(
    session: Session, ids: list[uuid.UUID], now: datetime
) -> Mapping[uuid.UUID, datetime]:
    rows = session.execute(
        select(Ballot.agreement_id, func.min(Ballot.closes_at))
        .where(
            Ballot.agreement_id.in_(ids),
            Ballot.voided_at.is_(None),
            Ballot.counted_at.is_(None),
            Ballot.closes_at > now,
        )
        .group_by(Ballot.agreement_id)
    )
    return dict(rows.all())


def _counts(session: Session, ids: list[uuid.UUID]) -> Mapping[uuid.UUID, tuple[int, int]]:
    """The number of the latest version, and of those who take part, by agreement."""
    newest = (
        select(func.max(Version.number))
        .where(Version.agreement_id == Agreement.id)
        .correlate(Agreement)
        .scalar_subquery()
    )
    taking_part = (
        select(func.count())
        .select_from(Participant)
        .where(Participant.agreement_id == Agreement.id, Participant.left_at.is_(None))
        .correlate(Agreement)
        .scalar_subquery()
    )
    rows = session.execute(select(Agreement.id, newest, taking_part).where(Agreement.id.in_(ids)))
    return {row_id: (version or 0, people) for row_id, version, people in rows}

"""Rounds: the one going on, all of an agreement, and what a facilitator may do next."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.domain.lifecycle import is_open
from app.kernel.errors import WrongMoment
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from app.models.rounds import Round
from app.queries.agreements import round_of


@dataclass(frozen=True)
class RoundLine:
    """One round with what was contributed in it."""

    row: Round
    number: int
    version: int
    opens_at: datetime
    closes_at: datetime
    is_open: bool
    is_settled: bool
    threads: int
    amendments: int
    question: str


def rounds_of(session: Session, agreement_id: uuid.UUID, now: datetime) -> Sequence[RoundLine]:
    """All rounds of an agreement, the newest first, in one statement."""
    threads = (
        select(func.count()).where(Thread.round_id == Round.id).correlate(Round).scalar_subquery()
    )
    amendments = (
        select(func.count())
        .where(AmendmentRow.round_id == Round.id, AmendmentRow.number.is_not(None))
        .correlate(Round)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Round, threads, amendments)
        .where(Round.agreement_id == agreement_id)
        .options(joinedload(Round.version), joinedload(Round.agreement))
        .order_by(Round.number.desc())
    )
    return [
        RoundLine(
            row=row,
            number=row.number,
            version=row.version.number,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            is_open=is_open(now, row.opens_at, row.closes_at),
            is_settled=row.settled_at is not None,
            threads=said,
            amendments=proposed,
            question=row.question,
        )
        for row, said, proposed in rows
    ]


def latest_round(session: Session, agreement: Agreement) -> Round:
    """The latest round. Raises WrongMoment before the first is opened."""
    found = round_of(session, agreement.id)
    if found is None:
        raise WrongMoment(
            "No round is open yet. Comments are taken once the facilitator opens one."
        )
    return found

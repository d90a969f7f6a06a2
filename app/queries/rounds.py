"""Rounds: the one going on, all of an agreement, and what a facilitator may do next."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import can
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import is_open
from app.kernel import clock
from app.kernel.errors import NotFound, WrongMoment
from app.kernel.said import said
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.clauses import tree_of
from app.models.comments import Thread
from app.models.rounds import Round
from app.queries.agreements import round_of
from app.queries.reading import session as this_session
from app.queries.versions import with_clauses


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
        .options(_VERSION, joinedload(Round.agreement))
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


def round_for_writing(actor: Actor, slug: str) -> Round:
    """The latest round of an agreement with its version, in one statement, to write in it.

    Raises NotFound where the actor may not know of the agreement, WrongMoment before the first
    round.
    """
    row = this_session().execute(_FOR_WRITING, {"slug": slug}).one_or_none()
    if row is None or not can(actor, Permission.AGREEMENT_READ, row.Agreement, clock.utcnow()):
        raise NotFound("There is no such agreement, or you take no part in it.")
    if row.Round is None:
        raise WrongMoment(_NONE_YET)
    found: Round = row.Round
    return found


# Without what a template says beside the text: that is long, and asked for a quotation alone.
_VERSION = joinedload(Round.version).defer(Version.beside)
_FOR_WRITING = (
    select(Agreement, Round)
    .outerjoin(Round, Round.agreement_id == Agreement.id)
    .where(Agreement.slug == bindparam("slug", type_=String()))
    .order_by(Round.number.desc())
    .limit(1)
    .options(contains_eager(Round.agreement), _VERSION)
)
_NONE_YET = said("No round is open yet. Comments are taken once the facilitator opens one.")


def text_of(session: Session, opened: Round) -> ClauseTree:
    """The text that a round is about."""
    return tree_of(with_clauses(session, opened.version))


def latest_round(session: Session, agreement: Agreement) -> Round:
    """The latest round. Raises WrongMoment before the first is opened."""
    found = round_of(session, agreement.id)
    if found is None:
        raise WrongMoment(_NONE_YET)
    return found

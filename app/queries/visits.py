"""Visits: since when things are new to somebody who comes back."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.audit import AuditEntry, AuditHead
from app.models.people import User
from app.models.visits import Visit

APART = timedelta(minutes=45)
"""Who comes back sooner is on the same visit, and is shown the same things again."""

FRESH = timedelta(minutes=2)
"""A look younger than this isn't noted anew."""


@dataclass(frozen=True)
class CurrentVisit:
    """Where a visit stands: new is what follows entry `since`, told up to entry `now`.

    `at` is when the visit before ended, none for somebody who was never here; `is_fresh` says that
    this look need not be noted.
    """

    since: int
    now: int
    at: datetime | None
    is_fresh: bool


def current_visit(session: Session, user_id: uuid.UUID | None, now: datetime) -> CurrentVisit:
    """Where somebody's visit stands at this moment, in one statement."""
    end = func.coalesce(select(AuditHead.seq).scalar_subquery(), 0).label("seq")
    row = session.execute(
        select(end, Visit)
        .select_from(User)
        .outerjoin(Visit, Visit.user_id == User.id)
        .where(User.id == user_id)
    ).one_or_none()
    if row is None:
        return CurrentVisit(0, 0, None, is_fresh=True)
    held: Visit | None = row.Visit
    if held is None:
        return CurrentVisit(row.seq, row.seq, None, is_fresh=False)
    since, at = begun(held, now)
    return CurrentVisit(since, row.seq, at, is_fresh=now - held.seen_at < FRESH)


def begun(held: Visit, now: datetime) -> tuple[int, datetime]:
    """Up to where the visit before this one told, and when that was."""
    if now - held.seen_at >= APART:
        return held.seen_seq, held.seen_at
    return held.since_seq, held.since_at


def entry_at(session: Session, moment: datetime) -> int:
    """How far the record had come at a moment; 0 before its first entry. One statement."""
    query = (
        select(AuditEntry.seq)
        .where(AuditEntry.at <= moment)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return session.scalar(query) or 0

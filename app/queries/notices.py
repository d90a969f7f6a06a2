"""Notices: a person's inbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.ledger import wording
from app.models.agreements import Agreement
from app.models.audit import AuditEntry
from app.models.notices import Notice
from app.models.people import User
from app.queries.reading import session

PAGE = 50


@dataclass(frozen=True)
class NoticeLine:
    """One notice: what happened, where, when; `noun` and `value` say what can be opened."""

    sentence: str
    agreement: str
    slug: str | None
    noun: str
    value: Any
    at: datetime
    is_read: bool


def unread_of(actor: Actor) -> int:
    """How many notices a person has not read."""
    return (
        session().scalar(
            select(func.count())
            .select_from(Notice)
            .where(Notice.user_id == actor.user_id, Notice.read_at.is_(None))
        )
        or 0
    )


def inbox_of(actor: Actor, zone: str, *, only_unread: bool = False) -> Sequence[NoticeLine]:
    """A person's latest notices, the newest first, in one statement."""
    doer = aliased(User)
    query = (
        select(
            *(Notice.tag, Notice.data, Notice.created_at, Notice.read_at),
            *(doer.name.label("doer"), Agreement.title, Agreement.slug),
        )
        .join(AuditEntry, AuditEntry.seq == Notice.seq)
        .outerjoin(doer, doer.id == AuditEntry.actor_id)
        .outerjoin(Agreement, Agreement.id == Notice.agreement_id)
        .where(Notice.user_id == actor.user_id)
        .order_by(Notice.seq.desc())
        .limit(PAGE)
    )
    if only_unread:
        query = query.where(Notice.read_at.is_(None))
    return [_line(row, zone) for row in session().execute(query)]


def _line(row: Any, zone: str) -> NoticeLine:
    noun, value = wording.about(row.tag, row.data)
    return NoticeLine(
        sentence=wording.told(row.tag, row.data, row.doer or "", zone),
        agreement=row.title or "",
        slug=row.slug,
        noun=noun,
        value=value,
        at=row.created_at,
        is_read=row.read_at is not None,
    )

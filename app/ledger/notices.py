"""Notices: a row for each person who should hear, in the transaction of what happened."""

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table, insert, literal, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.domain.events import Event
from app.ledger import recipients
from app.models.audit import AuditEntry
from app.models.base import RandomId
from app.models.notices import Notice

_NOTICES = cast("Table", Notice.__table__)


def enqueue(session: Session, actor: Actor, happened: Iterable[tuple[Event, AuditEntry]]) -> None:
    """Tell those who should hear, but not the one who did it; one statement for each event."""
    for event, entry in happened:
        told = recipients.of(entry.agreement_id, event)
        if told is None:
            continue
        people = told.distinct().subquery()
        said = {
            "agreement_id": entry.agreement_id,
            "seq": entry.seq,
            "tag": entry.tag,
            "data": entry.data,
            "created_at": entry.at,
            "mail": "due",
            "tries": 0,
        }
        values: list[Any] = [literal(value, _NOTICES.c[name].type) for name, value in said.items()]
        rows = select(RandomId(), people.c.user_id, *values)
        if actor.user_id is not None:
            rows = rows.where(people.c.user_id != actor.user_id)
        session.execute(insert(_NOTICES).from_select(["id", "user_id", *said], rows))

"""Notices: a row for each person who should hear, in the transaction of what happened."""

from collections.abc import Iterable

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.domain.events import Event
from app.kernel.ids import new_id
from app.ledger import recipients
from app.models.audit import AuditEntry
from app.models.notices import Notice


def enqueue(session: Session, actor: Actor, happened: Iterable[tuple[Event, AuditEntry]]) -> None:
    """Tell those who should hear, but not the one who did it."""
    rows = [
        {
            "id": new_id(),
            "user_id": user_id,
            "agreement_id": entry.agreement_id,
            "seq": entry.seq,
            "tag": entry.tag,
            "data": entry.data,
            "created_at": entry.at,
            "mail": "due",
            "tries": 0,
        }
        for event, entry in happened
        for user_id in sorted(
            recipients.of(session, entry.agreement_id, event) - {actor.user_id}, key=str
        )
    ]
    if rows:
        session.flush()
        session.execute(insert(Notice), rows)

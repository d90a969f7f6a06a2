"""What an action has to know behind its lock: who acts, at what moment, where the record ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.ledger.audit import End
from app.models.audit import AuditHead
from app.models.base import DatabaseClock, deciding, decision_time
from app.queries.people import STANDINGS, actor_from


@dataclass(frozen=True)
class Facts:
    """Who acts, as they stand now; the moment that decides; the end of the record, if known."""

    actor: Actor
    now: datetime
    end: End | None = None


def facts_of(session: Session, actor: Actor) -> Facts:
    """What holds now that the lock is held, in one statement; a removed member has no right left.

    Raises NotFound where the account is gone.
    """
    if actor.user_id is None:
        return Facts(actor, decision_time(session))
    rows: Sequence[Any] = session.execute(_FACTS, {"user_id": actor.user_id}).all()
    fresh = actor_from(actor.user_id, rows)
    now = deciding(rows[0].moment)
    end = None if rows[0].seq is None else End(rows[0].seq, rows[0].hash)
    return Facts(fresh.narrowed_to(actor.standings) if actor.is_narrowed else fresh, now, end)


_standings = STANDINGS.subquery()
_FACTS = (
    select(*_standings.c, AuditHead.seq, AuditHead.hash, DatabaseClock().label("moment"))
    .select_from(_standings)
    .outerjoin(AuditHead, true())
    .order_by(_standings.c.place)
)

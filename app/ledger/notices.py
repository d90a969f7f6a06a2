"""Notices: a row for each person who should hear, in the transaction of what happened."""

import uuid
from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Select, Table, bindparam, insert, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.domain.events import Event
from app.ledger import recipients
from app.models.audit import AuditEntry
from app.models.base import RandomId
from app.models.notices import Notice

_NOTICES = cast("Table", Notice.__table__)
_SAID = ("agreement_id", "seq", "tag", "data", "created_at", "mail", "tries")


def enqueue(session: Session, actor: Actor, happened: Iterable[tuple[Event, AuditEntry]]) -> None:
    """Tell those who should hear, but not the one who did it; one statement for each event."""
    for event, entry in happened:
        told = recipients.of(entry.agreement_id, event)
        if told is None:
            continue
        said = (entry.agreement_id, entry.seq, entry.tag, entry.data, entry.at, "due", 0)
        values = {f"said_{name}": value for name, value in zip(_SAID, said, strict=True)}
        spared = {"spared": actor.user_id} if actor.user_id is not None else {}
        telling = _telling(told.people, spares_one=bool(spared))
        session.execute(telling, {**told.values, **values, **spared})


@cache
def _telling(people: Select[uuid.UUID], *, spares_one: bool) -> Insert:
    """A notice for each of these people; built once for each way of finding them."""
    found = people.distinct().subquery()
    said: list[Any] = [bindparam(f"said_{name}", type_=_NOTICES.c[name].type) for name in _SAID]
    rows = select(RandomId(), found.c.user_id, *said)
    if spares_one:
        rows = rows.where(found.c.user_id != bindparam("spared", type_=_NOTICES.c.user_id.type))
    return insert(_NOTICES).from_select(["id", "user_id", *_SAID], rows)

"""The record: events become entries, each holding the hash of the one before it."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.domain.clauses import canonical_json
from app.domain.events import Event
from app.kernel.said import said
from app.models.audit import AuditEntry, AuditHead

GENESIS = "0" * 64

# What is checked is what the database holds, not what the session remembers.
_AS_STORED = {"populate_existing": True}


@dataclass(frozen=True)
class Fault:
    """The first place where the record does not hold, and why."""

    seq: int
    why: str


def write(
    session: Session,
    actor: Actor,
    now: datetime,
    agreement_id: uuid.UUID | None,
    events: Iterable[Event],
) -> list[AuditEntry]:
    """Append events to the record, in this transaction; the head is the last lock it takes."""
    session.flush()
    head = session.execute(_HEAD_TO_WRITE).one_or_none()
    seq, previous = head or (0, GENESIS)
    entries = []
    for event in events:
        entry = AuditEntry(
            seq=seq + 1,
            at=now,
            actor_id=actor.user_id,
            agreement_id=agreement_id,
            tag=event.tag,
            data=event.to_json(),
            previous=previous,
            only_for=_only_for(event),
        )
        entry.hash = entry_hash(entry)
        seq, previous = entry.seq, entry.hash
        entries.append(entry)
    session.execute(_APPEND, [_columns(entry) for entry in entries])
    session.execute(_MOVE if head else _FOUND, _end_at(seq, previous, head))
    return entries


def _only_for(event: Event) -> uuid.UUID | None:
    """The organisation that alone may know of an event; its id is in the event, and so hashed."""
    told = event.to_json().get("organisation_id") if event.is_internal else None
    return uuid.UUID(told) if told else None


_ENTRIES, _HEADS = (cast("Table", kind.__table__) for kind in (AuditEntry, AuditHead))
_HEAD_TO_WRITE = select(_HEADS.c.seq, _HEADS.c.hash).with_for_update()
_APPEND, _MOVE, _FOUND = insert(_ENTRIES), update(_HEADS), insert(_HEADS)


def _columns(entry: AuditEntry) -> dict[str, Any]:
    return {column.key: getattr(entry, column.key) for column in _ENTRIES.c}


def _end_at(seq: int, last: str, head: object) -> dict[str, Any]:
    values = {"seq": seq, "hash": last}
    return values if head else {"id": 1, **values}


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over a zero byte and the canonical JSON of everything but the hash itself."""
    return hash_of(exported(entry))


def exported(entry: AuditEntry) -> dict[str, Any]:
    """An entry as it leaves the house, without its hash: what anyone can check offline."""
    return {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "agreement": str(entry.agreement_id) if entry.agreement_id else None,
        "tag": entry.tag,
        "data": entry.data,
        "previous": entry.previous,
    }


def hash_of(fields: dict[str, Any]) -> str:
    """The hash of an exported entry."""
    return hashlib.sha256(b"\x00" + canonical_json(fields).encode()).hexdigest()


def verify(session: Session) -> tuple[int, Fault | None]:
    """Recompute the whole chain: how many entries it has, and its first fault if there is one."""
    previous, seq = GENESIS, 0
    chain = select(AuditEntry).order_by(AuditEntry.seq)
    for entry in session.scalars(chain, execution_options=_AS_STORED).yield_per(500):
        seq += 1
        if entry.seq != seq:
            return seq, Fault(seq, said("entry {seq} is missing"))
        if entry.previous != previous:
            return seq, Fault(seq, said("entry {seq} does not follow the one before it"))
        if entry.hash != entry_hash(entry):
            return seq, Fault(seq, said("entry {seq} was changed"))
        previous = entry.hash
    head = session.scalars(select(AuditHead), execution_options=_AS_STORED).one_or_none()
    if ((head.seq, head.hash) if head else (0, GENESIS)) != (seq, previous):
        return seq, Fault(seq + 1, said("the head names an entry that is not there"))
    return seq, None

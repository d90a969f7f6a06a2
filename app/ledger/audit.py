"""The record: events become entries, each holding the hash of the one before it."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, Integer, Table, bindparam, insert, select
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


class End(NamedTuple):
    """Where the record ends: the number and the hash of its last entry."""

    seq: int
    hash: str


def write(
    session: Session,
    actor: Actor,
    now: datetime,
    agreement_id: uuid.UUID | None,
    events: Iterable[Event],
    end: End | None = None,
) -> list[AuditEntry]:
    """Append events to the record, in this transaction; the head is the last lock it takes.

    `end` is where the record ended when somebody looked without a lock. The first entry is taken
    only where the record still ends so; else the head is locked, and the entries are made anew.
    """
    session.flush()
    told = tuple(events)

    def chained(last: End) -> list[AuditEntry]:
        return list(_chained(last, actor, now, agreement_id, told))

    entries = chained(end or _locked_end(session))
    if not _is_taken(session, entries[0]):
        entries = chained(_locked_end(session))
        if not _is_taken(session, entries[0]):
            raise AssertionError("the end of the record moved behind its lock")
    if len(entries) > 1:
        session.execute(_APPEND, [_columns(entry) for entry in entries[1:]])
    return entries


def _chained(
    end: End,
    actor: Actor,
    now: datetime,
    agreement_id: uuid.UUID | None,
    events: Iterable[Event],
) -> Iterator[AuditEntry]:
    for event in events:
        entry = AuditEntry(
            seq=end.seq + 1,
            at=now,
            actor_id=actor.user_id,
            agreement_id=agreement_id,
            tag=event.tag,
            data=event.to_json(),
            previous=end.hash,
            only_for=_only_for(event),
        )
        entry.hash = entry_hash(entry)
        end = End(entry.seq, entry.hash)
        yield entry


def _is_taken(session: Session, entry: AuditEntry) -> bool:
    """Append an entry, if the record still ends where it was made for; this locks the head."""
    values = {f"new_{name}": value for name, value in _columns(entry).items()}
    taken = session.execute(_APPEND_AT_END, {**values, "end": entry.seq - 1})
    return bool(cast("CursorResult[Any]", taken).rowcount)


def _locked_end(session: Session) -> End:
    """Where the record ends, with the head locked; the first of all writers makes the head."""
    head = session.execute(_HEAD_TO_WRITE).one_or_none()
    if head is None:
        session.execute(insert(_HEADS), {"id": 1, "seq": 0, "hash": GENESIS})
        return End(0, GENESIS)
    return End(*head)


def _only_for(event: Event) -> uuid.UUID | None:
    """The organisation that alone may know of an event; its id is in the event, and so hashed."""
    told = event.to_json().get("organisation_id") if event.is_internal else None
    return uuid.UUID(told) if told else None


_ENTRIES, _HEADS = (cast("Table", kind.__table__) for kind in (AuditEntry, AuditHead))
_HEAD_TO_WRITE = select(_HEADS.c.seq, _HEADS.c.hash).with_for_update()

# A trigger moves the head to each new entry, and refuses one that doesn't follow it.
_APPEND = insert(_ENTRIES)
_NEW = {column.key: bindparam(f"new_{column.key}", type_=column.type) for column in _ENTRIES.c}
_APPEND_AT_END = (
    insert(_ENTRIES)
    .from_select(
        list(_NEW),
        select(*_NEW.values())
        .where(_HEADS.c.seq == bindparam("end", type_=Integer()), _HEADS.c.hash == _NEW["previous"])
        .with_for_update(),
    )
    .execution_options(preserve_rowcount=True)
)


def _columns(entry: AuditEntry) -> dict[str, Any]:
    return {column.key: getattr(entry, column.key) for column in _ENTRIES.c}


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

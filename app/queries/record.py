"""The record as a whole: how long it is, and whether it holds."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.said import said
from app.ledger import audit
from app.models.audit import AuditHead


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many entries there are, and the hash of the last."""

    count: int
    hash: str


def head_of(session: Session) -> Head:
    """Where the record ends now: one statement."""
    head = session.scalars(select(AuditHead)).one_or_none()
    return Head(head.seq, head.hash) if head else Head(0, audit.GENESIS)


def verify(session: Session) -> tuple[int, str | None]:
    """How many entries the record has, and what is wrong with the first that doesn't hold."""
    count, fault = audit.verify(session)
    return count, said(fault.why, seq=fault.seq) if fault else None

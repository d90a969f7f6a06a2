"""The record: append-only, each entry holding the hash of the one before."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Json, UTCDateTime


class AuditEntry(Base):
    """One event. Triggers refuse any change or deletion. `seq` has no gaps and starts at 1.

    `only_for` is the organisation that alone may know of it; none is everybody, unless the kind
    of the event is internal: then it is the facilitator's own.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_agreement", "agreement_id", "seq"),
        Index("ix_audit_entry_only_for", "agreement_id", "only_for", "seq"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    agreement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agreement.id"))
    tag: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    previous: Mapped[str] = mapped_column(String(64))
    only_for: Mapped[uuid.UUID | None] = mapped_column()
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the chain: locked last by every writer, so that the record has one order."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="there_is_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column(String(64))

"""Notices: one row is both the line in the inbox and the outgoing mail."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, Json, UTCDateTime


class Notice(Identified, Base):
    """Tells one person of one event. `mail` is none, due, sent or failed."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint("mail in ('none', 'due', 'sent', 'failed')", name="mail_is_known"),
        Index("ix_notice_inbox", "user_id", "read_at", "created_at"),
        Index("ix_notice_mail", "mail"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    agreement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    seq: Mapped[int] = mapped_column(ForeignKey("audit_entry.seq"))
    tag: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    mail: Mapped[str] = mapped_column(String(8), default="due")
    tries: Mapped[int] = mapped_column(default=0)

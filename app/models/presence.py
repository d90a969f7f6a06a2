"""Who is where: one row a person and place, with the moment they were last seen there."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UTCDateTime


class Presence(Base):
    """One person at one place of an agreement, reading or writing. No event, and soon gone."""

    __tablename__ = "presence"
    __table_args__ = (
        CheckConstraint("doing in ('reading', 'writing')", name="doing_is_known"),
        Index("ix_presence_place", "agreement_id", "place", "seen_at"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(80), primary_key=True)
    doing: Mapped[str] = mapped_column(String(8), default="reading")
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)

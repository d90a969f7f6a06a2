"""Visits: up to where somebody was told what happened when they came last. Not on the record."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UTCDateTime


class Visit(Base):
    """One person's visit to Home, still going on or the last one, and the one before it.

    `seen_seq` is the entry of the record that Home told up to when they looked last, at `seen_at`;
    `since_seq` and `since_at` are the same of the visit before.
    """

    __tablename__ = "visit"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    seen_seq: Mapped[int] = mapped_column()
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    since_seq: Mapped[int] = mapped_column()
    since_at: Mapped[datetime] = mapped_column(UTCDateTime)

"""Alternatives: amendments declared to exclude each other."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UTCDateTime


class Alternative(Base):
    """One amendment of a set; those with the same `number` in a round exclude each other."""

    __tablename__ = "alternative"

    amendment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("amendment.id"), primary_key=True)
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    number: Mapped[int] = mapped_column()
    declared_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    declared_at: Mapped[datetime] = mapped_column(UTCDateTime)

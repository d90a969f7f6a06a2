"""Rounds: one version open for comments and amendments between two moments."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agreements import Agreement, Version
from app.models.base import Base, Identified, UTCDateTime


class Round(Identified, Base):
    """A consultation round.

    Whether it is open is computed from the clock; settled once its version is out.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int] = mapped_column()
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("version.id"))
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    question: Mapped[str] = mapped_column(Text, default="")

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    version: Mapped[Version] = relationship(lazy="raise_on_sql")

"""Stances: where each organisation stands on a clause."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agreements import Version
from app.models.base import Base, Identified, UTCDateTime
from app.models.people import Organisation, User


class Stance(Identified, Base):
    """One organisation's stance on one clause, from -2 to 2; given anew it replaces the old one.

    `text_hash` is the hash of the clause with all below it as it read in `version`: where the
    text of today has another, it changed since. So nothing need be done when a version is out.
    `salt` keeps the record's commitment from being guessed.
    """

    __tablename__ = "stance"
    __table_args__ = (
        CheckConstraint("value between -2 and 2", name="value_is_known"),
        Index("uq_stance_place", "agreement_id", "clause_key", "organisation_id", unique=True),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    clause_key: Mapped[str] = mapped_column(String(28))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("version.id"))
    text_hash: Mapped[str] = mapped_column(String(64))
    value: Mapped[int] = mapped_column()
    reason: Mapped[str] = mapped_column(Text, default="")
    salt: Mapped[str] = mapped_column(String(64))
    given_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    version: Mapped[Version] = relationship(lazy="raise_on_sql")
    giver: Mapped[User] = relationship(foreign_keys=[given_by], lazy="raise_on_sql")

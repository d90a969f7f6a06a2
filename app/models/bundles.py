"""Bundles: uncontested amendments that are accepted together, unless one is pulled out in time."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.base import Base, Identified, UTCDateTime
from app.models.people import Organisation
from app.models.rounds import Round
from app.models.sentences import Sentences


class Bundle(Identified, Base):
    """Amendments of a round proposed to be accepted together.

    Until `closes_at`, exclusive, any of them can be pulled out; `accepted_at` is set once, when
    the rest was accepted.
    """

    __tablename__ = "bundle"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    number: Mapped[int] = mapped_column()
    reason: Mapped[str] = mapped_column(Text, default="")
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    proposed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    round: Mapped[Round] = relationship(lazy="raise_on_sql")
    items: Mapped[list["BundleItem"]] = relationship(back_populates="bundle", lazy="raise_on_sql")


class BundleItem(Base):
    """One amendment of a bundle: why it counted as uncontested, and who pulled it out."""

    __tablename__ = "bundle_item"

    bundle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("bundle.id"), primary_key=True)
    amendment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("amendment.id"), primary_key=True, index=True
    )
    reasons: Mapped[list[str]] = mapped_column(Sentences)
    pulled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    pulled_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    pulled_for: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))

    bundle: Mapped[Bundle] = relationship(back_populates="items", lazy="raise_on_sql")
    amendment: Mapped[AmendmentRow] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

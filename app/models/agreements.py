"""An agreement, who takes part in it, its draft and its immutable versions."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.lifecycle import AgreementState
from app.models.base import Base, Identified, Json, UTCDateTime, one_of
from app.models.people import Organisation, User

if TYPE_CHECKING:
    from app.models.clauses import ClauseRow


class Agreement(Identified, Base):
    """The deal.

    `threshold` is how many signatures bring it into force; none means all parties asked.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        one_of("state", AgreementState),
        CheckConstraint("threshold is null or threshold > 0", name="threshold_is_positive"),
    )

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(20), default=AgreementState.DRAFTING)
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Brussels")
    scenario: Mapped[str] = mapped_column(String(40), default="")
    template_slug: Mapped[str] = mapped_column(String(80), default="")
    template_version: Mapped[str] = mapped_column(String(20), default="")
    framework_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agreement.id"))
    threshold: Mapped[int | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    adopted_version: Mapped[int | None] = mapped_column()
    in_force_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    next_thread: Mapped[int] = mapped_column(default=1)
    next_amendment: Mapped[int] = mapped_column(default=1)
    next_ballot: Mapped[int] = mapped_column(default=1)

    participants: Mapped[list["Participant"]] = relationship(
        back_populates="agreement", lazy="raise_on_sql", order_by="Participant.joined_at"
    )
    seats: Mapped[list["Seat"]] = relationship(back_populates="agreement", lazy="raise_on_sql")


class Participant(Identified, Base):
    """An organisation in one agreement: a party, who will be bound, or an observer.

    `colour`, 1 to 12, is how it is shown beside its code; given at joining, never recomputed.
    """

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("agreement_id", "organisation_id"),
        CheckConstraint("kind in ('party', 'observer')", name="kind_is_known"),
        CheckConstraint("colour between 1 and 12", name="colour_is_one_of_twelve"),
        CheckConstraint("weight > 0", name="weight_is_positive"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default="party")
    role: Mapped[str] = mapped_column(String(40), default="")
    colour: Mapped[int] = mapped_column()
    weight: Mapped[int] = mapped_column(default=1)
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    details_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    agreement: Mapped[Agreement] = relationship(back_populates="participants", lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class Seat(Identified, Base):
    """One person in one role for a participant; a facilitator has a seat without participant."""

    __tablename__ = "seat"
    __table_args__ = (
        CheckConstraint(
            "role in ('facilitator', 'legal_contact', 'voter', 'signatory', 'observer')",
            name="role_is_known",
        ),
        CheckConstraint(
            "(role = 'facilitator') = (participant_id is null)",
            name="only_a_facilitator_sits_alone",
        ),
        UniqueConstraint("agreement_id", "user_id", "role", "participant_id"),
        Index(
            "uq_seat_facilitator",
            "agreement_id",
            "user_id",
            unique=True,
            sqlite_where=text("participant_id is null"),
            postgresql_where=text("participant_id is null"),
        ),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    participant_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("participant.id"), index=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))

    agreement: Mapped[Agreement] = relationship(back_populates="seats", lazy="raise_on_sql")
    participant: Mapped[Participant | None] = relationship(lazy="raise_on_sql")
    user: Mapped[User] = relationship(lazy="raise_on_sql")


class Draft(Base):
    """The text while it may still be edited directly, and what stands beside it by clause key.

    `tree` is ClauseTree.to_json; `beside` is {"guidance", "mandatory", "rules", "template_ids",
    "blanks"}.
    """

    __tablename__ = "draft"

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), primary_key=True)
    tree: Mapped[dict[str, Any]] = mapped_column(Json)
    beside: Mapped[dict[str, Any]] = mapped_column(Json)
    provenance: Mapped[dict[str, Any]] = mapped_column(Json)
    edited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    row_version: Mapped[int] = mapped_column(default=1)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  SQLAlchemy reads it so


class Version(Identified, Base):
    """An immutable numbered text.

    `kind` says how it came: a round's base, a consolidation, a correction.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(8))
    numbering: Mapped[str] = mapped_column(String(10))
    hash: Mapped[str] = mapped_column(String(64))
    beside: Mapped[dict[str, Any]] = mapped_column(Json)
    provenance: Mapped[dict[str, Any]] = mapped_column(Json, deferred=True)
    note: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    clauses: Mapped[list["ClauseRow"]] = relationship(
        back_populates="version", lazy="raise_on_sql", order_by="ClauseRow.position"
    )


class Execution(Base):
    """The file to be signed: the adopted version frozen as bytes, known by its hash."""

    __tablename__ = "execution"

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("version.id"), primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    adopted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ballot_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("ballot.id"))

    version: Mapped[Version] = relationship(lazy="raise_on_sql")

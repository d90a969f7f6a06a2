"""Amendments: proposals to change a version, as operations; secondary ones; support."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.lifecycle import AmendmentState
from app.models.agreements import Agreement, Version
from app.models.base import Base, Identified, Json, UTCDateTime, one_of
from app.models.people import Organisation, User
from app.models.rounds import Round
from app.models.sentences import Sentence, Sentences


class AmendmentRow(Identified, Base):
    """One amendment. It gets its number and label ("A17", secondary "A22.1") when it is proposed.

    `operations` are domain/operations.to_json against `version`, or, for a secondary amendment,
    against that
    version with the primary applied. `clauses` are the keys they touch, for finding.
    `rebase_state` is empty,
    "clean" or "attention"; while it needs attention it can't be put to a ballot. `written_by`
    is who wrote the present wording of a draft; none is its author.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        UniqueConstraint("author_id", "form_key"),
        one_of("state", AmendmentState),
        Index("ix_amendment_state", "agreement_id", "state"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("version.id"))
    number: Mapped[int | None] = mapped_column()
    label: Mapped[str] = mapped_column(String(20), default="")
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id"), index=True
    )
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    entered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    written_by: Mapped[uuid.UUID | None] = mapped_column()
    rationale: Mapped[str] = mapped_column(Text, default="")
    operations: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    operations_hash: Mapped[str] = mapped_column(String(64))
    tokeniser: Mapped[int] = mapped_column(default=1)
    clauses: Mapped[list[str]] = mapped_column(Json)
    primary_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    primary_hash: Mapped[str] = mapped_column(String(64), default="")
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("amendment.id"))
    in_favour_of_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("amendment.id"))
    state: Mapped[str] = mapped_column(String(10), default=AmendmentState.DRAFT)
    rebase_state: Mapped[str] = mapped_column(String(10), default="")
    rebase_reasons: Mapped[list[str]] = mapped_column(Sentences, default=list)
    form_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    proposed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Sentence, default="")
    row_version: Mapped[int] = mapped_column(default=1)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    round: Mapped[Round] = relationship(lazy="raise_on_sql")
    version: Mapped[Version] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    author: Mapped[User] = relationship(foreign_keys=[author_id], lazy="raise_on_sql")
    primary: Mapped["AmendmentRow | None"] = relationship(
        foreign_keys=[primary_id],
        remote_side="AmendmentRow.id",
        back_populates="secondaries",
        lazy="raise_on_sql",
    )
    secondaries: Mapped[list["AmendmentRow"]] = relationship(
        foreign_keys=[primary_id], back_populates="primary", lazy="raise_on_sql"
    )
    supports: Mapped[list["Support"]] = relationship(
        back_populates="amendment", lazy="raise_on_sql", order_by="Support.given_at"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  SQLAlchemy reads it so


class Support(Base):
    """An organisation stands behind another's amendment."""

    __tablename__ = "support"

    amendment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("amendment.id"), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True
    )
    given_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)

    amendment: Mapped[AmendmentRow] = relationship(back_populates="supports", lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

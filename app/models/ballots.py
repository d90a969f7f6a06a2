"""Ballots, their frozen rolls, and the votes.

A confidential ballot keeps who took part apart from what was chosen.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.base import Base, Identified, Json, UTCDateTime
from app.models.people import Organisation
from app.models.rounds import Round


class Ballot(Identified, Base):
    """A question, its exact wording by hash, the rule and the window.

    `choices` is [[choice, words]]: yes/no/abstain, or an amendment's label for each alternative,
    none, abstain.
    `result` is written once by the count: {"by_choice", "eligible", "voters", "organisations",
    "winner",
    "explanation", "params"}.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint(
            "subject in ('amendment', 'alternatives', 'whole_text', 'straw')",
            name="subject_is_known",
        ),
        CheckConstraint("outcome in ('', 'carried', 'lost', 'inquorate')", name="outcome_is_known"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    round_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("round.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("version.id"))
    number: Mapped[int] = mapped_column()
    subject: Mapped[str] = mapped_column(String(12))
    question: Mapped[str] = mapped_column(Text)
    wording_hash: Mapped[str] = mapped_column(String(64))
    choices: Mapped[list[list[str]]] = mapped_column(Json)
    rule: Mapped[dict[str, Any]] = mapped_column(Json)
    is_confidential: Mapped[bool] = mapped_column(default=False)
    shows_results: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    counted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    void_reason: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(10), default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    round: Mapped[Round | None] = relationship(lazy="raise_on_sql")
    version: Mapped[Version] = relationship(lazy="raise_on_sql")
    options: Mapped[list["BallotOption"]] = relationship(
        back_populates="ballot", lazy="raise_on_sql", order_by="BallotOption.position"
    )
    roll: Mapped[list["RollEntry"]] = relationship(back_populates="ballot", lazy="raise_on_sql")
    votes: Mapped[list["Vote"]] = relationship(back_populates="ballot", lazy="raise_on_sql")


class BallotOption(Base):
    """One amendment that a ballot decides: the only one, or one of several alternatives."""

    __tablename__ = "ballot_option"

    ballot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    amendment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("amendment.id"), primary_key=True, index=True
    )
    position: Mapped[int] = mapped_column(default=0)

    ballot: Mapped[Ballot] = relationship(back_populates="options", lazy="raise_on_sql")
    amendment: Mapped[AmendmentRow] = relationship(lazy="raise_on_sql")


class RollEntry(Base):
    """An organisation on the roll, frozen at opening: its weight and who may cast (user ids).

    `took_part` is used by confidential ballots alone: that it voted, never what.
    """

    __tablename__ = "roll_entry"
    __table_args__ = (CheckConstraint("weight > 0", name="weight_is_positive"),)

    ballot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ballot.id"), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True
    )
    weight: Mapped[int] = mapped_column(default=1)
    casters: Mapped[list[str]] = mapped_column(Json)
    took_part: Mapped[bool] = mapped_column(default=False)

    ballot: Mapped[Ballot] = relationship(back_populates="roll", lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class Vote(Identified, Base):
    """A vote in a roll call. Appended; the last one is live, and only one can be."""

    __tablename__ = "vote"
    __table_args__ = (
        ForeignKeyConstraint(
            ["ballot_id", "organisation_id"], ["roll_entry.ballot_id", "roll_entry.organisation_id"]
        ),
        Index(
            "uq_vote_one_live",
            "ballot_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("is_live"),
            postgresql_where=text("is_live"),
        ),
    )

    ballot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ballot.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column()
    choice: Mapped[str] = mapped_column(String(20))
    is_live: Mapped[bool] = mapped_column(default=True)
    cast_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    cast_at: Mapped[datetime] = mapped_column(UTCDateTime)

    ballot: Mapped[Ballot] = relationship(back_populates="votes", lazy="raise_on_sql")


class SecretVote(Base):
    """A vote in a confidential ballot: a random id, the ballot, the choice, and nothing else."""

    __tablename__ = "secret_vote"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    ballot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ballot.id"), index=True)
    choice: Mapped[str] = mapped_column(String(20))

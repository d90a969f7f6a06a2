"""What facilitators keep on the desk: how answers came about, marks on contributions, texts."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agreements import Agreement
from app.models.base import Base, Identified, Json, UTCDateTime
from app.models.sentences import Sentence


class AnswerChange(Identified, Base):
    """One answer given or changed by one press, and what stood before, so that it can be undone.

    All changes of one press share its `number`, which counts in the round. `before` is none where
    nothing stood, else {"outcome", "answer", "duplicate_of", "salt", "decided_by", "decided_at",
    "given_in"}; `state_before` is the state of an amendment, empty for a comment. A change with an
    empty `outcome` is of an amendment that fell, or stood again, with the one that was answered.
    """

    __tablename__ = "answer_change"
    __table_args__ = (
        CheckConstraint(
            "(thread_id is null) <> (amendment_id is null)", name="changes_one_contribution"
        ),
        Index("ix_answer_change_number", "round_id", "number"),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int] = mapped_column()
    thread_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("thread.id"), index=True)
    amendment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    state_before: Mapped[str] = mapped_column(String(10), default="")
    reason_before: Mapped[str] = mapped_column(Sentence, default="")
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class DeskMark(Identified, Base):
    """What facilitators noted about one contribution of a round: who answers it, what it goes with.

    `goes_with` is none where likeness alone decides, empty where it stands alone, else the number
    of a contribution (C12, A7) in whose group it stands.
    """

    __tablename__ = "desk_mark"
    __table_args__ = (
        CheckConstraint(
            "(thread_id is null) <> (amendment_id is null)", name="marks_one_contribution"
        ),
        Index("uq_desk_mark_thread", "round_id", "thread_id", unique=True),
        Index("uq_desk_mark_amendment", "round_id", "amendment_id", unique=True),
    )

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"))
    thread_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("thread.id"), index=True)
    amendment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    assigned_to: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    goes_with: Mapped[str | None] = mapped_column(String(20))


class SavedAnswer(Identified, Base):
    """An answer text kept for use again, by its title; the facilitators of an agreement share it.

    `text` may hold {organisation}, {clause} and {number}, filled when it is given.
    """

    __tablename__ = "saved_answer"
    __table_args__ = (Index("uq_saved_answer_title", "agreement_id", "title", unique=True),)

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    kept_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    kept_at: Mapped[datetime] = mapped_column(UTCDateTime)
    row_version: Mapped[int] = mapped_column(default=1)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  SQLAlchemy reads it so

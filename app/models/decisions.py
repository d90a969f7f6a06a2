"""What the facilitator decided: answers to contributions, resolutions of conflicts.

Edits with a reason.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.lifecycle import Outcome
from app.kernel.ids import new_token
from app.models.agreements import Agreement
from app.models.base import Base, Identified, Json, UTCDateTime, one_of
from app.models.rounds import Round
from app.models.sentences import Sentence


class Disposition(Identified, Base):
    """The answer to one thread or one amendment in one round.

    `salt` keeps the record's commitment to the answer from being guessed. `given_in` is the number
    of the press that gave it (models/desk.py): another number is another answer.
    """

    __tablename__ = "disposition"
    __table_args__ = (
        one_of("outcome", Outcome),
        CheckConstraint(
            "(thread_id is null) <> (amendment_id is null)", name="answers_one_contribution"
        ),
        Index("uq_disposition_thread", "round_id", "thread_id", unique=True),
        Index("uq_disposition_amendment", "round_id", "amendment_id", unique=True),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"))
    thread_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("thread.id"), index=True)
    amendment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    answer: Mapped[str] = mapped_column(Sentence, default="")
    duplicate_of: Mapped[str] = mapped_column(String(20), default="")
    salt: Mapped[str] = mapped_column(String(64), default=new_token)
    decided_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    given_in: Mapped[int] = mapped_column(default=1)
    row_version: Mapped[int] = mapped_column(default=1)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    round: Mapped[Round] = relationship(lazy="raise_on_sql")

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  SQLAlchemy reads it so


class ResolutionRow(Identified, Base):
    """How one conflict was settled, by whom and why; undone until publication.

    And then kept as undone.
    """

    __tablename__ = "resolution"
    __table_args__ = (
        CheckConstraint("choice in ('base', 'side', 'order', 'own')", name="choice_is_known"),
        Index(
            "uq_resolution_live",
            "round_id",
            "conflict",
            unique=True,
            sqlite_where=text("undone_at is null"),
            postgresql_where=text("undone_at is null"),
        ),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    conflict: Mapped[str] = mapped_column(String(64))
    clause_key: Mapped[str] = mapped_column(String(28))
    choice: Mapped[str] = mapped_column(String(10))
    value: Mapped[Any] = mapped_column(Json)
    why: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    round: Mapped[Round] = relationship(lazy="raise_on_sql")


class FacilitatorEdit(Identified, Base):
    """The facilitator's own change during consolidation: operations, and the reason."""

    __tablename__ = "facilitator_edit"

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    number: Mapped[int] = mapped_column()
    operations: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    clauses: Mapped[list[str]] = mapped_column(Json)
    why: Mapped[str] = mapped_column(Text)
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    round: Mapped[Round] = relationship(lazy="raise_on_sql")

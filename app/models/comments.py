"""Threads of comments: on the agreement, a clause, words of a clause, an amendment, a ballot."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.base import Base, Identified, Json, UTCDateTime
from app.models.people import Organisation, User
from app.models.rounds import Round


class Thread(Identified, Base):
    """A conversation and what it points at; start = end = 0 without a quote is the whole clause.

    `anchor_state` says what the last publication did to the words: same, moved, text_changed,
    clause_gone.
    `round_id` is the round in which it awaits an answer; a deferred thread is carried to the next.
    """

    __tablename__ = "thread"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint(
            "subject in ('agreement', 'clause', 'amendment', 'ballot')", name="subject_is_known"
        ),
        CheckConstraint(
            "kind in ('question', 'concern', 'editorial', 'support')", name="kind_is_known"
        ),
        Index("ix_thread_place", "agreement_id", "clause_key"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    round_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("round.id"), index=True)
    number: Mapped[int] = mapped_column()
    subject: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(10))
    version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("version.id"))
    clause_key: Mapped[str | None] = mapped_column(String(28))
    part: Mapped[str] = mapped_column(String(8), default="text")
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)
    quote: Mapped[str] = mapped_column(Text, default="")
    prefix: Mapped[str] = mapped_column(String(64), default="")
    suffix: Mapped[str] = mapped_column(String(64), default="")
    anchor_state: Mapped[str] = mapped_column(String(12), default="same")
    amendment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("amendment.id"), index=True)
    ballot_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("ballot.id"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    started_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    round: Mapped[Round | None] = relationship(lazy="raise_on_sql")
    version: Mapped[Version | None] = relationship(lazy="raise_on_sql")
    amendment: Mapped[AmendmentRow | None] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    comments: Mapped[list["Comment"]] = relationship(
        back_populates="thread", lazy="raise_on_sql", order_by="Comment.created_at, Comment.id"
    )


class Comment(Identified, Base):
    """One remark in a thread: the first opens it, the others reply.

    `form_key` comes with the form, so that a second press posts nothing. `salt` keeps the
    record's commitment
    from being guessed. `entered_by` is the facilitator who typed in what came by mail or phone.
    `mentions` are {"words", "kind", "id"}: what was written, and whom it meant then.
    """

    __tablename__ = "comment"
    __table_args__ = (UniqueConstraint("author_id", "form_key"),)

    thread_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("thread.id"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    entered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list, server_default="[]")
    salt: Mapped[str] = mapped_column(String(64))
    form_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    retracted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    thread: Mapped[Thread] = relationship(back_populates="comments", lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    author: Mapped[User] = relationship(foreign_keys=[author_id], lazy="raise_on_sql")

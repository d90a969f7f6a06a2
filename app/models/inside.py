"""What one organisation says among itself: internal notes, their replies, checks of its drafts.

These rows stand apart from what is public, so that nothing that counts, lists, finds or exports
threads can come upon them: whoever reads them asks for an organisation's own by name.
"""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.base import Base, Identified, UTCDateTime
from app.models.people import Organisation, User


class InternalNote(Identified, Base):
    """A conversation inside one organisation, about words, a clause, an amendment or the whole.

    Where it points is kept as a thread keeps it. `amendment` may be one of its own drafts.
    `opened_thread` is the number of the public thread it became; then nothing is added to it.
    """

    __tablename__ = "internal_note"
    __table_args__ = (
        CheckConstraint(
            "kind in ('question', 'concern', 'editorial', 'support')", name="kind_is_known"
        ),
        CheckConstraint("(opened_at is null) = (opened_thread is null)", name="opened_as_a_thread"),
        Index("ix_internal_note_place", "agreement_id", "organisation_id"),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
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
    started_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    opened_thread: Mapped[int | None] = mapped_column()

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    amendment: Mapped[AmendmentRow | None] = relationship(lazy="raise_on_sql")
    remarks: Mapped[list["InternalRemark"]] = relationship(
        back_populates="note",
        lazy="raise_on_sql",
        order_by="InternalRemark.created_at, InternalRemark.id",
    )


class InternalRemark(Identified, Base):
    """One remark of an internal note: the first opens it, the others reply.

    `form_key` and `salt` are those of a public comment.
    """

    __tablename__ = "internal_remark"
    __table_args__ = (UniqueConstraint("author_id", "form_key"),)

    note_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("internal_note.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)
    salt: Mapped[str] = mapped_column(String(64))
    form_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    retracted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    note: Mapped[InternalNote] = relationship(back_populates="remarks", lazy="raise_on_sql")
    author: Mapped[User] = relationship(lazy="raise_on_sql")


class DraftCheck(Identified, Base):
    """One step of a draft inside its organisation: a check is asked for, given, or it goes back."""

    __tablename__ = "draft_check"
    __table_args__ = (
        CheckConstraint("step in ('asked', 'checked', 'sent_back')", name="step_is_known"),
    )

    amendment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("amendment.id"), index=True)
    step: Mapped[str] = mapped_column(String(10))
    made_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    remark: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[User] = relationship(lazy="raise_on_sql")

"""Reactions: a nod to a comment. No event; not on the record."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.reactions import Reaction
from app.models.base import Base, UTCDateTime, one_of
from app.models.people import User


class ReactionRow(Base):
    """One person's reaction of one kind to one comment."""

    __tablename__ = "reaction"
    __table_args__ = (one_of("kind", Reaction),)

    comment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)

    person: Mapped[User] = relationship(lazy="raise_on_sql")

"""Words that somebody is typing, kept until they are sent."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, Json, UTCDateTime


class KeptWords(Identified, Base):
    """What one person typed into one form and has not sent; nobody else ever sees it.

    `content` is {"words": {field: text}, "choices": {field: value}}; `base` names the text the
    form was written on, so that it is never taken up unseen where that text has changed.
    """

    __tablename__ = "kept_words"
    __table_args__ = (
        Index("uq_kept_words_place", "user_id", "agreement_id", "place", unique=True),
        Index("ix_kept_words_saved_at", "saved_at"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    place: Mapped[str] = mapped_column(String(80))
    content: Mapped[dict[str, dict[str, str]]] = mapped_column(Json)
    base: Mapped[str] = mapped_column(String(64), default="")
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)

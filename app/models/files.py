"""Files kept as evidence: imported originals, execution versions, signed copies.

Bytes never change.
"""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified, UTCDateTime


class StoredFile(Identified, Base):
    """Bytes with their name, type and SHA-256; in the database.

    So that they commit and are backed up with it.
    """

    __tablename__ = "stored_file"

    agreement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column()
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    stored_at: Mapped[datetime] = mapped_column(UTCDateTime)
    stored_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))

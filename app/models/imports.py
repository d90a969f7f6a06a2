"""Word files that came back: which file, by whom, against which version, and what came of it."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.agreements import Agreement, Version
from app.models.base import Base, Identified, Json, UTCDateTime
from app.models.files import StoredFile
from app.models.people import Organisation, User
from app.models.rounds import Round


class WordImport(Identified, Base):
    """One file taken in, once a round and person; `version` is the one it was taken from.

    `report` says what was taken and left: `amendments` and `threads` that came of it, `items` and
    `left` as numbers of items, `claims` as the names that the file gives for its changes.
    `entered_by` is the facilitator who brought what an organisation sent by mail.
    """

    __tablename__ = "word_import"
    __table_args__ = (UniqueConstraint("round_id", "imported_by", "sha256"),)

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"))
    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("version.id"))
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    imported_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    entered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    imported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    sha256: Mapped[str] = mapped_column(String(64))
    report: Mapped[dict[str, Any]] = mapped_column(Json)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    round: Mapped[Round] = relationship(lazy="raise_on_sql")
    version: Mapped[Version] = relationship(lazy="raise_on_sql")
    file: Mapped[StoredFile] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    importer: Mapped[User] = relationship(foreign_keys=[imported_by], lazy="raise_on_sql")

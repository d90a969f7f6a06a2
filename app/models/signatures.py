"""Requests to sign, and the signed copies that came back."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.lifecycle import CopyState, RequestState
from app.models.agreements import Agreement, Version
from app.models.base import Base, Identified, Json, UTCDateTime, one_of
from app.models.files import StoredFile
from app.models.people import Organisation
from app.models.sentences import Sentences


class SignatureRequest(Identified, Base):
    """One party is asked to sign one version.

    `details` is what its signature block says, frozen.
    """

    __tablename__ = "signature_request"
    __table_args__ = (
        UniqueConstraint("version_id", "organisation_id"),
        one_of("state", RequestState),
    )

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agreement.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("version.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    signatories: Mapped[list[str]] = mapped_column(Json)
    details: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(String(10), default=RequestState.REQUESTED)
    reason: Mapped[str] = mapped_column(Text, default="")
    requested_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    agreement: Mapped[Agreement] = relationship(lazy="raise_on_sql")
    version: Mapped[Version] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    copies: Mapped[list["SignedCopy"]] = relationship(
        back_populates="request", lazy="raise_on_sql", order_by="SignedCopy.received_at"
    )


class SignedCopy(Identified, Base):
    """A file handed in as signed; counted by the check or by a named person who looked at it."""

    __tablename__ = "signed_copy"
    __table_args__ = (one_of("state", CopyState),)

    request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("signature_request.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("stored_file.id"))
    state: Mapped[str] = mapped_column(String(10), default=CopyState.RECEIVED)
    findings: Mapped[list[str]] = mapped_column(Sentences, default=list)
    received_at: Mapped[datetime] = mapped_column(UTCDateTime)
    received_from: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    judged_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    judged_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")

    request: Mapped[SignatureRequest] = relationship(back_populates="copies", lazy="raise_on_sql")
    file: Mapped[StoredFile] = relationship(lazy="raise_on_sql")

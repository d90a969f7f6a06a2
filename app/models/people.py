"""People, organisations, who belongs where, and invitations."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Identified, UTCDateTime


class User(Identified, Base):
    """A person with an account. Some columns have the names Flask-Security wants."""

    __tablename__ = "user"

    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="")
    is_operator: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", lazy="raise_on_sql"
    )


class Organisation(Identified, Base):
    """Who speaks, votes and signs. `code` is its three-letter sign, never shared.

    `checks_drafts`: an amendment of its own is proposed only once a colleague has checked it.
    """

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("length(code) = 3", name="code_is_three_letters"),)

    slug: Mapped[str] = mapped_column(String(80), unique=True)
    code: Mapped[str] = mapped_column(String(3), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    city: Mapped[str] = mapped_column(String(100), default="")
    legal_form: Mapped[str] = mapped_column(String(100), default="")
    seat: Mapped[str] = mapped_column(String(300), default="")
    register_number: Mapped[str] = mapped_column(String(100), default="")
    representative: Mapped[str] = mapped_column(String(200), default="")
    capacity: Mapped[str] = mapped_column(String(100), default="")
    checks_drafts: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="organisation", lazy="raise_on_sql"
    )

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  SQLAlchemy reads it so


class Membership(Base):
    """A person in an organisation. An administrator keeps its profile and invites colleagues."""

    __tablename__ = "membership"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True, index=True
    )
    is_administrator: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship(back_populates="memberships", lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(
        back_populates="memberships", lazy="raise_on_sql"
    )


class Invitation(Identified, Base):
    """A link that lets one person join: an organisation, and at once a seat where a role is named.

    Only the SHA-256 of the link's token is stored.
    """

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(255), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    agreement_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agreement.id"), index=True)
    role: Mapped[str | None] = mapped_column(String(20))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    invited_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")

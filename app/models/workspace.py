"""The workspace: the one row that owns settings and is the parent of first things."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Identified


class Workspace(Identified, Base):
    """One installation: a network of organisations with its agreements."""

    __tablename__ = "workspace"

    name: Mapped[str] = mapped_column(String(200))
    noun: Mapped[str] = mapped_column(String(40), default="organisation")

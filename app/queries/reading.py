"""Where the doors get what queries need first: the session of this request."""

from typing import cast

from sqlalchemy.orm import Session

from app.models.base import db


def session() -> Session:
    """The session of this request or command, for reading; only actions write."""
    return cast("Session", db.session())

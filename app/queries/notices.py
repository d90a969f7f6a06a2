"""Notices: a person's inbox."""

from sqlalchemy import func, select

from app.access.actor import Actor
from app.models.base import db
from app.models.notices import Notice


def unread_of(actor: Actor) -> int:
    """How many notices a person has not read."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Notice)
            .where(Notice.user_id == actor.user_id, Notice.read_at.is_(None))
        )
        or 0
    )

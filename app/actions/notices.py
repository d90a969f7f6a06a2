"""Notices: marking them read. Read marks are no events; nothing is written down."""

from sqlalchemy import update

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.models.notices import Notice
from app.models.people import User


@action(Permission.ACCOUNT_CHANGE)
def mark_all_read(work: Work, user: User) -> User:
    """Mark every notice of one's own as read."""
    work.unchanged = True
    work.session.execute(
        update(Notice)
        .where(Notice.user_id == user.id, Notice.read_at.is_(None))
        .values(read_at=work.now)
    )
    return user

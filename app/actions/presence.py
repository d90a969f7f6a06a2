"""Presence: being somewhere, and leaving. No event: it isn't on the record."""

from sqlalchemy import delete

from app.access import policy
from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.models.agreements import Agreement
from app.models.people import User
from app.models.presence import Presence


@action(Permission.ACCOUNT_CHANGE)
def be_at(work: Work, user: User, *, agreement: Agreement, place: str, doing: str) -> User:
    """Say that somebody reads or writes at a place of an agreement they may read."""
    work.unchanged = True
    policy.require(work.actor, Permission.AGREEMENT_READ, agreement, work.now)
    held = work.session.get(Presence, (user.id, agreement.id, place))
    if held is None:
        held = Presence(user_id=user.id, agreement_id=agreement.id, place=place)
        work.session.add(held)
    held.doing, held.seen_at = doing, work.now
    return user


@action(Permission.ACCOUNT_CHANGE)
def leave(work: Work, user: User, *, agreement: Agreement, place: str) -> User:
    """Say that somebody has left a place; nothing happens where they weren't there."""
    work.unchanged = True
    work.session.execute(
        delete(Presence).where(
            Presence.user_id == user.id,
            Presence.agreement_id == agreement.id,
            Presence.place == place,
        )
    )
    return user

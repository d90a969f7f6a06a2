"""Presence: being somewhere, and leaving. No event: it isn't on the record."""

from sqlalchemy import delete, select

from app.access import policy
from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import places
from app.models.agreements import Agreement
from app.models.people import User
from app.models.presence import Presence

MOST = 50
"""At how many places of an agreement one person is at most; where they were first goes first."""


@action(Permission.ACCOUNT_CHANGE)
def be_at(work: Work, user: User, *, agreement: Agreement, place: str, doing: str) -> User:
    """Say that somebody reads or writes at a place of an agreement that they may enter."""
    work.unchanged = True
    needed = Permission.DESK_READ if places.is_on_desk(place) else Permission.AGREEMENT_READ
    policy.require(work.actor, needed, agreement, work.now)
    held = work.session.get(Presence, (user.id, agreement.id, place))
    if held is None:
        own = select(Presence).where(
            Presence.user_id == user.id, Presence.agreement_id == agreement.id
        )
        for old in work.session.scalars(own.order_by(Presence.seen_at.desc()).offset(MOST - 1)):
            work.session.delete(old)
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

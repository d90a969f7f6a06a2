"""Who else is here just now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import can
from app.domain import places
from app.kernel import clock
from app.models.agreements import Agreement
from app.models.people import User
from app.models.presence import Presence

STAYS = timedelta(seconds=60)
"""How long after a sign of life somebody counts as present."""

FRESH = timedelta(seconds=15)
"""A sign of life younger than this isn't written anew."""


@dataclass(frozen=True)
class Person:
    """Somebody else at a place."""

    name: str
    writes: bool


def others_at(session: Session, actor: Actor, agreement: Agreement, place: str) -> Sequence[Person]:
    """Who else is at a place, those who write first; nobody where the actor may not know it."""
    return others_around(session, actor, agreement, [place]).get(place, ())


def others_around(
    session: Session, actor: Actor, agreement: Agreement, wanted: Iterable[str]
) -> Mapping[str, Sequence[Person]]:
    """The same for several places in one statement; empty places are left out."""
    told = [place for place in wanted if _may_know(actor, agreement, place)]
    if not told:
        return {}
    rows = session.execute(
        select(Presence.place, User.name, Presence.doing)
        .join(User, User.id == Presence.user_id)
        .where(
            Presence.agreement_id == agreement.id,
            Presence.place.in_(told),
            Presence.seen_at > clock.utcnow() - STAYS,
            Presence.user_id != actor.user_id,
        )
        .order_by(Presence.doing.desc(), User.name)
    )
    found: dict[str, list[Person]] = {}
    for row in rows:
        found.setdefault(row.place, []).append(Person(row.name, row.doing == "writing"))
    return found


def is_fresh(session: Session, actor: Actor, agreement: Agreement, place: str, doing: str) -> bool:
    """Whether the actor was seen there, doing the same, a moment ago."""
    held = session.get(Presence, (actor.user_id, agreement.id, place))
    return held is not None and held.doing == doing and held.seen_at > clock.utcnow() - FRESH


def _may_know(actor: Actor, agreement: Agreement, place: str) -> bool:
    needed = Permission.DESK_READ if places.is_on_desk(place) else Permission.AGREEMENT_READ
    return can(actor, needed, agreement, clock.utcnow())

"""Who else is here just now.

Colleagues are told by name, whether they read or write. Of another organisation nobody learns who
is here or what they read; only that somebody writes at a place, so that two don't do it twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor, Role
from app.access.permissions import Permission
from app.access.policy import can
from app.domain import places
from app.kernel import clock
from app.models.agreements import Agreement, Participant, Seat
from app.models.people import Membership, User
from app.models.presence import Presence

STAYS = timedelta(seconds=60)
"""How long after a sign of life somebody counts as present."""

FRESH = timedelta(seconds=15)
"""A sign of life younger than this isn't written anew."""


@dataclass(frozen=True)
class Person:
    """Somebody else at a place; without a name where they are of another organisation."""

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
    rows = session.execute(_present(actor, agreement).where(Presence.place.in_(told)))
    return _by_place(rows)


def others_in(
    session: Session, actor: Actor, agreement: Agreement
) -> Mapping[str, Sequence[Person]]:
    """Who else is at work, by place: one statement.

    Who writes about a clause, and to facilitators who is where on the desk.
    """
    writes = Presence.place.startswith("clause:") & (Presence.doing == "writing")
    on_desk = Presence.place.startswith("desk:")
    may_know = can(actor, Permission.DESK_READ, agreement, clock.utcnow())
    wanted = or_(writes, on_desk) if may_know else writes
    return _by_place(session.execute(_present(actor, agreement).where(wanted)))


def _present(actor: Actor, agreement: Agreement) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Presence.place, Presence.doing, User.name),
            _is_colleague(actor, agreement).label("is_colleague"),
        )
        .join(User, User.id == Presence.user_id)
        .where(
            Presence.agreement_id == agreement.id,
            Presence.seen_at > clock.utcnow() - STAYS,
            Presence.user_id != actor.user_id,
        )
        .order_by(Presence.place, Presence.doing.desc(), User.name)
    )


def _is_colleague(actor: Actor, agreement: Agreement) -> ColumnElement[bool]:
    """Whether somebody is there for an organisation of the actor, or facilitates as they do."""
    here = actor.stands_in(agreement.id)
    own = {one.organisation_id for one in here} - {None}
    facilitates = any(one.role is Role.FACILITATOR for one in here)
    of_own = Participant.organisation_id.in_(own)
    return or_(
        exists().where(Membership.user_id == Presence.user_id, Membership.organisation_id.in_(own)),
        select(Seat.id)
        .outerjoin(Participant, Participant.id == Seat.participant_id)
        .where(
            Seat.user_id == Presence.user_id,
            Seat.agreement_id == agreement.id,
            or_(of_own, Seat.role == Role.FACILITATOR) if facilitates else of_own,
        )
        .exists(),
    )


def _by_place(rows: Iterable[Row[Any]]) -> Mapping[str, Sequence[Person]]:
    found: dict[str, list[Person]] = {}
    for row in rows:
        writes = row.doing == "writing"
        if row.is_colleague or writes:
            name = row.name if row.is_colleague else ""
            found.setdefault(row.place, []).append(Person(name, writes))
    return found


def is_fresh(session: Session, actor: Actor, agreement: Agreement, place: str, doing: str) -> bool:
    """Whether the actor was seen there, doing the same, a moment ago."""
    held = session.get(Presence, (actor.user_id, agreement.id, place))
    return held is not None and held.doing == doing and held.seen_at > clock.utcnow() - FRESH


def _may_know(actor: Actor, agreement: Agreement, place: str) -> bool:
    needed = Permission.DESK_READ if places.is_on_desk(place) else Permission.AGREEMENT_READ
    return can(actor, needed, agreement, clock.utcnow())

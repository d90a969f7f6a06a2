"""People: who somebody is and where they stand."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Row,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from app.access.actor import Actor, Role, Standing
from app.domain import slugs
from app.kernel.errors import Invalid, NotAllowed, NotFound
from app.models.agreements import Participant, Seat
from app.models.people import Membership, Organisation, User


def _line(place: str, **known: Any) -> Select[*tuple[Any, ...]]:
    """One part of the statement below: the columns that this kind of row knows."""
    return select(
        literal(place).label("place"),
        *(known.get(name, literal(None, kind)).label(name) for name, kind in _COLUMNS.items()),
    )


_COLUMNS: Mapping[str, TypeEngine[Any]] = {
    "name": String(),
    "is_operator": Boolean(),
    "active": Boolean(),
    "is_administrator": Boolean(),
    "role": String(),
    "agreement_id": Uuid(),
    "organisation_id": Uuid(),
    "participant_id": Uuid(),
    "kind": String(),
}


def _account(who: BindParameter[uuid.UUID]) -> Select[*tuple[Any, ...]]:
    return _line("account", name=User.name, is_operator=User.is_operator, active=User.active).where(
        User.id == who
    )


def _places(who: ColumnElement[uuid.UUID]) -> tuple[Select[*tuple[Any, ...]], ...]:
    """A row for each membership, and one for each seat whose participant still stands."""
    takes_part = and_(
        Participant.organisation_id == Membership.organisation_id, Participant.left_at.is_(None)
    )
    participant = {
        "name": Organisation.name,
        "participant_id": Participant.id,
        "kind": Participant.kind,
    }
    membership = _line(
        "membership",
        is_administrator=Membership.is_administrator,
        role=literal(Role.MEMBER.value),
        agreement_id=Participant.agreement_id,
        organisation_id=Membership.organisation_id,
        **participant,
    )
    seat = _line(
        "seat",
        role=Seat.role,
        agreement_id=Seat.agreement_id,
        organisation_id=Participant.organisation_id,
        **participant,
    )
    return (
        membership.select_from(Membership)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Participant, takes_part)
        .where(Membership.user_id == who),
        seat.select_from(Seat)
        .outerjoin(Participant, Participant.id == Seat.participant_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(Seat.user_id == who, Participant.left_at.is_(None)),
    )


_WHO = bindparam("user_id", type_=Uuid())
STANDINGS = union_all(_account(_WHO), *_places(_WHO))
"""A row for the person's account and one for each place where they stand; asked by `user_id`."""

_STANDINGS = STANDINGS.order_by("place")


def _signed_in() -> Select[*tuple[Any, ...]]:
    """The person of a session and, beside them, each place where they stand."""
    named = User.fs_uniquifier == bindparam("uniquifier", type_=String())
    places = union_all(*_places(select(User.id).where(named).scalar_subquery())).subquery()
    return select(User, *places.c).outerjoin(places, true()).where(named)


_SIGNED_IN = _signed_in()


def actor_of(session: Session, user_id: uuid.UUID) -> Actor:
    """A person with everything they stand for, read now in one statement. Raises NotFound."""
    return actor_from(user_id, session.execute(_STANDINGS, {"user_id": user_id}).all())


def actor_from(user_id: uuid.UUID, rows: Sequence[Row[Any]]) -> Actor:
    """A person of the rows of `STANDINGS`, the account first. Raises NotFound."""
    if not rows or not rows[0].active:
        raise NotFound("There is no such account.")
    person, *places = rows
    return _actor(user_id, person, places)


def signed_in(session: Session, uniquifier: str) -> tuple[User, Actor] | None:
    """The person of a session, with everything they stand for, in one statement."""
    rows = session.execute(_SIGNED_IN, {"uniquifier": uniquifier}).all()
    if not rows:
        return None
    person: User = rows[0][0]
    return person, _actor(person.id, person, [row for row in rows if row.place is not None])


def _actor(user_id: uuid.UUID, person: Any, places: Sequence[Row[Any]]) -> Actor:
    belongs = [row for row in places if row.place == "membership"]
    return Actor(
        user_id=user_id,
        name=person.name,
        is_operator=person.is_operator,
        organisations=frozenset(row.organisation_id for row in belongs),
        administers=frozenset(row.organisation_id for row in belongs if row.is_administrator),
        standings=frozenset(
            Standing(
                row.agreement_id,
                Role(row.role),
                row.organisation_id,
                row.participant_id,
                row.kind == "party",
                row.name or "",
            )
            for row in places
            if row.agreement_id is not None
        ),
    )


def free_organisation_slug(session: Session, wanted: str) -> str:
    """A slug that no organisation and no page has yet: the wanted one, or with the next number."""
    like_it = select(Organisation.slug).where(Organisation.slug.startswith(wanted))
    return slugs.free_slug(wanted, session.scalars(like_it))


@dataclass(frozen=True)
class Voice:
    """The organisation whose words something is."""

    id: uuid.UUID
    name: str


def speaks_for(
    actor: Actor, agreement_id: uuid.UUID, on_behalf_of: Organisation | None = None
) -> Voice | None:
    """The organisation an actor's words count for; None for the facilitator's own.

    A facilitator may enter what an organisation sent by mail or phone. Raises NotAllowed where
    somebody else would speak for another organisation.
    """
    facilitates = bool(actor.stands_in(agreement_id, Role.FACILITATOR))
    if on_behalf_of is not None:
        if not facilitates:
            raise NotAllowed("Only the facilitator enters what another organisation sent.")
        return Voice(on_behalf_of.id, on_behalf_of.name)
    seats = actor.stands_in(agreement_id, Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY)
    if facilitates and not seats:
        return None
    own = {seat for seat in seats if seat.role is Role.LEGAL_CONTACT} or seats
    voices = {seat.organisation_id: seat.name for seat in own if seat.organisation_id is not None}
    first = min(voices, key=str, default=None)
    return None if first is None else Voice(first, voices[first])


def by_email(session: Session, email: str) -> User:
    """The person of an address. Raises Invalid where nobody here has it."""
    found = session.scalars(
        select(User).where(func.lower(User.email) == email.strip().lower(), User.active)
    ).one_or_none()
    if found is None:
        raise Invalid(
            "Nobody here has this address. Invite them to their organisation first.", "email"
        )
    return found


def facilitators_of(session: Session, agreement_id: uuid.UUID) -> Sequence[str]:
    """The names of those who facilitate an agreement."""
    return session.scalars(
        select(User.name)
        .join(Seat, Seat.user_id == User.id)
        .where(Seat.agreement_id == agreement_id, Seat.role == Role.FACILITATOR)
        .order_by(User.name)
    ).all()


def person_of(session: Session, user_id: uuid.UUID) -> User:
    """The row of a person by its id. Raises NotFound."""
    found = session.get(User, user_id)
    if found is None:
        raise NotFound("There is no such account.")
    return found

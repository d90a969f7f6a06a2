"""The demonstration network: whether it is there, what it counts, and everybody in it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import Role
from app.domain.lifecycle import RequestState
from app.kernel.errors import NotFound
from app.models.agreements import Seat
from app.models.amendments import AmendmentRow
from app.models.audit import AuditEntry
from app.models.ballots import Ballot
from app.models.comments import Comment
from app.models.people import Membership, Organisation, User
from app.models.signatures import SignatureRequest
from app.models.workspace import Workspace


@dataclass(frozen=True)
class Group:
    """The people of one organisation: those who speak and vote for it, and the others."""

    organisation: Organisation
    speakers: Sequence[User]
    signatories: Sequence[User]
    is_party: bool


@dataclass(frozen=True)
class Everybody:
    """Who is who: operators, facilitators, then everybody else by organisation."""

    people: Sequence[User]
    operators: Sequence[User]
    facilitators: Sequence[User]
    observers: Sequence[Group]
    parties: Sequence[Group]


def name_of_network(session: Session) -> str | None:
    """The name of the network in this database; None while there is none."""
    return session.scalars(select(Workspace.name)).first()


def counts(session: Session) -> Mapping[str, int]:
    """How much there is of everything: one statement each."""
    return {
        "organisations": _count(session, Organisation),
        "comments": _count(session, Comment),
        "amendments": session.scalar(
            select(func.count()).select_from(AmendmentRow).where(AmendmentRow.label != "")
        )
        or 0,
        "ballots": _count(session, Ballot),
        "signed": session.scalar(
            select(func.count())
            .select_from(SignatureRequest)
            .where(SignatureRequest.state == RequestState.SIGNED)
        )
        or 0,
        "events": _count(session, AuditEntry),
    }


def _count(session: Session, kind: type[object]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def everybody(session: Session) -> Everybody:
    """Everybody who can sign in, with their part in any agreement: three statements."""
    people = session.scalars(select(User).where(User.active).order_by(User.name)).all()
    seats: dict[uuid.UUID, set[str]] = {}
    for user_id, role in session.execute(select(Seat.user_id, Seat.role).distinct()):
        seats.setdefault(user_id, set()).add(role)
    groups = [
        _group(organisation, members, seats)
        for organisation, members in _by_organisation(session).items()
    ]
    return Everybody(
        people=people,
        operators=[one for one in people if one.is_operator],
        facilitators=[one for one in people if Role.FACILITATOR in seats.get(one.id, ())],
        observers=[group for group in groups if not group.is_party],
        parties=[group for group in groups if group.is_party],
    )


def _by_organisation(session: Session) -> Mapping[Organisation, list[User]]:
    found: dict[Organisation, list[User]] = {}
    for one in session.scalars(
        select(Membership)
        .join(Membership.organisation)
        .options(joinedload(Membership.user), joinedload(Membership.organisation))
        .order_by(Organisation.code, Membership.is_administrator.desc(), Membership.user_id)
    ):
        found.setdefault(one.organisation, []).append(one.user)
    return found


def _group(
    organisation: Organisation, members: Sequence[User], seats: Mapping[uuid.UUID, set[str]]
) -> Group:
    held = {one.id: seats.get(one.id, set()) for one in members}
    speakers = [one for one in members if Role.SIGNATORY not in held[one.id]]
    return Group(
        organisation,
        speakers=[one for one in speakers if Role.FACILITATOR not in held[one.id]],
        signatories=[one for one in members if Role.SIGNATORY in held[one.id]],
        is_party=any(Role.LEGAL_CONTACT in roles for roles in held.values()),
    )


def person(session: Session, user_id: uuid.UUID) -> User:
    """One person of the network. Raises NotFound."""
    found = session.get(User, user_id)
    if found is None or not found.active:
        raise NotFound("There is nobody of that name here. Choose somebody on the page.")
    return found

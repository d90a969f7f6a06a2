"""The demonstration network: whether it is there, what it counts, and everybody in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import Role
from app.domain.lifecycle import RequestState
from app.models.agreements import Participant, Seat
from app.models.amendments import AmendmentRow
from app.models.audit import AuditEntry
from app.models.ballots import Ballot
from app.models.comments import Comment
from app.models.people import Membership, Organisation, User
from app.models.signatures import SignatureRequest
from app.models.workspace import Workspace


@dataclass(frozen=True)
class CastMember:
    """A person of the network: for whom they act, and in which seats of any agreement."""

    person: User
    organisation: Organisation | None
    seats: frozenset[Role]


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


def everybody(session: Session) -> Sequence[CastMember]:
    """Every person who can sign in, by organisation and name: three statements."""
    members = session.scalars(
        select(Membership).options(joinedload(Membership.user), joinedload(Membership.organisation))
    ).all()
    belongs = {one.user_id: one.organisation for one in members}
    seats: dict[object, set[Role]] = {}
    for user_id, role in session.execute(
        select(Seat.user_id, Seat.role).outerjoin(
            Participant, Participant.id == Seat.participant_id
        )
    ):
        seats.setdefault(user_id, set()).add(Role(role))
    people = session.scalars(select(User).where(User.active).order_by(User.name)).all()
    return [
        CastMember(person, belongs.get(person.id), frozenset(seats.get(person.id, ())))
        for person in people
    ]

"""The network: its organisations, their people and invitations."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.kernel import clock
from app.kernel.errors import NotFound
from app.kernel.ids import hash_of_token
from app.models.agreements import Agreement, Participant
from app.models.people import Invitation, Membership, Organisation, User
from app.models.workspace import Workspace
from app.queries.reading import session


@dataclass(frozen=True)
class OrganisationLine:
    """One organisation in the list."""

    name: str
    slug: str
    code: str
    country: str
    city: str
    people: int
    agreements: int


@dataclass(frozen=True)
class Member:
    """Somebody in an organisation."""

    user_id: uuid.UUID
    name: str
    email: str
    is_administrator: bool


def workspace() -> Workspace:
    """The one workspace. Raises NotFound before the network is founded."""
    found = session().scalars(select(Workspace)).first()
    if found is None:
        raise NotFound("This installation has no network yet; its operator founds one.")
    return found


def organisations() -> Sequence[OrganisationLine]:
    """All organisations by name, with how many people and agreements: one statement."""
    people = (
        select(func.count())
        .where(Membership.organisation_id == Organisation.id)
        .correlate(Organisation)
        .scalar_subquery()
    )
    agreements = (
        select(func.count())
        .where(Participant.organisation_id == Organisation.id, Participant.left_at.is_(None))
        .correlate(Organisation)
        .scalar_subquery()
    )
    rows = session().execute(select(Organisation, people, agreements).order_by(Organisation.slug))
    return [
        OrganisationLine(o.name, o.slug, o.code, o.country, o.city, many, taking)
        for o, many, taking in rows
    ]


def get_organisation(slug: str) -> Organisation:
    """One organisation. Raises NotFound."""
    found = session().scalars(select(Organisation).where(Organisation.slug == slug)).one_or_none()
    if found is None:
        raise NotFound("There is no such organisation in this network.")
    return found


def members_of(organisation: Organisation) -> Sequence[Member]:
    """The people of an organisation by name."""
    rows = session().execute(
        select(User.id, User.name, User.email, Membership.is_administrator)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation.id)
        .order_by(User.name)
    )
    return [Member(*row) for row in rows]


def open_invitations(organisation: Organisation) -> Sequence[Invitation]:
    """The invitations to an organisation that can still be accepted."""
    return (
        session()
        .scalars(
            select(Invitation)
            .where(
                Invitation.organisation_id == organisation.id,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
                Invitation.expires_at > clock.utcnow(),
            )
            .options(joinedload(Invitation.organisation))
            .order_by(Invitation.created_at)
        )
        .all()
    )


def get_invitation(organisation: Organisation, invitation_id: uuid.UUID) -> Invitation:
    """One invitation to an organisation. Raises NotFound."""
    found = (
        session()
        .scalars(
            select(Invitation).where(
                Invitation.id == invitation_id, Invitation.organisation_id == organisation.id
            )
        )
        .one_or_none()
    )
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def invitation_of(token: str) -> Invitation:
    """The invitation a link belongs to. Raises NotFound."""
    found = (
        session()
        .scalars(
            select(Invitation)
            .where(Invitation.token_hash == hash_of_token(token))
            .options(joinedload(Invitation.organisation))
        )
        .one_or_none()
    )
    if found is None:
        raise NotFound("This link leads nowhere. Ask for a new invitation.")
    return found


def agreement_title(agreement_id: uuid.UUID | None) -> str:
    """The title of the agreement an invitation is for, if it is for one."""
    if agreement_id is None:
        return ""
    return session().scalar(select(Agreement.title).where(Agreement.id == agreement_id)) or ""

"""Who takes part in an agreement: its organisations, their seats, and what is still missing."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor, Role
from app.access.permissions import Permission
from app.access.policy import can
from app.kernel import clock
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Participant, Seat
from app.models.people import Invitation, Membership, Organisation, User
from app.queries import agreements
from app.queries.reading import session as this_session

SEATS = (Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY, Role.OBSERVER)
"""The roles a participant's people can have, in the order in which they are needed."""

NEEDED = (Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY)
"""What a party can't do without."""


@dataclass(frozen=True)
class SeatLine:
    """One person in one role."""

    id: uuid.UUID
    name: str
    role: str


@dataclass(frozen=True)
class Person:
    """A member of an organisation who may be given a seat."""

    id: uuid.UUID
    name: str


@dataclass(frozen=True)
class InvitationLine:
    """An invitation that is not yet accepted; told to those who may take it back."""

    email: str
    role: str
    expires_at: datetime


@dataclass(frozen=True)
class Line:
    """One organisation that takes part. `row` is what actions and policy ask for.

    `missing` are the details its signature page lacks, `unseated` the roles nobody has.
    """

    row: Participant
    name: str
    code: str
    colour: int
    slug: str
    place: str
    kind: str
    role: str
    seats: tuple[SeatLine, ...]
    people: tuple[Person, ...]
    invitations: tuple[InvitationLine, ...]
    missing: tuple[str, ...]
    unseated: tuple[str, ...]
    confirmed_at: datetime | None
    is_mine: bool
    may_give: bool
    may_invite: bool
    may_confirm: bool


@dataclass(frozen=True)
class Company:
    """All who take part, and who could still."""

    lines: tuple[Line, ...]
    facilitators: tuple[str, ...]
    others: tuple[tuple[str, str], ...]

    @property
    def parties(self) -> int:
        """How many will be bound."""
        return sum(line.kind == "party" for line in self.lines)

    @property
    def unready(self) -> tuple[Line, ...]:
        """The parties whose details are missing or not confirmed."""
        return tuple(
            line
            for line in self.lines
            if line.kind == "party" and (line.missing or line.confirmed_at is None)
        )


def company_of(actor: Actor, agreement: Agreement) -> Company:
    """Everybody who takes part, as the actor may see it: five statements at most."""
    session = this_session()
    held = session.scalars(
        select(Participant)
        .where(Participant.agreement_id == agreement.id, Participant.left_at.is_(None))
        .options(joinedload(Participant.organisation), joinedload(Participant.agreement))
        .order_by(Participant.kind.desc(), Participant.joined_at, Participant.id)
    ).all()
    seats = agreements.seats_of(session, agreement.id)
    organisations = [one.organisation_id for one in held]
    people = _people(organisations)
    invited = _invited(actor, agreement.id, organisations)
    facilitates = bool(actor.stands_in(agreement.id, Role.FACILITATOR))
    return Company(
        tuple(_line(actor, one, seats, people, invited) for one in held),
        tuple(seat.user.name for seat in seats if seat.role == Role.FACILITATOR),
        _others(organisations) if facilitates else (),
    )


def get_participant(agreement: Agreement, participant_id: uuid.UUID) -> Participant:
    """An organisation that takes part now, with what policy asks. Raises NotFound."""
    found = (
        this_session()
        .scalars(
            select(Participant)
            .where(
                Participant.id == participant_id,
                Participant.agreement_id == agreement.id,
                Participant.left_at.is_(None),
            )
            .options(joinedload(Participant.organisation), joinedload(Participant.agreement))
        )
        .one_or_none()
    )
    if found is None:
        raise NotFound("This organisation takes no part in the agreement any more.")
    return found


def known_answers(agreement_id: uuid.UUID) -> Mapping[str, str]:
    """What the parties' own details put into a template's blanks: `coordinator.seat` …, by name.

    Only for roles that one party alone has. One statement.
    """
    held = agreements.participants_of(this_session(), agreement_id)
    found: dict[str, str] = {}
    for one in held:
        if one.role and sum(other.role == one.role for other in held) == 1:
            organisation = one.organisation
            found[f"{one.role}.name"] = organisation.name
            found[f"{one.role}.seat"] = organisation.seat
            found[f"{one.role}.number"] = organisation.register_number
            found[f"{one.role}.representative"] = organisation.representative
    return {name: words for name, words in found.items() if words}


def missing_details(organisation: Organisation) -> tuple[str, ...]:
    """What the signature page of an organisation lacks, in words."""
    wanted = (
        (said("legal form"), organisation.legal_form),
        ("seat", organisation.seat),
        (said("register number"), organisation.register_number),
        ("representative", organisation.representative),
    )
    return tuple(words for words, value in wanted if not value.strip())


def _line(
    actor: Actor,
    one: Participant,
    seats: Sequence[Seat],
    people: Mapping[uuid.UUID, tuple[Person, ...]],
    invited: Mapping[uuid.UUID, tuple[InvitationLine, ...]],
) -> Line:
    organisation, now = one.organisation, clock.utcnow()
    own = [seat for seat in seats if seat.participant_id == one.id]
    held = {seat.role for seat in own}
    may_give = can(actor, Permission.SEAT_GIVE, one, now)
    return Line(
        row=one,
        name=organisation.name,
        code=organisation.code,
        colour=one.colour,
        slug=organisation.slug,
        place=", ".join(filter(None, (organisation.city, organisation.country))),
        kind=one.kind,
        role=one.role,
        seats=tuple(SeatLine(seat.id, seat.user.name, seat.role) for seat in _in_order(own)),
        people=people.get(one.organisation_id, ()) if may_give else (),
        invitations=invited.get(one.organisation_id, ()),
        missing=missing_details(organisation),
        unseated=tuple(role for role in NEEDED if role not in held) if one.kind == "party" else (),
        confirmed_at=one.details_confirmed_at,
        is_mine=one.organisation_id in actor.organisations,
        may_give=may_give,
        may_invite=can(actor, Permission.ORGANISATION_INVITE, organisation, now),
        may_confirm=can(actor, Permission.PARTY_CONFIRM, one, now),
    )


def _in_order(seats: Iterable[Seat]) -> list[Seat]:
    order = {role: place for place, role in enumerate(SEATS)}
    return sorted(seats, key=lambda seat: (order[Role(seat.role)], seat.user.name))


def _people(organisations: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[Person, ...]]:
    rows = this_session().execute(
        select(Membership.organisation_id, User.id, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id.in_(organisations), User.active)
        .order_by(User.name)
    )
    found: dict[uuid.UUID, tuple[Person, ...]] = {}
    for organisation_id, user_id, name in rows:
        held = found.get(organisation_id, ())
        found[organisation_id] = (*held, Person(user_id, name))
    return found


def _invited(
    actor: Actor, agreement_id: uuid.UUID, organisations: Sequence[uuid.UUID]
) -> dict[uuid.UUID, tuple[InvitationLine, ...]]:
    """Open invitations to this agreement, of organisations the actor looks after."""
    own = [one for one in organisations if actor.is_operator or one in actor.administers]
    rows = this_session().execute(
        select(Invitation.organisation_id, Invitation.email, Invitation.role, Invitation.expires_at)
        .where(
            Invitation.agreement_id == agreement_id,
            Invitation.organisation_id.in_(own),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > clock.utcnow(),
        )
        .order_by(Invitation.created_at)
    )
    found: dict[uuid.UUID, tuple[InvitationLine, ...]] = {}
    for organisation_id, email, role, expires_at in rows:
        held = found.get(organisation_id, ())
        found[organisation_id] = (*held, InvitationLine(email, role or "", expires_at))
    return found


def _others(organisations: Sequence[uuid.UUID]) -> tuple[tuple[str, str], ...]:
    """The organisations of the network that take no part, as (slug, words)."""
    rows = this_session().execute(
        select(Organisation.slug, Organisation.name, Organisation.code)
        .where(Organisation.id.not_in(organisations))
        .order_by(Organisation.slug)
    )
    return tuple((slug, f"{name} ({code})") for slug, name, code in rows)

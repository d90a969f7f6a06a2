"""People: organisations, invitations, joining and leaving."""

import uuid
from datetime import timedelta

from sqlalchemy import delete, func, select

from app.access.actor import Role
from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.generated import Party
from app.domain.slugs import slug_of
from app.kernel.errors import Conflict, Invalid
from app.kernel.ids import new_token
from app.models.agreements import Agreement, Participant, Seat
from app.models.people import Invitation, Membership, Organisation, User
from app.models.workspace import Workspace
from app.queries.people import actor_of, free_organisation_slug

STANDS_FOR = timedelta(days=14)
"""How long an invitation can be accepted."""

SEATS = (Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY, Role.OBSERVER)


@action(Permission.NETWORK_MANAGE)
def add_organisation(
    work: Work,
    workspace: Workspace,  # noqa: ARG001  the parent of first things
    *,
    name: str,
    code: str,
    country: str,
    city: str = "",
) -> Organisation:
    """Add an organisation with its three-letter sign, which nobody else may have."""
    code = code.strip().upper()
    if len(code) != 3 or not code.isalpha():
        raise Invalid("The sign is three letters.", "code")
    if work.session.scalars(select(Organisation).where(Organisation.code == code)).first():
        raise Invalid("{code} is another organisation's sign already.", "code", code=code)
    organisation = Organisation(
        slug=free_organisation_slug(work.session, slug_of(name)),
        code=code,
        name=name.strip(),
        country=country.strip().upper(),
        city=city.strip(),
    )
    work.session.add(organisation)
    work.record(e.OrganisationAdded(organisation=organisation.name))
    return organisation


@action(Permission.ORGANISATION_EDIT)
def edit_organisation(
    work: Work, organisation: Organisation, *, details: Party, country: str, city: str, seen: int
) -> Organisation:
    """Change what its profile and its signature page say. `seen` is the row version on the form."""
    if organisation.row_version != seen:
        raise Conflict("Somebody changed this profile meanwhile. Compare, then save again.")
    organisation.name, organisation.country, organisation.city = details.name, country, city
    organisation.legal_form, organisation.seat = details.legal_form, details.seat
    organisation.register_number = details.register_number
    organisation.representative, organisation.capacity = details.representative, details.capacity
    if not work.session.is_modified(organisation):
        work.unchanged = True
        return organisation
    work.record(e.OrganisationChanged(organisation=organisation.name))
    return organisation


@action(Permission.ORGANISATION_EDIT)
def choose_checking(work: Work, organisation: Organisation, *, checks: bool) -> Organisation:
    """Let an amendment be proposed only once a colleague has checked it, or no longer."""
    if organisation.checks_drafts == checks:
        work.unchanged = True
        return organisation
    organisation.checks_drafts = checks
    work.record(e.OrganisationChanged(organisation=organisation.name))
    return organisation


@action(Permission.ORGANISATION_INVITE)
def invite_person(
    work: Work,
    organisation: Organisation,
    *,
    email: str,
    token_hash: str,
    agreement: Agreement | None = None,
    role: str | None = None,
    is_administrator: bool = False,
) -> Invitation:
    """Invite somebody by link; with an agreement and a role they get that seat on joining."""
    if role is not None and role not in SEATS:
        raise Invalid("Choose a seat: legal contact, voter, signatory or observer.", "role")
    invitation = Invitation(
        token_hash=token_hash,
        email=email.strip().lower(),
        organisation_id=organisation.id,
        agreement_id=agreement.id if agreement else None,
        role=role,
        is_administrator=is_administrator,
        invited_by=work.person,
        created_at=work.now,
        expires_at=work.now + STANDS_FOR,
    )
    work.session.add(invitation)
    work.record(e.PersonInvited(organisation=organisation.name, role=role or "member"))
    return invitation


@action(Permission.INVITATION_REVOKE)
def revoke_invitation(work: Work, invitation: Invitation) -> Invitation:
    """Take an unused invitation back; its link is dead at once."""
    invitation.revoked_at = work.now
    work.record(e.InvitationRevoked(organisation=invitation.organisation.name))
    return invitation


@action(Permission.INVITATION_ACCEPT)
def accept_invitation(
    work: Work, invitation: Invitation, *, name: str, password_hash: str | None
) -> User:
    """Join: an account for the invited address, or the signed-in person's own, and the seat."""
    user = _account_for(work, invitation, name, password_hash)
    membership = work.session.get(Membership, (user.id, invitation.organisation_id))
    if membership is None:
        membership = Membership(user_id=user.id, organisation_id=invitation.organisation_id)
        work.session.add(membership)
    membership.is_administrator = bool(membership.is_administrator or invitation.is_administrator)
    _seat_for(work, invitation, user)
    invitation.accepted_at = work.now
    work.actor = actor_of(work.session, user.id)
    work.record(e.PersonJoined(organisation=invitation.organisation.name))
    return user


@action(Permission.NETWORK_MANAGE)
def add_person(
    work: Work, organisation: Organisation, *, name: str, email: str, is_administrator: bool = False
) -> User:
    """Give somebody an account in an organisation; they choose a password by the link by mail."""
    if not name.strip():
        raise Invalid("Give the name; others see it beside what this person writes.", "name")
    user = User(
        email=email.strip().lower(),
        name=name.strip(),
        fs_uniquifier=new_token(),
        created_at=work.now,
    )
    work.session.add(user)
    work.session.flush()
    work.session.add(
        Membership(
            user_id=user.id, organisation_id=organisation.id, is_administrator=is_administrator
        )
    )
    work.record(e.PersonAdded(organisation=organisation.name, person=str(user.id)))
    return user


def _account_for(work: Work, invitation: Invitation, name: str, password_hash: str | None) -> User:
    known = work.session.scalars(
        select(User).where(func.lower(User.email) == invitation.email)
    ).one_or_none()
    if work.actor.user_id is not None:
        user = work.session.get_one(User, work.actor.user_id)
        if user.email.lower() != invitation.email:
            raise Conflict(
                "This invitation is for {email}; you are signed in as {other}. Sign out first.",
                email=invitation.email,
                other=user.email,
            )
        return user
    if known is not None:
        raise Conflict("There is an account for this address. Sign in, then open the link again.")
    if not name.strip():
        raise Invalid("Give your name; others see it beside what you write.", "name")
    if not password_hash:
        raise Invalid("Choose a password.", "password")
    user = User(
        email=invitation.email,
        name=name.strip(),
        password=password_hash,
        fs_uniquifier=new_token(),
        created_at=work.now,
    )
    work.session.add(user)
    work.session.flush()
    return user


def _seat_for(work: Work, invitation: Invitation, user: User) -> None:
    if invitation.agreement_id is None or invitation.role is None:
        return
    participant = work.session.scalars(
        select(Participant).where(
            Participant.agreement_id == invitation.agreement_id,
            Participant.organisation_id == invitation.organisation_id,
            Participant.left_at.is_(None),
        )
    ).one_or_none()
    if participant is None:
        return
    held = select(Seat).where(
        Seat.participant_id == participant.id,
        Seat.user_id == user.id,
        Seat.role == invitation.role,
    )
    if work.session.scalars(held).first() is None:
        work.session.add(
            Seat(
                agreement_id=participant.agreement_id,
                participant_id=participant.id,
                user_id=user.id,
                role=invitation.role,
            )
        )


@action(Permission.ORGANISATION_INVITE)
def remove_person(work: Work, organisation: Organisation, *, user_id: uuid.UUID) -> Organisation:
    """End a membership with every right that came from it: its seats and unused invitations."""
    membership = work.session.get(Membership, (user_id, organisation.id))
    if membership is None:
        work.unchanged = True
        return organisation
    person = work.session.get_one(User, user_id)
    work.session.delete(membership)
    work.session.execute(
        delete(Seat).where(
            Seat.user_id == user_id,
            Seat.participant_id.in_(
                select(Participant.id).where(Participant.organisation_id == organisation.id)
            ),
        )
    )
    for invitation in work.session.scalars(
        select(Invitation).where(
            Invitation.email == person.email.lower(),
            Invitation.organisation_id == organisation.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
    ):
        invitation.revoked_at = work.now
    work.record(e.PersonRemoved(organisation=organisation.name, person=str(user_id)))
    return organisation

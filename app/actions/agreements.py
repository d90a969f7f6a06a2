"""Agreements: starting one, who takes part, its seats, its end."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.access.actor import Role
from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState, move
from app.domain.slugs import slug_of
from app.kernel.errors import Conflict, Invalid
from app.models.agreements import Agreement, Draft, Participant, Seat
from app.models.files import StoredFile
from app.models.people import Membership, Organisation
from app.models.workspace import Workspace
from app.queries import agreements as found
from app.queries import ballots


@action(Permission.AGREEMENT_START)
def start_agreement(
    work: Work,
    workspace: Workspace,  # noqa: ARG001  the parent of first things
    *,
    tree: ClauseTree,
    beside: Mapping[str, Any],
    provenance: Mapping[str, Any],
    timezone: str,
    template: tuple[str, str] = ("", ""),
    scenario: str = "",
    framework_id: uuid.UUID | None = None,
    threshold: int | None = None,
) -> Agreement:
    """Start drafting from a template's text; whoever starts it is its facilitator."""
    agreement = _new_agreement(work, tree, beside, provenance, timezone)
    agreement.template_slug, agreement.template_version = template
    agreement.scenario, agreement.framework_id = scenario, framework_id
    agreement.threshold = threshold
    work.record(e.AgreementStarted(title=tree.title, template=" ".join(template).strip()))
    return agreement


@action(Permission.AGREEMENT_START)
def import_agreement(
    work: Work,
    workspace: Workspace,  # noqa: ARG001  the parent of first things
    *,
    tree: ClauseTree,
    beside: Mapping[str, Any],
    provenance: Mapping[str, Any],
    timezone: str,
    original: StoredFile,
    unmapped: int,
) -> Agreement:
    """Start drafting from an existing document; the file itself is kept as evidence."""
    agreement = _new_agreement(work, tree, beside, provenance, timezone)
    original.agreement_id = agreement.id
    original.stored_at, original.stored_by = work.now, agreement.created_by
    work.session.add(original)
    work.record(
        e.AgreementImported(
            title=tree.title, file=original.name, sha256=original.sha256, unmapped=unmapped
        )
    )
    return agreement


def _new_agreement(
    work: Work,
    tree: ClauseTree,
    beside: Mapping[str, Any],
    provenance: Mapping[str, Any],
    timezone: str,
) -> Agreement:
    if not tree.title.strip():
        raise Invalid("Give the agreement a title.", "title")
    agreement = Agreement(
        slug=found.free_slug(work.session, slug_of(tree.title)),
        title=tree.title,
        state=AgreementState.DRAFTING,
        timezone=timezone,
        created_at=work.now,
        created_by=work.person,
    )
    work.session.add(agreement)
    work.session.flush()
    work.session.add_all(
        (
            Draft(
                agreement_id=agreement.id,
                tree=tree.to_json(),
                beside=dict(beside),
                provenance=dict(provenance),
                edited_at=work.now,
            ),
            Seat(agreement_id=agreement.id, user_id=work.person, role=Role.FACILITATOR),
        )
    )
    work.agreement_id = agreement.id
    return agreement


@action(Permission.AGREEMENT_INVITE)
def add_participant(
    work: Work,
    agreement: Agreement,
    *,
    organisation: Organisation,
    kind: str = "party",
    role: str = "",
    weight: int = 1,
) -> Participant:
    """Let an organisation take part, as a party or as an observer; one that left comes back."""
    participant = work.session.scalars(
        select(Participant).where(
            Participant.agreement_id == agreement.id,
            Participant.organisation_id == organisation.id,
        )
    ).one_or_none()
    if participant is not None and participant.left_at is None:
        raise Conflict("{name} takes part already.", name=organisation.name)
    if participant is None:
        participant = Participant(
            agreement_id=agreement.id,
            organisation_id=organisation.id,
            colour=found.next_colour(work.session, agreement.id),
            joined_at=work.now,
        )
        work.session.add(participant)
    participant.kind, participant.role, participant.weight = kind, role, weight
    participant.left_at = None
    work.record(e.ParticipantAdded(organisation=organisation.name, kind=kind))
    return participant


@action(Permission.SEAT_GIVE)
def end_participation(work: Work, participant: Participant) -> Participant:
    """Let an organisation leave; what it said stays, its seats end at once."""
    if participant.left_at is not None:
        work.unchanged = True
        return participant
    _check_not_put_out(work, participant)
    participant.left_at = work.now
    work.record(e.ParticipantLeft(organisation=participant.organisation.name))
    return participant


def _check_not_put_out(work: Work, participant: Participant) -> None:
    """Let nobody else take a party's vote away while a ballot is open; it may go by itself."""
    if participant.organisation_id in work.actor.administers:
        return
    opened = ballots.open_with(work.session, participant.agreement_id, participant.organisation_id)
    if opened is not None:
        raise Conflict(
            "{name} votes in ballot {number}, which is not counted yet. "
            "It can leave now only by its own administrator.",
            name=participant.organisation.name,
            number=opened.number,
        )


@action(Permission.SEAT_GIVE)
def give_seat(work: Work, participant: Participant, *, user_id: uuid.UUID, role: Role) -> Seat:
    """Give a member of the organisation a seat: legal contact, voter, signatory or observer."""
    if role in (Role.FACILITATOR, Role.MEMBER):
        raise Invalid(
            "A participant has legal contacts, voters, signatories and observers.", "role"
        )
    if work.session.get(Membership, (user_id, participant.organisation_id)) is None:
        raise Invalid(
            "Only members of {name} sit for it.", "user", name=participant.organisation.name
        )
    seat = work.session.scalars(
        select(Seat).where(
            Seat.participant_id == participant.id, Seat.user_id == user_id, Seat.role == role
        )
    ).one_or_none()
    if seat is not None:
        work.unchanged = True
        return seat
    seat = Seat(
        agreement_id=participant.agreement_id,
        participant_id=participant.id,
        user_id=user_id,
        role=role,
    )
    work.session.add(seat)
    work.record(
        e.SeatGiven(organisation=participant.organisation.name, role=role, person=str(user_id))
    )
    return seat


@action(Permission.SEAT_GIVE)
def end_seat(work: Work, participant: Participant, *, seat_id: uuid.UUID) -> Participant:
    """End one seat of a participant."""
    seat = work.session.get(Seat, seat_id)
    if seat is None or seat.participant_id != participant.id:
        raise Conflict("This seat has ended already.")
    work.session.delete(seat)
    work.record(
        e.SeatTaken(
            organisation=participant.organisation.name, role=seat.role, person=str(seat.user_id)
        )
    )
    return participant


@action(Permission.AGREEMENT_INVITE)
def share_facilitation(work: Work, agreement: Agreement, *, user_id: uuid.UUID) -> Seat:
    """Let a second person facilitate."""
    seat = Seat(agreement_id=agreement.id, user_id=user_id, role=Role.FACILITATOR)
    work.session.add(seat)
    work.record(e.SeatGiven(organisation="", role=Role.FACILITATOR, person=str(user_id)))
    return seat


@action(Permission.AGREEMENT_ABANDON)
def abandon_agreement(work: Work, agreement: Agreement) -> Agreement:
    """Give an agreement up before its text is adopted; everything stays readable."""
    agreement.state = move(AgreementState(agreement.state), AgreementState.ABANDONED)
    work.record(e.AgreementAbandoned())
    return agreement


@action(Permission.AGREEMENT_TERMINATE)
def terminate_agreement(work: Work, agreement: Agreement) -> Agreement:
    """Record that an agreement in force has ended."""
    agreement.state = move(AgreementState(agreement.state), AgreementState.TERMINATED)
    work.record(e.AgreementTerminated())
    return agreement

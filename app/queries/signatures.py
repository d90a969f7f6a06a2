"""Signing: the execution version, who is asked, what came back."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.access.actor import Role
from app.domain.lifecycle import RequestState
from app.kernel.said import said
from app.models.agreements import Execution, Participant, Seat
from app.models.ballots import Ballot
from app.models.people import Organisation
from app.models.signatures import SignatureRequest, SignedCopy


def adoption_ballot(session: Session, agreement_id: uuid.UUID) -> Ballot | None:
    """The latest ballot on the whole text that is not void."""
    return session.scalars(
        select(Ballot)
        .where(
            Ballot.agreement_id == agreement_id,
            Ballot.subject == "whole_text",
            Ballot.voided_at.is_(None),
        )
        .order_by(Ballot.number.desc())
        .limit(1)
    ).one_or_none()


def execution_of(session: Session, agreement_id: uuid.UUID) -> Execution | None:
    """The latest execution version of an agreement."""
    return session.scalars(
        select(Execution)
        .where(Execution.agreement_id == agreement_id)
        .options(joinedload(Execution.version))
        .order_by(Execution.adopted_at.desc())
        .limit(1)
    ).one_or_none()


def parties_to_ask(
    session: Session, agreement_id: uuid.UUID
) -> list[tuple[Organisation, list[str]]]:
    """Every party of today with the ids of its signatories."""
    signatories: dict[uuid.UUID | None, list[str]] = {}
    for participant_id, user_id in session.execute(
        select(Seat.participant_id, Seat.user_id).where(
            Seat.agreement_id == agreement_id, Seat.role == Role.SIGNATORY
        )
    ):
        signatories.setdefault(participant_id, []).append(str(user_id))
    participants = session.scalars(
        select(Participant)
        .where(
            Participant.agreement_id == agreement_id,
            Participant.kind == "party",
            Participant.left_at.is_(None),
        )
        .options(joinedload(Participant.organisation))
        .order_by(Participant.joined_at, Participant.id)
    )
    return [(one.organisation, sorted(signatories.get(one.id, []))) for one in participants]


def missing_details(organisation: Organisation) -> tuple[str, ...]:
    """What a signature block needs and the profile of an organisation doesn't say."""
    told = (
        (said("legal form"), organisation.legal_form),
        ("seat", organisation.seat),
        ("representative", organisation.representative),
    )
    return tuple(words for words, value in told if not value.strip())


def details_of(organisation: Organisation) -> dict[str, Any]:
    """What the signature block of an organisation says."""
    return {
        "name": organisation.name,
        "legal_form": organisation.legal_form,
        "seat": organisation.seat,
        "register_number": organisation.register_number,
        "representative": organisation.representative,
        "capacity": organisation.capacity,
    }


def requests_of(session: Session, agreement_id: uuid.UUID) -> Sequence[SignatureRequest]:
    """Every request to sign the latest execution version, with its copies, by organisation."""
    execution = execution_of(session, agreement_id)
    if execution is None:
        return ()
    return session.scalars(
        select(SignatureRequest)
        .join(Organisation, Organisation.id == SignatureRequest.organisation_id)
        .where(SignatureRequest.version_id == execution.version_id)
        .options(
            joinedload(SignatureRequest.organisation),
            joinedload(SignatureRequest.agreement),
            selectinload(SignatureRequest.copies).joinedload(SignedCopy.file),
        )
        .order_by(Organisation.slug)
    ).all()


def open_requests(session: Session, agreement_id: uuid.UUID) -> Sequence[SignatureRequest]:
    """The requests that were never answered by a signature, of any version."""
    return session.scalars(
        select(SignatureRequest).where(
            SignatureRequest.agreement_id == agreement_id,
            SignatureRequest.state.in_((RequestState.REQUESTED, RequestState.DECLINED)),
        )
    ).all()


def copies_of(session: Session, request_id: uuid.UUID) -> Sequence[SignedCopy]:
    """The copies handed in for one request."""
    return session.scalars(
        select(SignedCopy)
        .where(SignedCopy.request_id == request_id)
        .order_by(SignedCopy.received_at)
    ).all()


def states_of(session: Session, agreement_id: uuid.UUID) -> list[RequestState]:
    """The states of all requests for the latest execution version."""
    execution = execution_of(session, agreement_id)
    if execution is None:
        return []
    return [
        RequestState(state)
        for state in session.scalars(
            select(SignatureRequest.state).where(
                SignatureRequest.version_id == execution.version_id
            )
        )
    ]

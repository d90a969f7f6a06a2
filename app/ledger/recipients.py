"""Who should hear of an event. Only people who may read the agreement are ever named."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, or_, select

from app.access.actor import Role
from app.domain import events as e
from app.models.agreements import Participant, Seat
from app.models.amendments import AmendmentRow
from app.models.comments import Comment, Thread
from app.models.inside import InternalRemark
from app.models.people import Organisation

EVERYBODY = (
    e.RoundOpened,
    e.RoundExtended,
    e.BallotOpened,
    e.BallotExtended,
    e.BallotCounted,
    e.BallotVoided,
    e.BundleProposed,
    e.BundleAccepted,
    e.VersionPublished,
    e.VersionAdopted,
    e.SigningOpened,
    e.EnteredIntoForce,
    e.AgreementAbandoned,
    e.AgreementTerminated,
)
"""Told to everyone with a seat; where its party has left, the seat is none."""

FACILITATORS = (
    e.ThreadStarted,
    e.AmendmentProposed,
    e.AmendmentWithdrawn,
    e.AmendmentPulled,
    e.SignedCopyReceived,
    e.SignatureDeclined,
    e.PartyDetailsConfirmed,
)
"""Told to those who run the agreement."""

AUTHORS = (
    e.AmendmentDecided,
    e.AmendmentRebased,
    e.AmendmentAnswered,
    e.AmendmentAnswerUndone,
    e.AmendmentSupported,
)
"""Told to the legal contacts of the organisation whose amendment it is, and to who wrote it."""

CONTACTS = (e.InternalNoteKept, e.DraftChecked, e.DraftSentBack)
"""Told to the legal contacts of the organisation inside which it happened."""

WRITERS = (e.ReplyAdded, e.CommentAnswered, e.CommentAnswerUndone, e.ThreadResolved)
"""Told to everyone who wrote in the thread."""


def of(agreement_id: uuid.UUID | None, event: e.Event) -> Select[uuid.UUID] | None:
    """The ids of the people to tell as a query, whoever acted included; None if nobody ever is.

    Somebody with several seats may be in it more than once.
    """
    if agreement_id is None:
        return None
    data = event.to_json()
    if isinstance(event, EVERYBODY):
        return _seats(agreement_id)
    if isinstance(event, FACILITATORS):
        return _seats(agreement_id).where(Seat.role == Role.FACILITATOR)
    if isinstance(event, AUTHORS):
        return _authors(agreement_id, data)
    if isinstance(event, WRITERS):
        return _writers(agreement_id, data)
    if isinstance(event, e.Mentioned):
        return _mentioned(agreement_id, data)
    if isinstance(event, e.CheckAsked):
        return _inside(agreement_id, data)
    if isinstance(event, CONTACTS):
        return _inside(agreement_id, data).where(Seat.role == Role.LEGAL_CONTACT)
    if isinstance(event, e.MentionedInside):
        people = [uuid.UUID(one) for one in data["people"]]
        told = _inside(agreement_id, data).where(Seat.user_id.in_(people))
        return told.where(Seat.user_id.not_in(_wrote_inside(data)))
    if isinstance(event, e.InternalReplyAdded):
        return _inside(agreement_id, data).where(Seat.user_id.in_(_wrote_inside(data)))
    if isinstance(event, e.AnswersReported):
        return _speakers(agreement_id, data["code"])
    if isinstance(event, e.PersonReminded):
        return _seats(agreement_id).where(Seat.user_id == uuid.UUID(data["person"]))
    return None


def _seats(agreement_id: uuid.UUID) -> Select[uuid.UUID]:
    return (
        select(Seat.user_id)
        .outerjoin(Participant, Participant.id == Seat.participant_id)
        .where(Seat.agreement_id == agreement_id, Participant.left_at.is_(None))
    )


def _speakers(agreement_id: uuid.UUID, code: str) -> Select[uuid.UUID]:
    """The legal contacts of the organisation with that sign."""
    return (
        _seats(agreement_id)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .where(Organisation.code == code, Seat.role == Role.LEGAL_CONTACT)
    )


def _inside(agreement_id: uuid.UUID, data: Mapping[str, Any]) -> Select[uuid.UUID]:
    """Everyone who sits for the organisation inside which something happened."""
    organisation = uuid.UUID(data["organisation_id"])
    return _seats(agreement_id).where(Participant.organisation_id == organisation)


def _wrote_inside(data: Mapping[str, Any]) -> Select[uuid.UUID]:
    note = uuid.UUID(data["inside"])
    return select(InternalRemark.author_id).where(InternalRemark.note_id == note)


def _authors(agreement_id: uuid.UUID, data: Mapping[str, Any]) -> Select[uuid.UUID]:
    speaks = (Seat.role == Role.LEGAL_CONTACT) & (
        Participant.organisation_id == AmendmentRow.organisation_id
    )
    return (
        _seats(agreement_id)
        .join(AmendmentRow, AmendmentRow.agreement_id == Seat.agreement_id)
        .where(
            AmendmentRow.label == data["amendment"],
            or_(speaks, Seat.user_id == AmendmentRow.author_id),
        )
    )


def _writers(agreement_id: uuid.UUID, data: Mapping[str, Any]) -> Select[uuid.UUID]:
    return _seats(agreement_id).where(Seat.user_id.in_(_wrote(agreement_id, data)))


def _mentioned(agreement_id: uuid.UUID, data: Mapping[str, Any]) -> Select[uuid.UUID]:
    """The people that were mentioned, and the legal contacts of the organisations.

    Whoever wrote in the thread is told of the new words anyway.
    """
    contacts = Organisation.code.in_(data["codes"]) & (Seat.role == Role.LEGAL_CONTACT)
    people = [uuid.UUID(one) for one in data["people"]]
    return (
        _seats(agreement_id)
        .outerjoin(Organisation, Organisation.id == Participant.organisation_id)
        .where(
            or_(contacts, Seat.user_id.in_(people)), Seat.user_id.not_in(_wrote(agreement_id, data))
        )
    )


def _wrote(agreement_id: uuid.UUID, data: Mapping[str, Any]) -> Select[uuid.UUID]:
    return (
        select(Comment.author_id)
        .join(Thread, Comment.thread_id == Thread.id)
        .where(Thread.agreement_id == agreement_id, Thread.number == data["thread"])
    )

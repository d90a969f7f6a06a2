"""Who should hear of an event. Only people who may read the agreement are ever named."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.access.actor import Role
from app.domain import events as e
from app.models.agreements import Seat
from app.models.amendments import AmendmentRow
from app.models.comments import Comment, Thread

EVERYBODY = (
    e.RoundOpened,
    e.RoundExtended,
    e.BallotOpened,
    e.BallotExtended,
    e.BallotCounted,
    e.BallotVoided,
    e.VersionPublished,
    e.VersionAdopted,
    e.SigningOpened,
    e.EnteredIntoForce,
    e.AgreementAbandoned,
    e.AgreementTerminated,
)
"""Told to everyone with a seat."""

FACILITATORS = (
    e.ThreadStarted,
    e.AmendmentProposed,
    e.AmendmentWithdrawn,
    e.SignedCopyReceived,
    e.SignatureDeclined,
    e.PartyDetailsConfirmed,
)
"""Told to those who run the agreement."""

AUTHORS = (e.AmendmentDecided, e.AmendmentRebased, e.AmendmentAnswered, e.AmendmentSupported)
"""Told to the organisation whose amendment it is."""

WRITERS = (e.ReplyAdded, e.CommentAnswered, e.ThreadResolved)
"""Told to everyone who wrote in the thread."""


def of(session: Session, agreement_id: uuid.UUID | None, event: e.Event) -> set[uuid.UUID]:
    """The ids of the people to tell, whoever acted included."""
    if agreement_id is None:
        return set()
    data = event.to_json()
    if isinstance(event, EVERYBODY):
        return set(session.scalars(_seats(agreement_id)))
    if isinstance(event, FACILITATORS):
        return set(session.scalars(_seats(agreement_id, Role.FACILITATOR)))
    if isinstance(event, AUTHORS):
        return set(session.scalars(_authors(agreement_id, data)))
    if isinstance(event, WRITERS):
        return set(session.scalars(_writers(agreement_id, data)))
    return set()


def _seats(agreement_id: uuid.UUID, *roles: Role) -> Select[uuid.UUID]:
    query = select(Seat.user_id).where(Seat.agreement_id == agreement_id)
    return query.where(Seat.role.in_(roles)) if roles else query


def _authors(agreement_id: uuid.UUID, data: Mapping[str, Any]) -> Select[uuid.UUID]:
    return select(AmendmentRow.author_id).where(
        AmendmentRow.agreement_id == agreement_id, AmendmentRow.label == data["amendment"]
    )


def _writers(agreement_id: uuid.UUID, data: Mapping[str, Any]) -> Select[uuid.UUID]:
    return (
        select(Comment.author_id)
        .join(Thread, Comment.thread_id == Thread.id)
        .where(Thread.agreement_id == agreement_id, Thread.number == data["thread"])
    )

"""Who should hear of an event. Only people who may read the agreement are ever named."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Integer, Select, String, Uuid, bindparam, or_, select

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


@dataclass(frozen=True)
class Told:
    """Whom to tell: a statement that is built once, and the values that it is asked with."""

    people: Select[uuid.UUID]
    values: Mapping[str, Any]


def of(agreement_id: uuid.UUID | None, event: e.Event) -> Told | None:
    """The ids of the people to tell as a query, whoever acted included; None if nobody ever is.

    Somebody with several seats may be in it more than once.
    """
    if agreement_id is None:
        return None
    for kinds, people, fields in _RULES:
        if isinstance(event, kinds):
            values = {name: _AS_ASKED.get(name, _same)(getattr(event, name)) for name in fields}
            return Told(people, {"agreement": agreement_id, **values})
    return None


def _same(value: Any) -> Any:
    return value


def _ids(values: Any) -> list[uuid.UUID]:
    return [uuid.UUID(one) for one in values]


_AS_ASKED: Mapping[str, Callable[[Any], Any]] = {
    "person": uuid.UUID,
    "organisation_id": uuid.UUID,
    "inside": uuid.UUID,
    "people": _ids,
    "codes": list,
}


def _id(name: str) -> BindParameter[uuid.UUID]:
    return bindparam(name, type_=Uuid())


def _word(name: str) -> BindParameter[str]:
    return bindparam(name, type_=String())


_PEOPLE: BindParameter[Any] = bindparam("people", type_=Uuid(), expanding=True)
_CODES: BindParameter[Any] = bindparam("codes", type_=String(), expanding=True)

_seats = (
    select(Seat.user_id)
    .outerjoin(Participant, Participant.id == Seat.participant_id)
    .where(Seat.agreement_id == _id("agreement"), Participant.left_at.is_(None))
)
_legal_contact = Seat.role == Role.LEGAL_CONTACT

_inside = _seats.where(Participant.organisation_id == _id("organisation_id"))
"""Everyone who sits for the organisation inside which something happened."""

_wrote_inside = select(InternalRemark.author_id).where(InternalRemark.note_id == _id("inside"))

_authors = _seats.join(AmendmentRow, AmendmentRow.agreement_id == Seat.agreement_id).where(
    AmendmentRow.label == _word("amendment"),
    or_(
        _legal_contact & (Participant.organisation_id == AmendmentRow.organisation_id),
        Seat.user_id == AmendmentRow.author_id,
    ),
)

_wrote = (
    select(Comment.author_id)
    .join(Thread, Comment.thread_id == Thread.id)
    .where(
        Thread.agreement_id == _id("agreement"),
        Thread.number == bindparam("thread", type_=Integer()),
    )
)

_mentioned = _seats.outerjoin(Organisation, Organisation.id == Participant.organisation_id).where(
    or_(Organisation.code.in_(_CODES) & _legal_contact, Seat.user_id.in_(_PEOPLE)),
    Seat.user_id.not_in(_wrote),
)
"""The people that were mentioned, and the legal contacts of the organisations.

Whoever wrote in the thread is told of the new words anyway.
"""

_speakers = _seats.join(Organisation, Organisation.id == Participant.organisation_id).where(
    Organisation.code == _word("code"), _legal_contact
)
"""The legal contacts of the organisation with that sign."""

_RULES: tuple[tuple[Any, Select[uuid.UUID], tuple[str, ...]], ...] = (
    (EVERYBODY, _seats, ()),
    (FACILITATORS, _seats.where(Seat.role == Role.FACILITATOR), ()),
    (AUTHORS, _authors, ("amendment",)),
    (WRITERS, _seats.where(Seat.user_id.in_(_wrote)), ("thread",)),
    (e.Mentioned, _mentioned, ("thread", "people", "codes")),
    (e.CheckAsked, _inside, ("organisation_id",)),
    (CONTACTS, _inside.where(_legal_contact), ("organisation_id",)),
    (
        e.MentionedInside,
        _inside.where(Seat.user_id.in_(_PEOPLE), Seat.user_id.not_in(_wrote_inside)),
        ("organisation_id", "people", "inside"),
    ),
    (
        e.InternalReplyAdded,
        _inside.where(Seat.user_id.in_(_wrote_inside)),
        ("organisation_id", "inside"),
    ),
    (e.AnswersReported, _speakers, ("code",)),
    (e.PersonReminded, _seats.where(Seat.user_id == _id("person")), ("person",)),
)
"""The first kind that fits decides: who is told, and the fields of the event that say it."""

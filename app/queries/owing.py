"""Who still owes something at this moment of an agreement, and when they were last reminded."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.access.actor import Role
from app.domain.events import PersonReminded
from app.domain.lifecycle import AgreementState, RequestState, is_open
from app.kernel.said import said
from app.models.agreements import Agreement, Participant, Seat
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, RollEntry, Vote
from app.models.comments import Comment, Thread
from app.models.notices import Notice
from app.models.people import Organisation, User
from app.models.rounds import Round
from app.models.signatures import SignatureRequest
from app.queries import readers
from app.queries.agreements import round_of

QUIET = timedelta(hours=24)
"""How long nobody is reminded again."""

_S = AgreementState
_CONFIRMS = (_S.PUBLISHED, _S.ADOPTION, _S.ADOPTED)


@dataclass(frozen=True)
class Owing:
    """One person with everything they owe, each as a few words ("vote in ballot 4")."""

    person: uuid.UUID
    name: str
    organisation: str
    owes: tuple[str, ...]
    reminded_at: datetime | None

    def may_be_reminded(self, now: datetime) -> bool:
        """Whether the last reminder lies far enough behind."""
        return self.reminded_at is None or now - self.reminded_at >= QUIET


@dataclass(frozen=True)
class _Seated:
    person: uuid.UUID
    name: str
    organisation_id: uuid.UUID
    organisation: str
    role: str
    confirmed: bool


def owing_in(session: Session, agreement: Agreement, now: datetime) -> tuple[Owing, ...]:
    """Everybody of a party who owes something now, by organisation: eight statements at most."""
    seats = _seats(session, agreement)
    owed: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for person, words in _all_owed(session, agreement, seats, now):
        if words not in owed[person]:
            owed[person].append(words)
    names = {one.person: one for one in reversed(seats)}
    last = _reminded(session, agreement)
    found = [
        Owing(id_, names[id_].name, names[id_].organisation, tuple(words), last.get(id_))
        for id_, words in owed.items()
        if id_ in names
    ]
    return tuple(sorted(found, key=lambda one: (one.organisation.casefold(), one.name)))


def _all_owed(
    session: Session, agreement: Agreement, seats: list[_Seated], now: datetime
) -> Iterator[tuple[uuid.UUID, str]]:
    state = AgreementState(agreement.state)
    held = round_of(session, agreement.id)
    if (
        held is not None
        and state is _S.CONSULTATION
        and is_open(now, held.opens_at, held.closes_at)
    ):
        spoke, read = _spoke(session, held), readers.read_at(session, held.version_id)
        wrote = _wrote(session, held)
        for one in seats:
            reads = one.role in (Role.LEGAL_CONTACT, Role.VOTER)
            if reads and one.person not in read and one.person not in wrote:
                yield one.person, said("read the text of round {number}", number=held.number)
            if one.role == Role.LEGAL_CONTACT and one.organisation_id not in spoke:
                yield (
                    one.person,
                    said("comment on or amend the text of round {number}", number=held.number),
                )
    yield from _votes(session, agreement, now)
    if state in _CONFIRMS:
        for one in seats:
            if one.role in (Role.LEGAL_CONTACT, Role.SIGNATORY) and not one.confirmed:
                yield one.person, said("confirm the details for the signature page")
    if state in (_S.SIGNING, _S.IN_FORCE):
        unsigned = _unsigned(session, agreement)
        for one in seats:
            if one.role == Role.SIGNATORY and one.organisation_id in unsigned:
                yield one.person, said("sign the agreement")


def _seats(session: Session, agreement: Agreement) -> list[_Seated]:
    rows = session.execute(
        select(User.id, User.name, Organisation.id, Organisation.name, Seat.role)
        .add_columns(Participant.details_confirmed_at)
        .join(Seat, Seat.user_id == User.id)
        .join(Participant, Participant.id == Seat.participant_id)
        .join(Organisation, Organisation.id == Participant.organisation_id)
        .where(
            Seat.agreement_id == agreement.id,
            Participant.kind == "party",
            Participant.left_at.is_(None),
        )
        .order_by(Organisation.name, User.name)
    )
    return [_Seated(row[0], row[1], row[2], row[3], row[4], row[5] is not None) for row in rows]


def _spoke(session: Session, held: Round) -> set[uuid.UUID | None]:
    """The organisations that commented or proposed in a round."""
    said = session.scalars(
        select(Comment.organisation_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Thread.round_id == held.id, Comment.retracted_at.is_(None))
        .union(
            select(AmendmentRow.organisation_id).where(
                AmendmentRow.round_id == held.id, AmendmentRow.number.is_not(None)
            )
        )
    )
    return set(said)


def _wrote(session: Session, held: Round) -> set[uuid.UUID]:
    """Who commented or proposed in a round, in person: they have read what they wrote about."""
    said = session.scalars(
        select(Comment.author_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .where(Thread.round_id == held.id)
        .union(
            select(AmendmentRow.author_id).where(
                AmendmentRow.round_id == held.id, AmendmentRow.number.is_not(None)
            )
        )
    )
    return set(said)


def _votes(
    session: Session, agreement: Agreement, now: datetime
) -> Iterator[tuple[uuid.UUID, str]]:
    """Who may cast a vote that nobody of their organisation has cast."""
    voted = exists().where(
        Vote.ballot_id == Ballot.id,
        Vote.organisation_id == RollEntry.organisation_id,
        Vote.is_live,
    )
    rows = session.execute(
        select(Ballot.number, RollEntry.casters)
        .join(RollEntry, RollEntry.ballot_id == Ballot.id)
        .where(
            Ballot.agreement_id == agreement.id,
            Ballot.voided_at.is_(None),
            Ballot.counted_at.is_(None),
            Ballot.opens_at <= now,
            Ballot.closes_at > now,
            RollEntry.took_part.is_(False),
            ~voted,
        )
        .order_by(Ballot.number)
    )
    for number, casters in rows:
        for caster in casters:
            yield uuid.UUID(caster), said("vote in ballot {number}", number=number)


def _unsigned(session: Session, agreement: Agreement) -> set[uuid.UUID]:
    rows = session.scalars(
        select(SignatureRequest.organisation_id).where(
            SignatureRequest.agreement_id == agreement.id,
            SignatureRequest.state == RequestState.REQUESTED,
        )
    )
    return set(rows)


def _reminded(session: Session, agreement: Agreement) -> Mapping[uuid.UUID, datetime]:
    rows = session.execute(
        select(Notice.user_id, func.max(Notice.created_at))
        .where(Notice.agreement_id == agreement.id, Notice.tag == PersonReminded.tag)
        .group_by(Notice.user_id)
    ).all()
    return {row[0]: row[1] for row in rows}

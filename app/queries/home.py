"""Home: what waits for a person, what ends soon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, or_, select, tuple_
from sqlalchemy.orm import Mapped, Session

from app.access.actor import Actor, Role
from app.domain.lifecycle import AgreementState, AmendmentState, CopyState, RequestState
from app.kernel import clock
from app.kernel.keeping import Shelf
from app.kernel.said import Said, counted, said
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.audit import AuditEntry
from app.models.ballots import Ballot, RollEntry, Vote
from app.models.comments import Thread
from app.models.decisions import Disposition
from app.models.inside import DraftCheck
from app.models.people import Organisation
from app.models.rounds import Round
from app.models.signatures import SignatureRequest, SignedCopy
from app.queries import consolidations
from app.queries.answers import is_said
from app.queries.reading import session as this_session

_OPEN: Shelf[int] = Shelf(1_000)
"""How many conflicts were open, by the last entry of the record about the agreement."""


@dataclass(frozen=True)
class Due:
    """One thing that waits: what to do, about what, until when, where (`noun` and `value`)."""

    verb: Said
    words: str
    agreement: str
    slug: str
    noun: str
    value: object
    small: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class Deadline:
    """A moment after which something is no longer accepted."""

    at: datetime
    words: str
    agreement: str
    slug: str


def due_of(actor: Actor) -> Sequence[Due]:
    """What waits for the actor, the nearest deadline first. A fixed number of statements."""
    session, now = this_session(), clock.utcnow()
    found = [
        *_votes(session, actor, now),
        *_confirmations(session, actor),
        *_drafts(session, actor, now),
        *_checks(session, actor, now),
        *_answers(session, actor, now),
        *_conflicts(session, actor),
        *_signatures(session, actor),
        *_copies(session, actor),
    ]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda due: due.until or far)


def deadlines_of(actor: Actor) -> Sequence[Deadline]:
    """The rounds and ballots that close next in the actor's agreements: two statements."""
    session, now = this_session(), clock.utcnow()
    ids = {standing.agreement_id for standing in actor.standings}
    rounds = session.execute(
        select(Round.closes_at, Round.number, Agreement.title, Agreement.slug)
        .join(Agreement, Agreement.id == Round.agreement_id)
        .where(Round.agreement_id.in_(ids), Round.closes_at > now, _goes_on())
    )
    ballots = session.execute(
        select(Ballot.closes_at, Ballot.number, Agreement.title, Agreement.slug)
        .join(Agreement, Agreement.id == Ballot.agreement_id)
        .where(
            Ballot.agreement_id.in_(ids),
            Ballot.closes_at > now,
            Ballot.voided_at.is_(None),
            _goes_on(),
        )
    )
    found = [
        Deadline(
            row.closes_at, said("Round {number} closes", number=row.number), row.title, row.slug
        )
        for row in rounds
    ]
    found += [
        Deadline(
            row.closes_at, said("Ballot {number} closes", number=row.number), row.title, row.slug
        )
        for row in ballots
    ]
    return sorted(found, key=lambda deadline: deadline.at)


def _goes_on() -> ColumnElement[bool]:
    return Agreement.state.not_in((AgreementState.TERMINATED, AgreementState.ABANDONED))


def _votes(session: Session, actor: Actor, now: datetime) -> Iterator[Due]:
    """Open ballots in which the actor may vote and the organisation has not."""
    rows = session.execute(
        select(
            *(Ballot.number, Ballot.question, Ballot.closes_at),
            *(Agreement.title, Agreement.slug, RollEntry.casters, Organisation.name),
        )
        .join(RollEntry, RollEntry.ballot_id == Ballot.id)
        .join(Organisation, Organisation.id == RollEntry.organisation_id)
        .join(Agreement, Agreement.id == Ballot.agreement_id)
        .outerjoin(
            Vote,
            (Vote.ballot_id == Ballot.id)
            & (Vote.organisation_id == RollEntry.organisation_id)
            & Vote.is_live,
        )
        .where(
            Ballot.agreement_id.in_({one.agreement_id for one in actor.standings}),
            RollEntry.organisation_id.in_(actor.organisations),
            RollEntry.took_part.is_(False),
            Vote.id.is_(None),
            Ballot.voided_at.is_(None),
            Ballot.closes_at > now,
            _goes_on(),
        )
    )
    for row in rows:
        if str(actor.user_id) in row.casters:
            small = said("Ballot {number}. {name} has not voted.", number=row.number, name=row.name)
            yield Due(
                said("Vote"),
                row.question,
                row.title,
                row.slug,
                "ballot",
                row.number,
                small,
                row.closes_at,
            )


def _sits_for(
    actor: Actor, role: Role, agreement: Mapped[UUID], organisation: Mapped[Any]
) -> ColumnElement[bool]:
    """Whether a row is of an organisation for which the actor has this seat in that agreement."""
    seats = [(one.agreement_id, one.organisation_id) for one in actor.standings if one.role is role]
    return tuple_(agreement, organisation).in_(seats)


def _confirmations(session: Session, actor: Actor) -> Iterator[Due]:
    """One's amendments that a new version put in doubt."""
    rows = session.execute(
        select(AmendmentRow.label, Agreement.title, Agreement.slug)
        .join(Agreement, Agreement.id == AmendmentRow.agreement_id)
        .where(
            _sits_for(
                actor, Role.LEGAL_CONTACT, AmendmentRow.agreement_id, AmendmentRow.organisation_id
            ),
            AmendmentRow.state == AmendmentState.PROPOSED,
            AmendmentRow.rebase_state == "attention",
            _goes_on(),
        )
    )
    for row in rows:
        words = said("Your amendment {label} meets new words", label=row.label)
        small = said("The text changed under it. Confirm what we carried over, or rewrite it.")
        yield Due(said("Confirm"), words, row.title, row.slug, "amendment", row.label, small)


def _drafts(session: Session, actor: Actor, now: datetime) -> Iterator[Due]:
    """Drafts of one's organisation in a round that is still open: one line an agreement."""
    speaks = _sits_for(
        actor, Role.LEGAL_CONTACT, AmendmentRow.agreement_id, AmendmentRow.organisation_id
    )
    facilitates = AmendmentRow.agreement_id.in_(_facilitated(actor))
    rows = session.execute(
        select(func.count().label("many"), Round.closes_at, Agreement.title, Agreement.slug)
        .select_from(AmendmentRow)
        .join(Round, Round.id == AmendmentRow.round_id)
        .join(Agreement, Agreement.id == AmendmentRow.agreement_id)
        .where(
            or_(speaks, facilitates & (AmendmentRow.author_id == actor.user_id)),
            AmendmentRow.state.in_((AmendmentState.DRAFT, AmendmentState.CHECKED)),
            Round.closes_at > now,
            _goes_on(),
        )
        .group_by(Round.closes_at, Agreement.title, Agreement.slug)
    )
    for row in rows:
        words = counted(row.many, "Your draft amendment", "Your {n} draft amendments")
        small = said("Only your organisation sees it until you propose it.")
        yield Due(
            said("Finish"), words, row.title, row.slug, "amendments", None, small, row.closes_at
        )


def _checks(session: Session, actor: Actor, now: datetime) -> Iterator[Due]:
    """Drafts that a colleague asked to have checked, and the actor did not write."""
    seats = (Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY)
    sits = (
        _sits_for(actor, role, AmendmentRow.agreement_id, AmendmentRow.organisation_id)
        for role in seats
    )
    last = (
        select(DraftCheck.step)
        .where(DraftCheck.amendment_id == AmendmentRow.id)
        .order_by(DraftCheck.made_at.desc(), DraftCheck.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(AmendmentRow.id, Round.closes_at, Agreement.title, Agreement.slug, Organisation.name)
        .select_from(AmendmentRow)
        .join(Round, Round.id == AmendmentRow.round_id)
        .join(Agreement, Agreement.id == AmendmentRow.agreement_id)
        .join(Organisation, Organisation.id == AmendmentRow.organisation_id)
        .where(
            or_(*sits),
            AmendmentRow.state == AmendmentState.DRAFT,
            func.coalesce(AmendmentRow.written_by, AmendmentRow.author_id) != actor.user_id,
            last == "asked",
            Round.closes_at > now,
            _goes_on(),
        )
    )
    for row in rows:
        words = said("A draft amendment of {organisation}", organisation=row.name)
        small = said("A colleague asks you to read it before it is proposed.")
        yield Due(said("Check"), words, row.title, row.slug, "draft", row.id, small, row.closes_at)


def _facilitated(actor: Actor) -> set[UUID]:
    return {one.agreement_id for one in actor.standings if one.role is Role.FACILITATOR}


def _answers(session: Session, actor: Actor, now: datetime) -> Iterator[Due]:
    """For a facilitator: rounds that are over and have contributions without an answer.

    Not its amendments while ballots decide them.
    """
    threads = _without_answer(Thread, Disposition.thread_id, is_said())
    proposed = AmendmentRow.state == AmendmentState.PROPOSED
    waits = Agreement.state != AgreementState.VOTING
    amendments = _without_answer(AmendmentRow, Disposition.amendment_id, proposed, waits)
    rows = session.execute(
        select((threads + amendments).label("many"), Agreement.title, Agreement.slug)
        .select_from(Round)
        .join(Agreement, Agreement.id == Round.agreement_id)
        .where(
            Round.agreement_id.in_(_facilitated(actor)),
            Round.settled_at.is_(None),
            Round.closes_at <= now,
            _goes_on(),
        )
    )
    for row in rows:
        if row.many:
            words = counted(
                row.many, "{n} contribution has no answer", "{n} contributions have no answer"
            )
            over = said("The round is over.")
            yield Due(said("Respond"), words, row.title, row.slug, "desk", None, over)


def _conflicts(session: Session, actor: Actor) -> Iterator[Due]:
    """For a facilitator: conflicts between accepted amendments while a version is put together.

    What is accepted is merged once for each state of the record.
    """
    if not (facilitated := _facilitated(actor)):
        return
    last = (
        select(AuditEntry.hash)
        .where(AuditEntry.agreement_id == Agreement.id)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
        .correlate(Agreement)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Round, last.label("state"), Version.number, Agreement.title, Agreement.slug)
        .join(Agreement, Agreement.id == Round.agreement_id)
        .join(Version, Version.id == Round.version_id)
        .where(
            Round.agreement_id.in_(facilitated),
            Round.settled_at.is_(None),
            Agreement.state == AgreementState.CONSOLIDATION,
        )
    ).all()
    for held, state, version, title, slug in rows:
        many = _OPEN.get(state)
        if many is None:
            many = len(consolidations.standing_of(session, held).merged.conflicts)
            _OPEN.put(state, many)
        if many:
            words = counted(
                many,
                "{n} conflict between accepted amendments",
                "{n} conflicts between accepted amendments",
            )
            small = said("Version {number} waits for a decision.", number=version + 1)
            yield Due(said("Settle"), words, title, slug, "conflict", None, small)


def _without_answer(
    kind: type[Thread] | type[AmendmentRow], answered: Mapped[Any], *only: ColumnElement[bool]
) -> ScalarSelect[int]:
    given = exists().where(answered == kind.id, Disposition.round_id == Round.id)
    return (
        select(func.count())
        .select_from(kind)
        .where(kind.round_id == Round.id, ~given.correlate(kind, Round), *only)
        .correlate(Round, Agreement)
        .scalar_subquery()
    )


def _signatures(session: Session, actor: Actor) -> Iterator[Due]:
    """Agreements that wait for the signature of the actor's party."""
    rows = session.execute(
        select(Agreement.title, Agreement.slug, Organisation.name)
        .select_from(SignatureRequest)
        .join(Agreement, Agreement.id == SignatureRequest.agreement_id)
        .join(Organisation, Organisation.id == SignatureRequest.organisation_id)
        .where(
            _sits_for(
                actor,
                Role.SIGNATORY,
                SignatureRequest.agreement_id,
                SignatureRequest.organisation_id,
            ),
            SignatureRequest.state == RequestState.REQUESTED,
            Agreement.state.in_((AgreementState.SIGNING, AgreementState.IN_FORCE)),
            ~select(SignedCopy.id)
            .where(
                SignedCopy.request_id == SignatureRequest.id,
                SignedCopy.state.in_((CopyState.RECEIVED, CopyState.DOUBTFUL)),
            )
            .exists(),
        )
    )
    for row in rows:
        small = said(
            "You sign for {name}. Download the text, sign it, hand the copy in.", name=row.name
        )
        yield Due(said("Sign"), row.title, row.title, row.slug, "signing", None, small)


def _copies(session: Session, actor: Actor) -> Iterator[Due]:
    """For a facilitator: signed copies that somebody has to look at."""
    rows = session.execute(
        select(func.count().label("many"), Agreement.title, Agreement.slug)
        .select_from(SignedCopy)
        .join(SignatureRequest, SignatureRequest.id == SignedCopy.request_id)
        .join(Agreement, Agreement.id == SignatureRequest.agreement_id)
        .where(SignedCopy.state == CopyState.RECEIVED, Agreement.id.in_(_facilitated(actor)))
        .group_by(Agreement.title, Agreement.slug)
    )
    for row in rows:
        words = counted(row.many, "One signed copy", "{n} signed copies")
        yield Due(
            said("Look"),
            words,
            row.title,
            row.slug,
            "signing",
            None,
            said("Count it, or say what is wrong."),
        )


def memberships_of(actor: Actor) -> Sequence[str]:
    """The names of the organisations the actor belongs to."""
    return (
        this_session()
        .scalars(
            select(Organisation.name)
            .where(Organisation.id.in_(actor.organisations))
            .order_by(Organisation.name)
        )
        .all()
    )

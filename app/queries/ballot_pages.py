"""Ballots as their pages show them: one line each, and one with everything about it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Integer, String, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import can
from app.access.predicates import may_cast
from app.domain import ballots as law
from app.domain import excerpts
from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState
from app.domain.redline import Redline, build
from app.domain.words import WORDS
from app.domain.words import named as named_word
from app.kernel import clock
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Participant
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, RollEntry, Vote
from app.queries import ballots as found
from app.queries import proposals
from app.queries.reading import session as this_session

BallotState = Literal["open", "closed", "counted", "void"]


@dataclass(frozen=True)
class Sign:
    """An organisation as pages show it."""

    name: str
    code: str
    colour: int


@dataclass(frozen=True)
class BallotLine:
    """One ballot in the list."""

    number: int
    question: str
    subject: str
    state: BallotState
    closes_at: datetime
    outcome: str
    took_part: int
    entitled: int


@dataclass(frozen=True)
class Seat:
    """One organisation on the roll: whether it voted, and what, where that may be shown."""

    org: Sign
    voted: bool
    mine: bool
    choice: str = ""
    note: str = ""


@dataclass(frozen=True)
class Option:
    """One amendment on the ballot: whose it is, why, and what it would change."""

    label: str
    org: Sign
    rationale: str
    redline: Redline


@dataclass(frozen=True)
class BallotPage:
    """Everything the page of one ballot shows; `row` is what rights are asked of.

    `tally` is None while it may not be shown.
    """

    row: Ballot
    state: BallotState
    rule: law.VotingRule
    options: tuple[Option, ...]
    seats: tuple[Seat, ...]
    took_part: int
    mine: Sign | None
    my_choice: str
    tally: law.Tally | None
    decision: law.Decision | None


def lines_of(agreement: Agreement) -> Sequence[BallotLine]:
    """All ballots of an agreement, the newest first, in one statement."""
    now = clock.utcnow()
    entitled = (
        select(func.count()).where(RollEntry.ballot_id == Ballot.id).correlate(Ballot)
    ).scalar_subquery()
    named = (
        select(func.count()).where(Vote.ballot_id == Ballot.id, Vote.is_live).correlate(Ballot)
    ).scalar_subquery()
    secret = (
        select(func.count())
        .where(RollEntry.ballot_id == Ballot.id, RollEntry.took_part)
        .correlate(Ballot)
    ).scalar_subquery()
    rows = this_session().execute(
        select(Ballot, entitled, named + secret)
        .where(Ballot.agreement_id == agreement.id)
        .order_by(Ballot.number.desc())
    )
    return [
        BallotLine(
            number=ballot.number,
            question=ballot.question,
            subject=ballot.subject,
            state=state_of(ballot, now),
            closes_at=ballot.closes_at,
            outcome=ballot.outcome,
            took_part=took_part,
            entitled=on_roll,
        )
        for ballot, on_roll, took_part in rows
    ]


def state_of(ballot: Ballot, now: datetime) -> BallotState:
    """Open, closed and not yet counted, counted, or void; the clock says open and closed."""
    if ballot.voided_at is not None:
        return "void"
    if ballot.counted_at is not None:
        return "counted"
    return "open" if now < ballot.closes_at else "closed"


def ballot_of(actor: Actor, slug: str, number: int) -> Ballot:
    """A ballot alone, to vote on: one statement. Raises NotFound, also to who takes no part."""
    row = this_session().scalars(_ALONE, {"slug": slug, "number": number}).one_or_none()
    if row is None or not can(actor, Permission.AGREEMENT_READ, row.agreement, clock.utcnow()):
        raise NotFound("There is no such ballot, or you take no part in the agreement.")
    return row


_ALONE = (
    select(Ballot)
    .join(Ballot.agreement)
    .where(
        Agreement.slug == bindparam("slug", type_=String()),
        Ballot.number == bindparam("number", type_=Integer()),
    )
    .options(contains_eager(Ballot.agreement))
)


def voice_on(ballot: Ballot, actor: Actor) -> str:
    """The name of the organisation whose vote the actor may cast; needs the roll with its names."""
    mine = (entry for entry in ballot.roll if may_cast(actor, entry))
    return next(entry.organisation.name for entry in mine)


def page_of(actor: Actor, agreement: Agreement, number: int) -> BallotPage:
    """One ballot as the actor may see it. Raises NotFound."""
    session = this_session()
    ballot = found.get_ballot(session, agreement.id, number)
    rule = law.VotingRule.from_json(ballot.rule)
    state = state_of(ballot, clock.utcnow())
    colours = _colours(session, agreement.id)
    choices = _choices(session, ballot)
    mine = next((e for e in ballot.roll if may_cast(actor, e)), None)
    may_see = state == "counted" or (ballot.shows_results and not ballot.is_confidential)
    tally = found.tally_of(session, ballot, rule) if may_see else None
    return BallotPage(
        row=ballot,
        state=state,
        rule=rule,
        options=_options(session, ballot, colours),
        seats=_seats(ballot, choices, colours, mine, named=state == "counted"),
        took_part=found.took_part(session, ballot),
        mine=_sign(mine, colours) if mine else None,
        my_choice=choices.get(mine.organisation_id, "") if mine else "",
        tally=tally,
        decision=law.decide(tally, rule, _alternatives(ballot)) if tally else None,
    )


def candidates(agreement: Agreement) -> Sequence[tuple[str, str]]:
    """The amendments that can be put to a ballot: id, and label with whose it is."""
    rows = proposals.amendments_in(this_session(), agreement.id, AmendmentState.PROPOSED)
    return [
        (
            str(row.id),
            said(
                "{label} of {who}",
                label=row.label,
                who=row.organisation.name if row.organisation else said("the facilitator"),
            ),
        )
        for row in rows
        if row.rebase_state != "attention"
    ]


def amendments_by_id(agreement: Agreement, ids: Sequence[str]) -> Sequence[AmendmentRow]:
    """The open amendments of an agreement among these ids."""
    wanted = set(ids)
    rows = proposals.amendments_in(this_session(), agreement.id, AmendmentState.PROPOSED)
    return [row for row in rows if str(row.id) in wanted]


def _alternatives(ballot: Ballot) -> tuple[str, ...]:
    if len(ballot.options) < 2:
        return (law.YES,)
    return tuple(option.amendment.label for option in ballot.options)


def _colours(session: Session, agreement_id: uuid.UUID) -> Mapping[uuid.UUID, int]:
    rows = session.execute(
        select(Participant.organisation_id, Participant.colour).where(
            Participant.agreement_id == agreement_id
        )
    )
    return {row.organisation_id: row.colour for row in rows}


def _choices(session: Session, ballot: Ballot) -> Mapping[uuid.UUID, str]:
    """What each organisation chose; of a confidential ballot only that it took part."""
    if ballot.is_confidential:
        return {entry.organisation_id: "voted" for entry in ballot.roll if entry.took_part}
    rows = session.execute(
        select(Vote.organisation_id, Vote.choice).where(Vote.ballot_id == ballot.id, Vote.is_live)
    )
    return {row.organisation_id: row.choice for row in rows}


def _seats(
    ballot: Ballot,
    choices: Mapping[uuid.UUID, str],
    colours: Mapping[uuid.UUID, int],
    mine: RollEntry | None,
    *,
    named: bool,
) -> tuple[Seat, ...]:
    words = {"voted": WORDS["voted"], **{key: named_word(name) for key, name in ballot.choices}}
    return tuple(
        Seat(
            org=_sign(entry, colours),
            voted=entry.organisation_id in choices,
            mine=entry is mine,
            choice=words.get(choices.get(entry.organisation_id, ""), "") if named else "",
        )
        for entry in sorted(ballot.roll, key=lambda entry: entry.organisation.code)
    )


def _sign(entry: Any, colours: Mapping[uuid.UUID, int]) -> Sign:
    organisation = entry.organisation
    if organisation is None:
        return Sign(said("the facilitator"), "", 0)
    return Sign(organisation.name, organisation.code, colours.get(organisation.id, 0))


def _options(
    session: Session, ballot: Ballot, colours: Mapping[uuid.UUID, int]
) -> tuple[Option, ...]:
    rows = [option.amendment for option in ballot.options]
    authors = proposals.authors_of(session, rows)
    bases: dict[uuid.UUID, ClauseTree] = {}
    for row in rows:
        if _base_id(row) not in bases:
            bases[_base_id(row)] = proposals.base_of(session, row)
    return tuple(
        Option(
            label=row.label,
            org=_sign(row, colours),
            rationale=row.rationale,
            redline=_redline(row, bases[_base_id(row)], authors),
        )
        for row in rows
    )


def _base_id(row: AmendmentRow) -> uuid.UUID:
    """What the alternatives of a ballot share mostly, so that it is read once."""
    return row.primary_id or row.version_id


def _redline(row: AmendmentRow, base: ClauseTree, authors: Mapping[int, Any]) -> Redline:
    new = ops.apply(base, ops.from_json(row.operations))
    number = row.number or 0
    return excerpts.excerpt(build(base, new, by=(number,), authors=authors))

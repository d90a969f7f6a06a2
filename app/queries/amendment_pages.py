"""One amendment's page, and what a change that is being written would do."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import Actor
from app.domain import consequences, deeds, excerpts, redline
from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.domain.consequences import Consequence
from app.domain.lifecycle import AmendmentState, is_open
from app.domain.operations import Operation
from app.domain.redline import Author, Redline
from app.kernel import clock
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, BallotOption
from app.models.clauses import tree_of
from app.models.decisions import Disposition
from app.queries import alternatives, comments, rebased
from app.queries.amendments import (
    STATE_WORDS,
    Rival,
    Who,
    colours_of,
    get_amendment,
    rivals_among,
    who_of,
)
from app.queries.comments import Discussion
from app.queries.heads import OwnOrganisation
from app.queries.reading import session as this_session
from app.queries.versions import version_by_id

NOBODY = Author(0, "", "", 0)


@dataclass(frozen=True)
class Written:
    """What operations come to: in sentences, as a redline (None: nothing changes), what follows."""

    deeds: tuple[deeds.Deed, ...]
    redline: Redline | None
    consequences: tuple[Consequence, ...]
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True)
class Linked:
    """Another amendment one may go to: its label, whose it is, how it stands."""

    label: str
    who: Who
    state: AmendmentState
    state_words: str
    is_mine: bool


@dataclass(frozen=True)
class DecidingBallot:
    """A ballot that decides on the amendment, or did."""

    number: int
    question: str
    opens_at: datetime
    closes_at: datetime
    outcome: str
    is_open: bool
    is_straw: bool


@dataclass(frozen=True)
class AmendmentPage:
    """Everything the page of one amendment shows; `row` is what rights are asked of."""

    row: AmendmentRow
    state: AmendmentState
    state_words: str
    who: Who
    person: str
    version: int
    written: Written
    supports: tuple[Who, ...]
    i_support: bool
    primary: Linked | None
    secondaries: tuple[Linked, ...]
    alternatives: tuple[Linked, ...]
    replaces: Linked | None
    replaced_by: tuple[Linked, ...]
    in_favour_of: Linked | None
    mine_instead: tuple[Linked, ...]
    ballots: tuple[DecidingBallot, ...]
    answer: str
    answer_outcome: str
    needs_attention: bool
    reasons: tuple[str, ...]
    discussions: Sequence[Discussion]
    others: frozenset[str]

    @property
    def lost_to(self) -> Linked | None:
        """The alternative that was adopted instead, where it fell to one."""
        if self.state is not AmendmentState.FALLEN:
            return None
        adopted = (one for one in self.alternatives if one.state is AmendmentState.ACCEPTED)
        return next(adopted, None)

    @property
    def label(self) -> str:
        """What it is called: "A17", secondary "A22.1"."""
        return self.row.label


def page_of(
    actor: Actor, agreement: Agreement, label: str, mine: OwnOrganisation | None
) -> AmendmentPage:
    """One amendment as its page shows it, in eleven statements. Raises NotFound."""
    session = this_session()
    row = get_amendment(agreement, label)
    around = _around(session, row)
    colours = colours_of(agreement.id)
    version, base = _base(session, row)
    state = AmendmentState(row.state)
    link = _Linker({other.id: other for other in around}, colours, mine)
    answer = _answer(session, row.id)
    supports = _supports(row, colours)
    return AmendmentPage(
        row=row,
        state=state,
        state_words=STATE_WORDS[state],
        who=who_of(row, colours),
        person=row.author.name,
        version=version.number,
        written=_written_of(session, row, base, around, colours, mandatory_in(version)),
        supports=supports,
        i_support=mine is not None and mine.code in {who.code for who in supports},
        primary=link.of(row.primary_id),
        secondaries=link.all(other for other in around if other.primary_id == row.id),
        alternatives=link.all(alternatives.beside(session, row.id)),
        replaces=link.of(row.replaces_id),
        replaced_by=link.all(other for other in around if other.replaces_id == row.id),
        in_favour_of=link.of(row.in_favour_of_id),
        mine_instead=link.all(_mine_instead(row, around, actor)),
        ballots=_ballots(session, row.id),
        answer=answer.answer if answer else row.reason,
        answer_outcome=answer.outcome if answer else "",
        needs_attention=row.rebase_state == "attention" and state is AmendmentState.PROPOSED,
        reasons=tuple(row.rebase_reasons),
        discussions=comments.discussions(session, agreement.id, comments.Filters(amendment=row.id)),
        others=frozenset(other.label for other in around),
    )


def written(
    base: ClauseTree,
    steps: Sequence[Operation],
    *,
    author: Author = NOBODY,
    mandatory: frozenset[str] = frozenset(),
) -> Written:
    """What operations on a text come to. Raises what `apply` raises."""
    new = ops.apply(base, steps)
    before = frozenset(map(str, consequences.consequences(base, base)))
    built = redline.build(base, new, by=(author.number,), authors={author.number: author})
    return Written(
        deeds=deeds.told(base, steps),
        redline=excerpts.excerpt(built) if steps else None,
        consequences=tuple(
            one for one in consequences.consequences(base, new, mandatory) if str(one) not in before
        ),
    )


def mandatory_in(version: Version) -> frozenset[str]:
    """The clauses that the template asks to keep."""
    return frozenset(version.beside.get("mandatory", ()))


def rivals_with(
    base: ClauseTree,
    steps: Sequence[Operation],
    others: Sequence[AmendmentRow],
    colours: Mapping[uuid.UUID, int],
) -> tuple[Rival, ...]:
    """Which of some rows compete with operations on the same text."""
    by_number = {other.number: other for other in others}
    own = AmendmentRow(number=0, operations=ops.to_json(steps))
    found = rivals_among(base, [own, *others]).get(0, {})
    return tuple(
        Rival(by_number[number].label, over, who_of(by_number[number], colours))
        for number, over in sorted(found.items())
    )


def _around(session: Session, row: AmendmentRow) -> Sequence[AmendmentRow]:
    """The public amendments one may need to name beside this one, in one statement."""
    named = [key for key in (row.primary_id, row.replaces_id, row.in_favour_of_id) if key]
    return session.scalars(
        select(AmendmentRow)
        .where(
            AmendmentRow.agreement_id == row.agreement_id,
            AmendmentRow.label != "",
            AmendmentRow.id != row.id,
            or_(
                AmendmentRow.version_id == row.version_id,
                AmendmentRow.primary_id == row.id,
                AmendmentRow.replaces_id == row.id,
                AmendmentRow.id.in_(named),
            ),
        )
        .options(joinedload(AmendmentRow.organisation))
        .order_by(AmendmentRow.number)
    ).all()


def _base(session: Session, row: AmendmentRow) -> tuple[Version, ClauseTree]:
    version = version_by_id(session, row.version_id)
    tree = tree_of(version)
    if row.primary is not None:
        tree = ops.apply(tree, ops.from_json(row.primary.operations))
    return version, tree


def _steps(session: Session, row: AmendmentRow, base: ClauseTree) -> tuple[Operation, ...]:
    """What it does to the present text; in doubt, what its author may confirm."""
    if row.rebase_state == "attention":
        return rebased.rebased_of(session, row, base).suggested
    return ops.from_json(row.operations)


def _written_of(
    session: Session,
    row: AmendmentRow,
    base: ClauseTree,
    around: Sequence[AmendmentRow],
    colours: Mapping[uuid.UUID, int],
    mandatory: frozenset[str],
) -> Written:
    steps = _steps(session, row, base)
    who = who_of(row, colours)
    author = Author(row.number or 0, who.name, who.code, who.colour, label=row.label)
    found = written(base, steps, author=author, mandatory=mandatory)
    if row.state != AmendmentState.PROPOSED:
        return found
    others = [
        other
        for other in around
        if other.state == AmendmentState.PROPOSED
        and other.version_id == row.version_id
        and other.primary_id == row.primary_id
        and other.rebase_state != "attention"
    ]
    rivals = rivals_with(base, steps, others, colours)
    return Written(found.deeds, found.redline, found.consequences, rivals)


def _supports(row: AmendmentRow, colours: Mapping[uuid.UUID, int]) -> tuple[Who, ...]:
    return tuple(
        Who(one.organisation.name, one.organisation.code, colours.get(one.organisation_id, 0))
        for one in row.supports
    )


def _mine_instead(
    row: AmendmentRow, around: Iterable[AmendmentRow], actor: Actor
) -> list[AmendmentRow]:
    """One's own open amendments to the same clauses, which this one could stand for."""
    voice = actor.voice_in(row.agreement_id)
    if voice is None or row.organisation_id == voice or row.state != AmendmentState.PROPOSED:
        return []
    return [
        other
        for other in around
        if other.organisation_id == voice
        and other.state == AmendmentState.PROPOSED
        and set(other.clauses) & set(row.clauses)
    ]


def _answer(session: Session, amendment_id: uuid.UUID) -> Disposition | None:
    return session.scalars(
        select(Disposition)
        .where(Disposition.amendment_id == amendment_id)
        .order_by(Disposition.decided_at.desc())
        .limit(1)
    ).first()


def _ballots(session: Session, amendment_id: uuid.UUID) -> tuple[DecidingBallot, ...]:
    now = clock.utcnow()
    found = session.scalars(
        select(Ballot)
        .join(BallotOption, BallotOption.ballot_id == Ballot.id)
        .where(BallotOption.amendment_id == amendment_id, Ballot.voided_at.is_(None))
        .order_by(Ballot.number)
    )
    return tuple(
        DecidingBallot(
            number=ballot.number,
            question=ballot.question,
            opens_at=ballot.opens_at,
            closes_at=ballot.closes_at,
            outcome=ballot.outcome,
            is_open=is_open(now, ballot.opens_at, ballot.closes_at),
            is_straw=ballot.subject == "straw",
        )
        for ballot in found
    )


@dataclass(frozen=True)
class _Linker:
    rows: Mapping[uuid.UUID, AmendmentRow]
    colours: Mapping[uuid.UUID, int]
    mine: OwnOrganisation | None

    def of(self, row_id: uuid.UUID | None) -> Linked | None:
        row = self.rows.get(row_id) if row_id else None
        return None if row is None else self.link(row)

    def all(self, rows: Iterable[AmendmentRow]) -> tuple[Linked, ...]:
        return tuple(self.link(row) for row in rows)

    def link(self, row: AmendmentRow) -> Linked:
        state = AmendmentState(row.state)
        is_mine = self.mine is not None and row.organisation_id == self.mine.id
        return Linked(row.label, who_of(row, self.colours), state, STATE_WORDS[state], is_mine)

"""The facilitator's desk: every comment and amendment of a round in the order of the clauses."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.policy import require
from app.domain import deeds
from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState, Outcome
from app.domain.numbering import Label, labels
from app.formats import markdown
from app.kernel import clock
from app.kernel.errors import AppError, WrongMoment
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, BallotOption
from app.models.clauses import tree_of
from app.models.comments import Thread
from app.models.decisions import Disposition
from app.models.rounds import Round
from app.queries import agreements, comments
from app.queries.comments import FACILITATOR, Speaker
from app.queries.reading import session as this_session
from app.queries.versions import version_by_id

AMENDMENT = "amendment"
_STATES: Mapping[str, str] = {
    AmendmentState.ACCEPTED: Outcome.ACCEPTED,
    AmendmentState.REJECTED: Outcome.REJECTED,
    AmendmentState.WITHDRAWN: "withdrawn",
    AmendmentState.FALLEN: "fell",
    AmendmentState.OBSOLETE: "overtaken",
}
"""What is shown for an amendment that was decided without an answer."""

_MOST_DEEDS = 2
_GIST = 240


@dataclass(frozen=True)
class Decision:
    """The ballot that decided an amendment, or will."""

    number: int
    outcome: str
    is_over: bool


@dataclass(frozen=True)
class Item:
    """One contribution with its answer. `seen` is the row version of the answer, 0 without one.

    `outcome` is empty while it waits; `place` is where it stands in the text, `clause` its key
    (None: the agreement as a whole).
    """

    id: uuid.UUID
    number: str
    kind: str
    who: Speaker
    clause: str | None
    label: str
    place: int
    article: str | None
    outcome: str
    answer: str
    duplicate_of: str
    seen: int
    ballot: Decision | None
    tell: Callable[[], str]

    @cached_property
    def words(self) -> str:
        """What it asks: the first words of a comment, or an amendment's operations."""
        return self.tell()

    @property
    def is_amendment(self) -> bool:
        """Whether it is an amendment, decided with its answer."""
        return self.kind == AMENDMENT


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; an empty value narrows nothing. `show` is an outcome."""

    show: str = ""
    clause: str = ""
    organisation: str = ""
    kind: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the outcome narrows it."""
        return bool(self.clause or self.organisation or self.kind)


OPEN, ALL = "open", "all"


@dataclass(frozen=True)
class Desk:
    """All contributions of the latest round, in clause order."""

    round: Round
    version: int
    items: tuple[Item, ...]
    articles: tuple[tuple[str, str], ...]

    @property
    def unanswered(self) -> int:
        """How many have no answer."""
        return sum(not item.outcome for item in self.items)

    def shown(self, wanted: Wanted) -> tuple[Item, ...]:
        """The contributions that were asked for."""
        return tuple(item for item in self.narrowed(wanted) if _is_shown(item, wanted.show))

    def narrowed(self, wanted: Wanted) -> Iterator[Item]:
        """Those of the clause, organisation and kind asked for, whatever their outcome."""
        for item in self.items:
            if wanted.clause and wanted.clause not in (item.article, item.clause):
                continue
            if wanted.organisation and wanted.organisation != item.who.code:
                continue
            if not wanted.kind or wanted.kind == item.kind:
                yield item

    def counts(self, wanted: Wanted) -> Mapping[str, int]:
        """How many there are by outcome; those without an answer under "open"."""
        return Counter(item.outcome or OPEN for item in self.narrowed(wanted))

    def next_after(self, number: str) -> Item | None:
        """The next contribution without an answer behind one, else the first of all."""
        at = next((at for at, item in enumerate(self.items) if item.number == number), -1)
        around = self.items[at + 1 :] + self.items[: max(at, 0)]
        return next((item for item in around if not item.outcome), None)

    def item(self, number: str) -> Item | None:
        """The contribution of that number."""
        return next((item for item in self.items if item.number == number), None)


def round_on_desk(actor: Actor, agreement: Agreement) -> Round:
    """The latest round, for its facilitator.

    Raises NotAllowed for others, WrongMoment before the first round.
    """
    require(actor, Permission.DESK_READ, agreement, clock.utcnow())
    held = agreements.round_of(this_session(), agreement.id)
    if held is None:
        raise WrongMoment("The desk fills when a round opens. Until then the text is drafted.")
    return held


def desk_of(agreement: Agreement, held: Round) -> Desk:
    """Everything on the desk: eight statements, whatever the number of contributions."""
    session = this_session()
    version = version_by_id(session, held.version_id)
    rows = _amendments(session, held)
    tree = tree_of(version)
    maker = _Items(
        tree,
        labels(tree),
        {key: at for at, key in enumerate(tree.nodes)},
        comments.speakers(session, agreement.id),
        _answers(session, held),
        _ballots(session, held),
        {row.id: row for row in rows},
    )
    items = [maker.of_thread(row) for row in _threads(session, held)]
    items += [maker.of_amendment(row) for row in rows]
    items.sort(key=lambda item: (item.place, item.is_amendment, _figures(item.number)))
    return Desk(held, version.number, tuple(items), tuple(maker.articles(items)))


def _threads(session: Session, held: Round) -> Sequence[Thread]:
    return session.scalars(
        select(Thread).where(Thread.round_id == held.id).options(selectinload(Thread.comments))
    ).all()


def _amendments(session: Session, held: Round) -> Sequence[AmendmentRow]:
    return session.scalars(
        select(AmendmentRow).where(
            AmendmentRow.round_id == held.id, AmendmentRow.number.is_not(None)
        )
    ).all()


def _answers(session: Session, held: Round) -> Mapping[uuid.UUID | None, Disposition]:
    rows = session.scalars(select(Disposition).where(Disposition.round_id == held.id))
    return {row.thread_id or row.amendment_id: row for row in rows}


def _ballots(session: Session, held: Round) -> Mapping[uuid.UUID, Decision]:
    """The ballot that decided each amendment or will decide it."""
    rows = session.execute(
        select(BallotOption.amendment_id, Ballot)
        .join(Ballot, Ballot.id == BallotOption.ballot_id)
        .join(AmendmentRow, AmendmentRow.id == BallotOption.amendment_id)
        .where(
            AmendmentRow.round_id == held.id,
            Ballot.subject != "straw",
            Ballot.voided_at.is_(None),
            Ballot.outcome != "inquorate",
        )
        .order_by(Ballot.number)
    )
    return {
        amendment: Decision(ballot.number, ballot.outcome, ballot.counted_at is not None)
        for amendment, ballot in rows
    }


@dataclass(frozen=True)
class _Items:
    """Makes items of rows, with everything that was read for all of them at once."""

    tree: ClauseTree
    names: Mapping[str, Label]
    order: Mapping[str, int]
    speakers: Mapping[uuid.UUID, Speaker]
    answers: Mapping[uuid.UUID | None, Disposition]
    ballots: Mapping[uuid.UUID, Decision]
    amendments: Mapping[uuid.UUID, AmendmentRow]

    def of_thread(self, row: Thread) -> Item:
        about = self.amendments.get(row.amendment_id) if row.amendment_id else None
        clause = self.clause_of(about) if about else row.clause_key
        return self.item(
            row.id,
            f"C{row.number}",
            row.kind,
            row.organisation_id,
            clause if clause in self.order else None,
            about.label if about else "",
            lambda: _said(row),
        )

    def of_amendment(self, row: AmendmentRow) -> Item:
        clause = self.clause_of(row)
        found = self.item(
            row.id, row.label, AMENDMENT, row.organisation_id, clause, "", lambda: self.told(row)
        )
        outcome = found.outcome or _STATES.get(row.state, "")
        answer = found.answer or row.reason
        return replace(found, outcome=outcome, answer=answer, ballot=self.ballots.get(row.id))

    def item(
        self,
        id_: uuid.UUID,
        number: str,
        kind: str,
        organisation: uuid.UUID | None,
        clause: str | None,
        label: str,
        tell: Callable[[], str],
    ) -> Item:
        given = self.answers.get(id_)
        who = self.speakers.get(organisation, FACILITATOR) if organisation else FACILITATOR
        return Item(
            id=id_,
            number=number,
            kind=kind,
            who=who,
            clause=clause,
            label=label or self.label(clause),
            place=self.order[clause] if clause else -1,
            article=self.tree.path(clause)[0].key if clause else None,
            outcome=given.outcome if given else "",
            answer=given.answer if given else "",
            duplicate_of=given.duplicate_of if given else "",
            seen=given.row_version if given else 0,
            ballot=None,
            tell=tell,
        )

    def label(self, clause: str | None) -> str:
        """How the column names a clause: its number, else that of the clause it stands in."""
        if clause is None:
            return "Whole"
        return self.names[clause].full.removeprefix("Article ") or "Text"

    def clause_of(self, row: AmendmentRow) -> str | None:
        """The first clause of the text that an amendment touches, or stands beside."""
        after = [str(step.get("after")) for step in row.operations]
        parents = [str(step.get("parent")) for step in row.operations]
        for keys in (row.clauses, after, parents):
            held = [key for key in keys if key in self.order]
            if held:
                return min(held, key=lambda key: self.order[key])
        return None

    def told(self, row: AmendmentRow) -> str:
        """What an amendment does, in a sentence."""
        primary = self.amendments.get(row.primary_id) if row.primary_id else None
        steps = ops.from_json(row.operations)
        if primary is None:
            found = deeds.told(self.tree, steps, self.names)
        else:
            found = deeds.told(_amended(self.tree, primary), steps)
        more = len(found) - _MOST_DEEDS
        rest = f"; and {more} more" if more > 0 else ""
        return "; ".join(str(deed) for deed in found[:_MOST_DEEDS]) + rest

    def articles(self, items: Iterable[Item]) -> Iterator[tuple[str, str]]:
        """The topmost clauses that something is said about: key, label and first words."""
        found = {item.article for item in items if item.article}
        for node in self.tree.clauses:
            if node.key in found:
                words = deeds.first_words(node.heading or node.text, self.names, 8)
                yield node.key, f"{self.names[node.key].own} {words}".strip()


def _amended(base: ClauseTree, primary: AmendmentRow) -> ClauseTree:
    try:
        return ops.apply(base, ops.from_json(primary.operations))
    except AppError:
        return base


def _said(row: Thread) -> str:
    """The first words of a thread."""
    opening = row.comments[0] if row.comments else None
    if opening is None or opening.retracted_at is not None:
        return "Taken back by its author."
    return markdown.to_plain(opening.text, _GIST)


def _is_shown(item: Item, show: str) -> bool:
    if show == ALL:
        return True
    return not item.outcome if show in ("", OPEN) else item.outcome == show


def _figures(number: str) -> tuple[int, ...]:
    """Numbers in the order in which they count: A9 before A10 before A10.2."""
    return tuple(int(part) for part in number[1:].split(".") if part.isdecimal())

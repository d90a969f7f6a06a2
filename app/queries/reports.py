"""The report of a round, whole or of one organisation, made of what lies on the desk."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, and_, cast, func, literal, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.domain import operations as ops
from app.domain.clauses import Clause, Kind
from app.domain.deeds import first_words
from app.domain.events import AnswersReported
from app.domain.numbering import Label, labels
from app.domain.reports import ClauseStand, Report, ReportLine
from app.domain.words import named
from app.formats import markdown
from app.formats.docx.remarks import remarks
from app.kernel.errors import NotFound
from app.kernel.said import Said, quoted, said, strung
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.comments import Comment, Thread
from app.models.decisions import Disposition
from app.models.people import Organisation
from app.models.rounds import Round
from app.queries import answers, desk_rows
from app.queries.answers import ALL_WORDS
from app.queries.desk import Item
from app.queries.desk_items import amended, desk_of, repeats
from app.queries.desk_rows import Text
from app.queries.reading import session as this_session
from app.queries.reading_room import text_of
from app.queries.rounds import latest_round
from app.queries.stances import may_see_numbers, overview_of

_LONGEST = 20_000


def round_numbered(agreement: Agreement, number: int) -> Round:
    """A round of an agreement by its number. Raises NotFound."""
    held = this_session().scalars(
        select(Round).where(Round.agreement_id == agreement.id, Round.number == number)
    )
    found = held.one_or_none()
    if found is None:
        raise NotFound("This agreement has no round {number}.", number=number)
    return found


def report_of(agreement: Agreement, held: Round, now: datetime, code: str = "") -> Report:
    """The report of a round, only the lines of the organisation with that code if one is given.

    Eight statements, whatever the number of contributions. Raises NotFound for a code that nobody
    in the round has.
    """
    session = this_session()
    desk = desk_of(agreement, held)
    maker = _Maker(
        desk_rows.text_of(session, held),
        answers.by_contribution(session, held.id),
        _said(session, held),
        _amendments(session, [item.id for item in desk.items if item.is_amendment]),
        {item.number: item for item in desk.items},
    )
    lines = tuple(maker.line(item) for item in desk.items)
    name = ""
    if code:
        lines = tuple(line for line in lines if line.code == code)
        name = _name(session, agreement, code)
    return Report(
        agreement.title,
        held.number,
        desk.version,
        held.opens_at,
        held.closes_at,
        held.settled_at,
        now,
        agreement.timezone,
        name,
        lines,
    )


def stands_of(
    actor: Actor, agreement: Agreement, held: Round, now: datetime
) -> tuple[ClauseStand, ...]:
    """How many stand where on each clause; empty but for the latest round.

    Empty, too, for whoever may not know: while the round is open all but the facilitator.
    """
    session = this_session()
    if held.id != latest_round(session, agreement).id or not may_see_numbers(actor, held, now):
        return ()
    tree, _ = text_of(session, agreement)
    names = labels(tree)
    found = overview_of(session, actor, agreement.id, tree, numbers=True)
    return tuple(
        ClauseStand(_titled(tree.nodes[one.clause], names), one.spread.counts)
        for one in found
        if one.spread is not None and one.clause in tree.nodes
    )


def _titled(node: Clause, names: Mapping[str, Label]) -> str:
    """A clause by its number and heading, or by its first words."""
    label, words = names[node.key].full, first_words(node.heading or node.text, names)
    return words if label == words else f"{label} {words}".lstrip()


def _name(session: Session, agreement: Agreement, code: str) -> str:
    speakers, _ = desk_rows.people_of(session, agreement.id)
    for speaker in speakers.values():
        if speaker.code == code:
            return speaker.name
    raise NotFound("No organisation with the sign {code} takes part.", code=code)


@dataclass(frozen=True)
class _Maker:
    """Makes lines of items, with all words that were read at once."""

    text: Text
    given: Mapping[uuid.UUID | None, Disposition]
    said: Mapping[uuid.UUID, Sequence[str]]
    amendments: Mapping[uuid.UUID, AmendmentRow]
    items: Mapping[str, Item]

    def line(self, item: Item) -> ReportLine:
        answer = self.given.get(item.id)
        outcome = answer.outcome if answer else item.outcome
        clause, paragraph = self.place(item)
        comment, proposed = self.words(item)
        return ReportLine(
            number=item.number,
            organisation=item.who.name,
            code=item.who.code,
            clause=clause,
            paragraph=paragraph,
            kind=_kind(item),
            comment=comment,
            proposed=proposed,
            decision=ALL_WORDS.get(outcome, ""),
            reason=strung((repeats(item), self.reason(item), _ballot(item))),
            said_at=item.said_at,
        )

    def reason(self, item: Item) -> str:
        answer = self.given.get(item.id)
        words = answer.answer if answer else item.answer
        return words if isinstance(words, Said) else markdown.to_plain(words, _LONGEST)

    def place(self, item: Item) -> tuple[str, str]:
        """The topmost numbered clause with its heading, and the whole label of the place itself.

        What is about new text stands where the amendment that brings it does.
        """
        if item.clause is None:
            brings = self.items.get(item.on)
            return self.place(brings) if brings else (said("Whole text"), "")
        parted = [key for key in item.path if self.text.tree.nodes[key].kind is not Kind.DIVISION]
        named = [key for key in parted or item.path if self.text.names[key].full]
        if not named:
            return said("Text"), ""
        top, own = self.text.names[named[0]].full, self.text.names[named[-1]].full
        titled = _titled(self.text.tree.nodes[named[0]], self.text.names)
        below = own.removeprefix(f"{top}, ").removeprefix("Article ")
        return titled, below if own != top else ""

    def words(self, item: Item) -> tuple[str, str]:
        """What is said, and what is proposed."""
        if not item.is_amendment:
            quote = said("On {words}:", words=quoted(item.quote)) if item.quote else ""
            return strung((quote, *(self.said.get(item.id) or (item.words,))), "\n"), ""
        row = self.amendments[item.id]
        return markdown.to_plain(row.rationale, _LONGEST), self.proposed(row)

    def proposed(self, row: AmendmentRow) -> str:
        """The wording an amendment asks for, clause by clause."""
        tree = self.text.tree
        primary = self.amendments.get(row.primary_id) if row.primary_id else None
        if primary is not None:
            tree = amended(tree, primary)
        told = remarks(tree, ops.from_json(row.operations))
        return strung(
            (
                said("{clause}: {words}", clause=self.text.names[key].full, words=words)
                if key in self.text.names and self.text.names[key].full
                else words
                for key, words in told.items()
            ),
            "\n",
        )


def _kind(item: Item) -> str:
    kind = named(item.kind, capital=True)
    return said("{kind} on {on}", kind=kind, on=item.on) if item.on else kind


def _ballot(item: Item) -> str:
    return answers.ballot_words(item.ballot.number, item.ballot.outcome) if item.ballot else ""


def _said(session: Session, held: Round) -> Mapping[uuid.UUID, Sequence[str]]:
    """What stands in each thread, replies under the name of who replied; up to its settlement."""
    query = (
        select(Comment.thread_id, Comment.text, Organisation.name)
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
        .where(Thread.agreement_id == held.agreement_id, Comment.retracted_at.is_(None))
        .order_by(Comment.created_at, Comment.id)
    )
    if held.settled_at is not None:
        query = query.where(Comment.created_at <= held.settled_at)
    found: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for thread, text, name in session.execute(query).all():
        words = markdown.to_plain(text, _LONGEST)
        if thread in found:
            words = _reply(name, words)
        found[thread].append(words)
    return found


def _reply(name: str | None, words: str) -> str:
    if name:
        return said("Reply of {name}: {words}", name=name, words=words)
    return said("Reply of the facilitator: {words}", words=words)


def _amendments(session: Session, ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, AmendmentRow]:
    rows = session.scalars(select(AmendmentRow).where(AmendmentRow.id.in_(ids)))
    return {row.id: row for row in rows}


def answers_given(session: Session, held: Round) -> tuple[AnswersReported, ...]:
    """What each organisation is told when a round is settled: three statements."""
    spoke = (Thread.organisation_id, literal("C") + cast(Thread.number, String), Thread.number)
    comments = session.execute(
        select(*spoke, Disposition.outcome)
        .join(Disposition, Disposition.thread_id == Thread.id)
        .where(Disposition.round_id == held.id)
        .order_by(Thread.number)
    )
    decided = and_(Disposition.amendment_id == AmendmentRow.id, Disposition.round_id == held.id)
    proposed = (AmendmentRow.organisation_id, AmendmentRow.label, AmendmentRow.number)
    amendments = session.execute(
        select(*proposed, func.coalesce(Disposition.outcome, AmendmentRow.state))
        .outerjoin(Disposition, decided)
        .where(AmendmentRow.round_id == held.id, AmendmentRow.number.is_not(None))
        .order_by(AmendmentRow.number)
    )
    told: defaultdict[uuid.UUID, list[str]] = defaultdict(list)
    for organisation, number, _, outcome in [*comments, *amendments]:
        if organisation is not None:
            words = answers.outcome_words(outcome)
            told[organisation].append(said("{number} {outcome}", number=number, outcome=words))
    names = session.scalars(
        select(Organisation).where(Organisation.id.in_(told)).order_by(Organisation.name)
    )
    return tuple(
        AnswersReported(held.number, one.name, one.code, tuple(told[one.id])) for one in names
    )

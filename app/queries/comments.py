"""Comments as pages show them: threads with who speaks, their replies and the answer given."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.formats import markdown
from app.formats.mentions_html import with_mentions
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Participant
from app.models.amendments import AmendmentRow
from app.models.comments import Comment, Thread
from app.models.decisions import Disposition
from app.models.people import Organisation

KINDS = ("question", "concern", "editorial", "support")


@dataclass(frozen=True)
class Speaker:
    """Who speaks, as pages show it: an organisation, or the facilitator (no code, colour 0)."""

    name: str
    code: str = ""
    colour: int = 0


FACILITATOR = Speaker(said("Facilitator"))


@dataclass(frozen=True)
class Remark:
    """One comment. `row` is for asking what the reader may do with it."""

    row: Comment
    who: Speaker
    person: str
    at: datetime
    html: Markup
    words: str
    is_edited: bool
    is_retracted: bool
    is_entered: bool


@dataclass(frozen=True)
class Discussion:
    """A thread: what opened it, the replies, and the facilitator's answer if there is one."""

    row: Thread
    number: int
    kind: str
    who: Speaker
    opening: Remark
    replies: tuple[Remark, ...]
    quote: str
    anchor_state: str
    clause: str | None
    amendment: str
    is_resolved: bool
    outcome: str
    answer: Markup

    @property
    def is_open(self) -> bool:
        """Whether it still waits: neither resolved nor answered (a deferred one stays open)."""
        return not self.is_resolved and self.outcome in {"", "deferred"}


@dataclass(frozen=True)
class Filters:
    """What the list of comments is narrowed to; an empty value narrows nothing."""

    clauses: frozenset[str] = frozenset()
    organisation: str = ""
    kind: str = ""
    state: str = ""
    number: int | None = None
    amendment: uuid.UUID | None = None


def speakers(session: Session, agreement_id: uuid.UUID) -> Mapping[uuid.UUID, Speaker]:
    """Every organisation that takes or took part, by its id."""
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.code, Participant.colour)
        .join(Participant, Participant.organisation_id == Organisation.id)
        .where(Participant.agreement_id == agreement_id)
        .order_by(Organisation.slug)
    )
    return {row.id: Speaker(row.name, row.code, row.colour) for row in rows}


def discussions(
    session: Session,
    agreement_id: uuid.UUID,
    filters: Filters | None = None,
    *,
    known: Mapping[uuid.UUID, Speaker] | None = None,
    limit: int | None = None,
    skip: int = 0,
) -> tuple[Discussion, ...]:
    """The threads of an agreement in their order, with all in them: four statements at most."""
    query = (
        select(Thread)
        .where(*_conditions(agreement_id, filters or Filters()))
        .options(
            joinedload(Thread.agreement),
            joinedload(Thread.round),
            joinedload(Thread.amendment).load_only(AmendmentRow.label),
            selectinload(Thread.comments).joinedload(Comment.author),
        )
        .order_by(Thread.number)
        .offset(skip)
    )
    rows = session.scalars(query.limit(limit) if limit else query).unique().all()
    who = speakers(session, agreement_id) if known is None else known
    answers = _answers(session, rows)
    return tuple(_discussion(row, who, answers.get((row.id, row.round_id))) for row in rows)


def how_many(session: Session, agreement_id: uuid.UUID, filters: Filters) -> int:
    """How many threads the filters leave."""
    found = session.scalar(
        select(func.count()).select_from(Thread).where(*_conditions(agreement_id, filters))
    )
    return found or 0


def get_discussion(session: Session, agreement_id: uuid.UUID, number: int) -> Discussion:
    """One thread. Raises NotFound."""
    found = discussions(session, agreement_id, Filters(number=number))
    if not found:
        raise NotFound("There is no comment {number} in this agreement.", number=number)
    return found[0]


def get_comment(session: Session, agreement_id: uuid.UUID, comment_id: uuid.UUID) -> Comment:
    """One remark with its thread. Raises NotFound."""
    found = session.scalars(
        select(Comment)
        .join(Comment.thread)
        .where(Comment.id == comment_id, Thread.agreement_id == agreement_id)
        .options(
            joinedload(Comment.thread).joinedload(Thread.agreement),
            joinedload(Comment.thread).joinedload(Thread.round),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such comment in this agreement.")
    return found


def _conditions(agreement_id: uuid.UUID, filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Thread.agreement_id == agreement_id]
    if filters.number is not None:
        found.append(Thread.number == filters.number)
    if filters.amendment is not None:
        found.append(Thread.amendment_id == filters.amendment)
    if filters.clauses:
        found.append(Thread.clause_key.in_(filters.clauses))
    if filters.organisation:
        found.append(
            Thread.organisation_id
            == select(Organisation.id)
            .where(Organisation.code == filters.organisation.upper())
            .scalar_subquery()
        )
    if filters.kind:
        found.append(Thread.kind == filters.kind)
    return [*found, *_in_state(filters.state)]


def _in_state(state: str) -> list[ColumnElement[bool]]:
    answered = exists().where(
        Disposition.thread_id == Thread.id, Disposition.round_id == Thread.round_id
    )
    states: Mapping[str, list[ColumnElement[bool]]] = {
        "open": [Thread.resolved_at.is_(None)],
        "resolved": [Thread.resolved_at.is_not(None)],
        "unanswered": [~answered],
        "answered": [answered],
    }
    return states.get(state, [])


def _answers(
    session: Session, threads: Iterable[Thread]
) -> Mapping[tuple[uuid.UUID | None, uuid.UUID | None], Disposition]:
    """The answers of the rounds in which the threads wait, by thread and round."""
    held = list(threads)
    if not held:
        return {}
    rows = session.scalars(
        select(Disposition).where(
            Disposition.agreement_id == held[0].agreement_id, Disposition.thread_id.is_not(None)
        )
    )
    return {(row.thread_id, row.round_id): row for row in rows}


def _discussion(
    row: Thread, who: Mapping[uuid.UUID, Speaker], answer: Disposition | None
) -> Discussion:
    remarks = _remarks(row.comments, who)
    return Discussion(
        row=row,
        number=row.number,
        kind=row.kind,
        who=_speaker(row.organisation_id, who),
        opening=remarks[0],
        replies=remarks[1:],
        quote=row.quote,
        anchor_state=row.anchor_state,
        clause=row.clause_key,
        amendment=row.amendment.label if row.amendment else "",
        is_resolved=row.resolved_at is not None,
        outcome=answer.outcome if answer else "",
        answer=markdown.to_html(answer.answer) if answer else Markup(""),
    )


def _remarks(comments: Sequence[Comment], who: Mapping[uuid.UUID, Speaker]) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            row=row,
            who=_speaker(row.organisation_id, who),
            person=row.author.name,
            at=row.created_at,
            html=Markup("") if row.retracted_at else _html(row),
            words="" if row.retracted_at else markdown.to_plain(row.text, 300),
            is_edited=row.edited_at is not None,
            is_retracted=row.retracted_at is not None,
            is_entered=row.entered_by is not None,
        )
        for row in comments
    )


def _html(row: Comment) -> Markup:
    words = (str(mention["words"]) for mention in row.mentions)
    return with_mentions(markdown.to_html(row.text), words)


def _speaker(organisation_id: uuid.UUID | None, who: Mapping[uuid.UUID, Speaker]) -> Speaker:
    return FACILITATOR if organisation_id is None else who.get(organisation_id, FACILITATOR)

"""Answers of the facilitator as they are stored: who got one, and what they are called."""

import uuid
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from app.domain.lifecycle import AmendmentState, Outcome
from app.domain.words import named
from app.kernel.errors import Conflict
from app.kernel.said import said
from app.models.amendments import AmendmentRow
from app.models.comments import Comment, Thread
from app.models.decisions import Disposition
from app.models.desk import AnswerChange
from app.queries import alternatives, proposals

WORDS: Mapping[str, str] = {
    Outcome.ACCEPTED: said("Accepted"),
    Outcome.ACCEPTED_IN_PART: said("Accepted in part"),
    Outcome.REJECTED: said("Rejected"),
    Outcome.DUPLICATE_OF: said("Duplicate"),
    Outcome.OUT_OF_SCOPE: said("Out of scope"),
    Outcome.NOTED: said("Noted"),
    Outcome.DEFERRED: said("Left for the next round"),
}
"""How an outcome is called on the desk, in the order in which it is offered."""

ALL_WORDS: Mapping[str, str] = {
    **WORDS,
    "withdrawn": said("Taken back"),
    "fell": said("Fell"),
    "overtaken": said("In the text already"),
}
"""How is called what became of a contribution, also where nobody needs to answer it."""

_TOLD: Mapping[str, str] = {
    Outcome.ACCEPTED: said("accepted"),
    Outcome.ACCEPTED_IN_PART: said("accepted in part"),
    Outcome.REJECTED: said("rejected"),
    Outcome.DUPLICATE_OF: said("duplicate"),
    Outcome.OUT_OF_SCOPE: said("out of scope"),
    Outcome.NOTED: said("noted"),
    Outcome.DEFERRED: said("left for the next round"),
    "withdrawn": said("taken back"),
    "fell": said("fell"),
    "overtaken": said("in the text already"),
}

_BALLOTS: Mapping[str, str] = {
    "carried": said("Ballot {number} carried it."),
    "lost": said("Ballot {number} voted it down."),
}
_DECIDES = said("Ballot {number} decides it.")


def outcome_words(outcome: str) -> str:
    """What became of a contribution, as a sentence tells it."""
    return _TOLD.get(outcome) or named(outcome)


def ballot_words(number: int, outcome: str) -> str:
    """What the ballot that decides an amendment made of it so far."""
    return said(_BALLOTS.get(outcome, _DECIDES), number=number)


def is_said() -> ColumnElement[bool]:
    """Whether anything in a thread stands: one that was taken back whole waits for no answer."""
    return exists().where(Comment.thread_id == Thread.id, Comment.retracted_at.is_(None))


def of_threads(
    session: Session, round_id: uuid.UUID, threads: Sequence[uuid.UUID]
) -> Mapping[uuid.UUID, Disposition]:
    """The answers given in a round to some threads, by thread."""
    rows = session.scalars(
        select(Disposition).where(
            Disposition.round_id == round_id, Disposition.thread_id.in_(threads)
        )
    )
    return {row.thread_id: row for row in rows if row.thread_id is not None}


def of_amendment(
    session: Session, round_id: uuid.UUID, amendment_id: uuid.UUID
) -> Disposition | None:
    """The answer given in a round to an amendment."""
    return session.scalars(
        select(Disposition).where(
            Disposition.round_id == round_id, Disposition.amendment_id == amendment_id
        )
    ).one_or_none()


def is_contribution(session: Session, agreement_id: uuid.UUID, number: str) -> bool:
    """Whether an agreement has a comment C12 or an amendment A7 of that number."""
    if number[:1] == "C" and number[1:].isascii() and number[1:].isdecimal() and len(number) < 9:
        query = exists().where(
            Thread.agreement_id == agreement_id, Thread.number == int(number[1:])
        )
    else:
        query = exists().where(
            AmendmentRow.agreement_id == agreement_id,
            AmendmentRow.label == number,
            AmendmentRow.label != "",
        )
    return bool(session.scalar(select(query)))


def by_contribution(
    session: Session, round_id: uuid.UUID
) -> Mapping[uuid.UUID | None, Disposition]:
    """All answers of a round, by the id of the comment's thread or the amendment."""
    rows = session.scalars(select(Disposition).where(Disposition.round_id == round_id))
    return {row.thread_id or row.amendment_id: row for row in rows}


def of_contribution(
    session: Session, round_id: uuid.UUID, id_: uuid.UUID | None
) -> Disposition | None:
    """The answer given in a round to a thread or an amendment."""
    return session.scalars(
        select(Disposition).where(
            Disposition.round_id == round_id,
            or_(Disposition.thread_id == id_, Disposition.amendment_id == id_),
        )
    ).one_or_none()


def threads_in(
    session: Session, round_id: uuid.UUID, ids: Collection[uuid.UUID]
) -> Sequence[Thread]:
    """Those of some threads that a round has, in their order."""
    return session.scalars(
        select(Thread)
        .where(Thread.id.in_(ids), Thread.round_id == round_id)
        .order_by(Thread.number)
    ).all()


def amendments_in(
    session: Session, round_id: uuid.UUID, ids: Collection[uuid.UUID]
) -> Sequence[AmendmentRow]:
    """Those of some amendments that a round has; what amends another comes before it."""
    return session.scalars(
        select(AmendmentRow)
        .where(
            AmendmentRow.id.in_(ids),
            AmendmentRow.round_id == round_id,
            AmendmentRow.number.is_not(None),
        )
        .order_by(AmendmentRow.primary_id.is_(None), AmendmentRow.number)
    ).all()


def next_press(session: Session, round_id: uuid.UUID) -> int:
    """The number of the next press in a round; every answer that stands was given in another."""
    kept = select(func.max(AnswerChange.number)).where(AnswerChange.round_id == round_id)
    given = select(func.max(Disposition.given_in)).where(Disposition.round_id == round_id)
    last = session.execute(select(kept.scalar_subquery(), given.scalar_subquery())).one()
    return 1 + max(last[0] or 0, last[1] or 0)


def last_press_of(session: Session, round_id: uuid.UUID, person: uuid.UUID) -> int | None:
    """The number of a person's last press that still stands, even in part."""
    return session.scalar(
        select(func.max(AnswerChange.number)).where(
            AnswerChange.round_id == round_id,
            AnswerChange.made_by == person,
            AnswerChange.undone_at.is_(None),
        )
    )


def standing_changes(session: Session, round_id: uuid.UUID, number: int) -> Sequence[AnswerChange]:
    """What a press changed and nobody undid, primaries first: they carry what amends them."""
    return session.scalars(
        select(AnswerChange)
        .outerjoin(AmendmentRow, AmendmentRow.id == AnswerChange.amendment_id)
        .outerjoin(Thread, Thread.id == AnswerChange.thread_id)
        .where(
            AnswerChange.round_id == round_id,
            AnswerChange.number == number,
            AnswerChange.undone_at.is_(None),
        )
        .order_by(AmendmentRow.primary_id.is_not(None), Thread.number, AmendmentRow.number)
    ).all()


def check_decidable(session: Session, amendment: AmendmentRow, wanted: AmendmentState) -> None:
    """Refuse while a ballot is on, and to accept what doesn't fit the text. Raises Conflict."""
    if ballot := proposals.uncounted_ballot(session, amendment.id):
        raise Conflict(
            "Ballot {number} decides {label}, and is not counted yet.",
            number=ballot.number,
            label=amendment.label,
        )
    if wanted is not AmendmentState.ACCEPTED:
        return
    if amendment.rebase_state == "attention":
        raise Conflict(
            "{label} was written on an earlier version and waits for its author. "
            "Reject it, or leave it for the next round.",
            label=amendment.label,
        )
    if winner := alternatives.adopted_beside(session, amendment.id):
        raise Conflict(
            "{other} is adopted, and excludes {label}. Take that back first.",
            other=winner.label,
            label=amendment.label,
        )
    if amendment.primary_id is None:
        return
    primary = session.get_one(AmendmentRow, amendment.primary_id)
    if primary.state not in (AmendmentState.PROPOSED, AmendmentState.ACCEPTED):
        raise Conflict(
            "{label} is {state}; what amends it falls.", label=primary.label, state=primary.state
        )

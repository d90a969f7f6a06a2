"""Answers of the facilitator as they are stored: who got one, and what they are called."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.domain.lifecycle import Outcome
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from app.models.decisions import Disposition

WORDS: Mapping[str, str] = {
    Outcome.ACCEPTED: "Accepted",
    Outcome.ACCEPTED_IN_PART: "Accepted in part",
    Outcome.REJECTED: "Rejected",
    Outcome.DUPLICATE_OF: "Duplicate",
    Outcome.OUT_OF_SCOPE: "Out of scope",
    Outcome.NOTED: "Noted",
    Outcome.DEFERRED: "Next round",
}
"""How an outcome is called on the desk, in the order in which it is offered."""


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

"""The opening remarks of an agreement's threads, as folded notes show them: one statement for all.

What a note holds beside them, its replies and forms, is asked for when somebody opens it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Uuid, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app.formats import markdown
from app.models.comments import Comment, Thread
from app.models.decisions import Disposition
from app.models.people import User
from app.queries.comments import FACILITATOR, Speaker


@dataclass(frozen=True)
class OpeningRemark:
    """What opened a thread, and how far the thread is.

    `first` is its first paragraph in plain words; "" where it was retracted.
    """

    number: int
    kind: str
    who: Speaker
    person: str
    at: datetime
    first: str
    is_edited: bool
    is_retracted: bool
    is_entered: bool
    clause: str | None
    part: str
    start: int
    end: int
    quote: str
    anchor_state: str
    replies: int
    is_resolved: bool
    outcome: str

    @property
    def is_open(self) -> bool:
        """Whether the thread still waits, as `Discussion.is_open` says it."""
        return not self.is_resolved and self.outcome in {"", "deferred"}


_FIRST = (
    select(Comment.id)
    .where(Comment.thread_id == Thread.id)
    .order_by(Comment.created_at, Comment.id)
    .limit(1)
    .correlate(Thread)
    .scalar_subquery()
)
_SAID = (
    select(func.count()).where(Comment.thread_id == Thread.id).correlate(Thread).scalar_subquery()
)
_OPENINGS = (
    select(
        *(Thread.number, Thread.kind, Thread.organisation_id, Thread.clause_key, Thread.part),
        *(Thread.start, Thread.end, Thread.quote, Thread.anchor_state, Thread.resolved_at),
        *(Comment.text, Comment.created_at, Comment.edited_at, Comment.retracted_at),
        *(Comment.entered_by.is_not(None).label("is_entered"), User.name.label("person")),
        *(Disposition.outcome, (_SAID - 1).label("replies")),
    )
    .join(Comment, Comment.id == _FIRST)
    .join(User, User.id == Comment.author_id)
    .outerjoin(
        Disposition,
        and_(Disposition.thread_id == Thread.id, Disposition.round_id == Thread.round_id),
    )
    .where(
        Thread.agreement_id == bindparam("agreement", type_=Uuid()),
        Thread.subject.not_in(("amendment", "ballot")),
    )
    .order_by(Thread.number)
)


def opening_remarks(
    session: Session, agreement_id: uuid.UUID, who: Mapping[uuid.UUID, Speaker]
) -> tuple[OpeningRemark, ...]:
    """Those of all threads on the text, in the order of their numbers."""
    rows = session.execute(_OPENINGS, {"agreement": agreement_id})
    return tuple(
        OpeningRemark(
            number=row.number,
            kind=row.kind,
            who=who.get(row.organisation_id, FACILITATOR),
            person=row.person,
            at=row.created_at,
            first="" if row.retracted_at else markdown.first_words(row.text),
            is_edited=row.edited_at is not None,
            is_retracted=row.retracted_at is not None,
            is_entered=row.is_entered,
            clause=row.clause_key,
            part=row.part,
            start=row.start,
            end=row.end,
            quote=row.quote,
            anchor_state=row.anchor_state,
            replies=row.replies,
            is_resolved=row.resolved_at is not None,
            outcome=row.outcome or "",
        )
        for row in rows
    )

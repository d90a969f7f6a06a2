"""What facilitators noted about contributions, and who they are."""

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.access.actor import Role
from app.models.agreements import Seat
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from app.models.desk import DeskMark
from app.models.people import User


def facilitators(session: Session, agreement_id: uuid.UUID) -> Mapping[uuid.UUID, str]:
    """The names of those who run an agreement, by name."""
    rows = session.execute(
        select(User.id, User.name)
        .join(Seat, Seat.user_id == User.id)
        .where(Seat.agreement_id == agreement_id, Seat.role == Role.FACILITATOR)
        .order_by(User.name)
    )
    return {row.id: row.name for row in rows}


def marks_of(
    session: Session, round_id: uuid.UUID, ids: Collection[uuid.UUID]
) -> Mapping[uuid.UUID | None, DeskMark]:
    """What is noted about some contributions of a round, by thread or amendment."""
    rows = session.scalars(
        select(DeskMark).where(
            DeskMark.round_id == round_id,
            or_(DeskMark.thread_id.in_(ids), DeskMark.amendment_id.in_(ids)),
        )
    )
    return {row.thread_id or row.amendment_id: row for row in rows}


def contribution_in(
    session: Session, round_id: uuid.UUID, number: str
) -> Thread | AmendmentRow | None:
    """The contribution of a round that has this number; None where it has none such."""
    figures = number[1:]
    if number[:1] == "C" and figures.isascii() and figures.isdecimal() and len(number) < 9:
        return session.scalars(
            select(Thread).where(Thread.round_id == round_id, Thread.number == int(figures))
        ).one_or_none()
    if not number:
        return None
    return session.scalars(
        select(AmendmentRow).where(AmendmentRow.round_id == round_id, AmendmentRow.label == number)
    ).one_or_none()

"""What a page of an agreement that its reader holds rests on, asked in one statement.

While all of it is as it was, the page would read as it did but for the clock: the person is active
and called so, sits and belongs where they did, has as many unread notices, and nothing was recorded
about the agreement, nor about people and organisations. As with stamps (queries/stamps), what is no
event (autosaved drafts, read marks, presence) rests on nothing, so no such page may show it.
"""

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Engine, ScalarSelect, String, bindparam, func, select
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from app.models.agreements import Agreement, Participant, Seat
from app.models.audit import AuditEntry
from app.models.notices import Notice
from app.models.people import Membership, User


@dataclass(frozen=True)
class Ground:
    """The person, how many notices they have not read, and all of it, to be compared.

    `asked` is for whom and where, `engine` the database that was asked.
    """

    person: uuid.UUID
    unread: int
    facts: tuple[Any, ...]
    asked: tuple[str, str]
    engine: Engine


def ground_of(session: Session, uniquifier: str, slug: str) -> Ground | None:
    """The ground of a session's pages of an agreement.

    None where the session or the person is no more, there is no such agreement, or the person has
    no place in it.
    """
    connection = session.connection()
    words, given = _said(connection.dialect, uniquifier, slug)
    row = connection.exec_driver_sql(words, given).one_or_none()
    if row is None or not (row.seats or row.memberships):
        return None
    person = row.person if isinstance(row.person, uuid.UUID) else uuid.UUID(row.person)
    return Ground(person, row.unread, tuple(row), (uniquifier, slug), connection.engine)


def still_holds(ground: Ground) -> bool:
    """Whether nothing of it has changed.

    Asked of the driver itself: nothing is asked more often, and asking takes longer than finding.
    """
    words, given = _said(ground.engine.dialect, *ground.asked)
    connection = ground.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(words, given)
        row = cursor.fetchone()
        cursor.close()
    finally:
        connection.close()
    return row is not None and tuple(row) == ground.facts


def _said(dialect: Dialect, uniquifier: str, slug: str) -> tuple[str, Any]:
    """The statement and its values as the driver takes them."""
    compiled = _compiled(dialect)
    given = compiled.construct_params({"uniquifier": uniquifier, "slug": slug})
    if compiled.positiontup is None:
        return compiled.string, given
    return compiled.string, tuple(given[name] for name in compiled.positiontup)


@cache
def _compiled(dialect: Dialect) -> SQLCompiler:
    compiled = _GROUND.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    return compiled


def _counted(rows: type[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).where(*conditions).scalar_subquery()


def _last(condition: ColumnElement[bool]) -> ScalarSelect[str]:
    return (
        select(AuditEntry.hash)
        .where(condition)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
        .scalar_subquery()
    )


_GROUND = (
    select(
        *(User.id.label("person"), User.name, User.language, User.is_operator),
        Agreement.id.label("agreement"),
        _last(AuditEntry.agreement_id == Agreement.id).label("here"),
        _last(AuditEntry.agreement_id.is_(None)).label("network"),
        _counted(Notice, Notice.user_id == User.id, Notice.read_at.is_(None)).label("unread"),
        select(func.count())
        .select_from(Seat)
        .outerjoin(Participant, Participant.id == Seat.participant_id)
        .where(
            Seat.user_id == User.id,
            Seat.agreement_id == Agreement.id,
            Participant.left_at.is_(None),
        )
        .scalar_subquery()
        .label("seats"),
        select(func.count())
        .select_from(Membership)
        .join(Participant, Participant.organisation_id == Membership.organisation_id)
        .where(
            Membership.user_id == User.id,
            Participant.agreement_id == Agreement.id,
            Participant.left_at.is_(None),
        )
        .scalar_subquery()
        .label("memberships"),
    )
    .select_from(User)
    .join(Agreement, Agreement.slug == bindparam("slug", type_=String()))
    .where(User.fs_uniquifier == bindparam("uniquifier", type_=String()), User.active)
)
"""Built once: saying it takes longer than asking it."""

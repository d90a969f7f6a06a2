"""What a page of an agreement rests on: who asks, where they stand, and the state of the record.

While all of it is as it was, the page would read as it did but for the clock. For everybody whose
ground is shared it reads the same, but for what is each reader's own. As with stamps
(queries/stamps), what is no event (autosaved drafts, read marks, presence) rests on nothing, so no
such page may show it.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    ScalarSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import QueryableAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler

from app.models.agreements import Agreement, Participant, Seat
from app.models.audit import AuditEntry
from app.models.notices import Notice
from app.models.people import Membership, User

_log = logging.getLogger("concordat.pages")


@dataclass(frozen=True)
class Own:
    """What is a reader's own: who they are, what they are called, how many notices are unread."""

    person: uuid.UUID
    name: str
    unread: int


@dataclass(frozen=True)
class Ground:
    """What is the reader's own, and what they share with all who stand where they stand.

    `shared` is to be compared: whether they operate the installation, the agreement, the last
    entries of the record, and each of the person's places in the agreement.
    """

    own: Own
    language: str
    shared: tuple[Any, ...]


Asker = Callable[[str, str], Ground | None]
"""Finds the ground of a session, by its uniquifier, in the agreement of a slug."""


def ground_of(session: Session, uniquifier: str, slug: str) -> Ground | None:
    """The ground of a session's pages of an agreement.

    None where the session or the person is no more, there is no such agreement, or the person has
    no place in it.
    """
    connection = session.connection()
    words, given = _said(connection.dialect, uniquifier, slug)
    row = connection.exec_driver_sql(words, given).one_or_none()
    return _read(tuple(row)) if row is not None else None


def asker_of(session: Session) -> Asker:
    """Asks for grounds at any time later, of the driver itself and in no session.

    None also where the database refuses. Nothing is asked more often, and asking takes longer than
    finding.
    """
    return partial(_ground_now, session.connection().engine)


def _ground_now(engine: Engine, uniquifier: str, slug: str) -> Ground | None:
    words, given = _said(engine.dialect, uniquifier, slug)
    try:
        row = _row(engine, words, given)
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        # Whoever asks goes the long way, which has a page for a database that doesn't answer.
        _log.info("What a page rests on could not be asked: %s", error)
        return None
    return _read(tuple(row)) if row is not None else None


def _row(engine: Engine, words: str, given: Any) -> Any:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(words, given)
        row = cursor.fetchone()
        cursor.close()
    finally:
        connection.close()
    return row


def _read(row: tuple[Any, ...]) -> Ground | None:
    person, name, unread, language, seats, memberships, *shared = row
    if seats is None and memberships is None:
        return None
    who = person if isinstance(person, uuid.UUID) else uuid.UUID(person)
    places = (frozenset((told or "").split(",")) for told in (seats, memberships))
    return Ground(Own(who, name, unread), language, (*shared, *places))


def _said(dialect: Dialect, uniquifier: str, slug: str) -> tuple[str, Any]:
    """The statement and its values as the driver takes them."""
    compiled = _compiled(dialect)
    given = compiled.construct_params({"uniquifier": uniquifier, "slug": slug})
    if compiled.positiontup is None:
        return compiled.string, given
    return compiled.string, tuple(given[name] for name in compiled.positiontup)


@cache
def _compiled(dialect: Dialect) -> SQLCompiler:
    compiled = _asked(_JOINED[dialect.name]).compile(dialect=dialect)
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


def _told(column: QueryableAttribute[Any], beside: QueryableAttribute[Any]) -> ColumnElement[str]:
    return cast(column, String) + ":" + func.coalesce(cast(beside, String), "")


def _asked(joined: Callable[..., Any]) -> Select[*tuple[Any, ...]]:
    """Everything; `joined` makes all rows of words one, in any order, and NULL where none are."""
    seats = (
        select(joined(_told(Seat.role, Seat.participant_id), ","))
        .outerjoin(Participant, Participant.id == Seat.participant_id)
        .where(
            Seat.user_id == User.id,
            Seat.agreement_id == Agreement.id,
            Participant.left_at.is_(None),
        )
    )
    memberships = (
        select(joined(_told(Participant.id, Membership.is_administrator), ","))
        .select_from(Membership)
        .join(Participant, Participant.organisation_id == Membership.organisation_id)
        .where(
            Membership.user_id == User.id,
            Participant.agreement_id == Agreement.id,
            Participant.left_at.is_(None),
        )
    )
    return (
        select(
            *(User.id, User.name),
            _counted(Notice, Notice.user_id == User.id, Notice.read_at.is_(None)),
            *(User.language, seats.scalar_subquery(), memberships.scalar_subquery()),
            *(User.is_operator, Agreement.id),
            _last(AuditEntry.agreement_id == Agreement.id),
            _last(AuditEntry.agreement_id.is_(None)),
        )
        .select_from(User)
        .join(Agreement, Agreement.slug == bindparam("slug", type_=String()))
        .where(User.fs_uniquifier == bindparam("uniquifier", type_=String()), User.active)
    )


_JOINED = {"sqlite": func.group_concat, "postgresql": func.string_agg}

"""The database: its session, the base of all tables, and how moments and JSON are stored."""

import threading
import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, CheckConstraint, DateTime, MetaData, Uuid, event, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, SessionTransaction, mapped_column
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from app.kernel import clock
from app.kernel.errors import Conflict
from app.kernel.ids import new_id
from app.models.engines import WRITING


class Base(DeclarativeBase):
    """What all tables derive from; constraints get their names here.

    So that migrations can find them.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Identified:
    """Gives a table its UUIDv7 key."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment with its zone: refuses a naive one, always hands back UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("A moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Hand back UTC; SQLite forgets the zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class RandomId(FunctionElement[uuid.UUID]):
    """A new row id that the database makes itself, for rows it selects; it has no order."""

    type = Uuid()
    inherit_cache = True


@compiles(RandomId, "sqlite")
def _random_on_sqlite(_element: RandomId, _compiler: object, **_options: object) -> str:
    return "lower(hex(randomblob(16)))"


@compiles(RandomId, "postgresql")
def _random_on_postgresql(_element: RandomId, _compiler: object, **_options: object) -> str:
    return "gen_random_uuid()"


class DatabaseClock(FunctionElement[datetime]):
    """The clock of the database as this statement begins; null where it runs in this process."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(DatabaseClock, "sqlite")
def _clock_on_sqlite(_element: DatabaseClock, _compiler: object, **_options: object) -> str:
    return "null"


@compiles(DatabaseClock, "postgresql")
def _clock_on_postgresql(_element: DatabaseClock, _compiler: object, **_options: object) -> str:
    return "clock_timestamp()"


Json = JSON().with_variant(JSONB(), "postgresql")
"""A column of JSON."""


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """A check that a text column holds one of the states."""
    words = ", ".join(f"'{state}'" for state in states)
    return CheckConstraint(f"{column} in ({words})", name=f"{column}_is_known")


db = SQLAlchemy(
    metadata=Base.metadata,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},
)

_write_lock = threading.Lock()
_HOLDS_LOCK = "holds_write_lock"
_WROTE = "wrote_in_this_transaction"


def begin_writing(session: Session) -> None:
    """End what was read before and begin to write; what is in the session stays, but may be stale.

    On SQLite this takes the one write lock of the process until the transaction ends. Conflict if
    it can't be had within ten seconds.
    """
    if session.info.get(_WROTE):
        raise AssertionError("Something was written outside the gate; it would be lost.")
    reading = session.get_transaction()
    if reading is not None:
        reading.close()
    if session.get_bind().dialect.name != "sqlite":
        return
    if not _write_lock.acquire(timeout=10):
        raise Conflict(
            "Too many people are writing at this moment. Nothing was changed; try again."
        )
    session.info[_HOLDS_LOCK] = True
    try:
        session.connection(execution_options={WRITING: True})
    except BaseException:
        session.rollback()
        raise


@event.listens_for(Session, "after_transaction_end")
def _let_go(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is not None:
        return
    session.info.pop(_WROTE, None)
    if session.info.pop(_HOLDS_LOCK, False):
        _write_lock.release()


@event.listens_for(Session, "after_flush")
def _note_writing(session: Session, _context: object) -> None:
    session.info[_WROTE] = True


def decision_time(session: Session) -> datetime:
    """The moment that decides whether a deadline has passed; ask it after the lock is held.

    PostgreSQL is asked in a statement of its own: `now()`, and a clock read in the statement that
    waits for the lock, both show the time before the wait.
    """
    is_asked = session.get_bind().dialect.name != "sqlite"
    return deciding(session.execute(_CLOCK).scalar_one() if is_asked else None)


def deciding(told: datetime | None) -> datetime:
    """The moment that decides, of what `DatabaseClock` told behind the lock."""
    return clock.utcnow() if told is None or clock.is_fixed() else told


_CLOCK = select(DatabaseClock())

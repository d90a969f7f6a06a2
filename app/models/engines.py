"""How the two databases are talked to: driver, connection settings, how a transaction begins.

SQLite: one process, many threads, one writer at a time. Reading begins plain; the gate begins with
BEGIN IMMEDIATE, so that nobody writes on facts that have gone stale.
"""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

try:
    from pysqlite3 import dbapi2 as sqlite_driver
except ImportError:  # no wheel for this platform: what Python was built with
    sqlite_driver = sqlite3

SAFE_WAL = (3, 51, 3)
"""The first SQLite whose write-ahead log can't be corrupted by a write beside a checkpoint."""

__all__ = [
    "SAFE_WAL",
    "WRITING",
    "engine_options",
    "has_safe_wal",
    "prepare",
    "sqlite_driver",
    "weaknesses",
]

WRITING = "concordat_writing"
"""Execution option of a connection whose transaction is going to write."""

_LIMITS = {
    "lock_timeout": "3s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "30s",
    "timezone": "UTC",
}


def engine_options(url: str) -> dict[str, Any]:
    """What `create_engine` must be told for this database."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"module": sqlite_driver, "connect_args": {"check_same_thread": False}}
    options = " ".join(f"-c {name}={value}" for name, value in _LIMITS.items())
    return {"pool_pre_ping": True, "pool_size": 10, "connect_args": {"options": options}}


def prepare(engine: Engine) -> None:
    """Have every connection of the engine set up as the house needs it; twice is like once."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "connect", _set_up_sqlite):
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def has_safe_wal() -> bool:
    """Whether this SQLite may use a write-ahead log."""
    return tuple(sqlite_driver.sqlite_version_info) >= SAFE_WAL


def weaknesses(engine: Engine) -> tuple[str, ...]:
    """What the operator must know about this database; empty when all is as it should be."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return () if has_safe_wal() else (_OLD_SQLITE.format(sqlite_driver.sqlite_version),)
        wanted = ("fsync", "full_page_writes", "synchronous_commit")
        settings = {name: connection.exec_driver_sql(f"show {name}").scalar() for name in wanted}
    return tuple(
        f"PostgreSQL runs with {name} off: a power cut can lose votes that were confirmed."
        for name, value in settings.items()
        if value == "off"
    )


_OLD_SQLITE = (
    "SQLite {} is older than 3.51.3, so the database works without write-ahead log: safe, but "
    "slower. Install pysqlite3 for a newer one."
)


def _set_up_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _pragmas():
        connection.execute(f"PRAGMA {pragma}")


def _pragmas() -> tuple[str, ...]:
    journal = (
        ("journal_mode=WAL", "synchronous=FULL", "trusted_schema=OFF")
        if has_safe_wal()
        else ("journal_mode=DELETE", "synchronous=EXTRA")
    )
    return ("busy_timeout=10000", *journal, "foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

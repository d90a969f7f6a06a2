"""Doubles of the protections, for the controls: a gate that locks nothing, a database less strict.

A run that still holds with these would prove nothing. Nothing in app/ knows of them.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, Index, delete, event, insert, text, update
from sqlalchemy.orm import Session

from app.access import policy
from app.access.actor import SYSTEM, Actor
from app.actions.unit import ACTIONS, Work
from app.domain.events import Event
from app.kernel import clock
from app.ledger import audit
from app.models import engines
from app.models.audit import AuditEntry, AuditHead
from app.models.ballots import SecretVote, Vote
from app.models.base import db

_ONE_LIVE = next(index for index in Vote.__table__.indexes if index.name == "uq_vote_one_live")


def without_gate(action: Callable[..., Any], seed: int) -> Callable[..., Any]:
    """The use case itself, asked on what was read before: no lock, no second look, an old clock.

    A pause of up to 16 ms stands for everything that slows a request down at the wrong moment.
    """
    perform = action.__wrapped__  # type: ignore[attr-defined]
    chance = random.Random(seed)

    def naive(actor: Actor, subject: Any, **values: Any) -> Any:
        session = db.session()
        work = Work(session, actor, clock.utcnow())
        policy.require(actor, ACTIONS[perform.__name__], subject, work.now)
        time.sleep(chance.uniform(0, 0.016))
        try:
            result = perform(work, subject, **values)
            session.commit()
        except BaseException:
            session.rollback()
            raise
        return result

    return naive


@contextmanager
def without_constraints(app: Flask) -> Iterator[None]:
    """Drop the index that allows one live vote, and have SQLite take each statement for itself."""
    with app.app_context():
        engine = db.engine
    with ExitStack() as undo:
        undo.enter_context(_without_index(engine, _ONE_LIVE))
        if engine.dialect.name == "sqlite":
            undo.enter_context(_without_transactions(engine))
        yield


@contextmanager
def without_trigger(app: Flask) -> Iterator[None]:
    """Have the database neither move the head of the record nor refuse what doesn't follow it."""
    with app.app_context():
        engine = db.engine
    name, table = "audit_entry_moves_head", "audit_entry"
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            found = text("select sql from sqlite_master where name = :name")
            back = str(connection.execute(found, {"name": name}).scalar_one())
        off = f"drop trigger {name}"
    else:
        off, back = (f"alter table {table} {deed} trigger {name}" for deed in ("disable", "enable"))
    _do(engine, off)
    try:
        yield
    finally:
        _do(engine, back)


def _do(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


def append(session: Session, end: audit.End, events: Sequence[Event]) -> None:
    """Write in the record as if nobody could have come between."""
    entries = list(audit._chained(end, SYSTEM, clock.utcnow(), None, events))  # noqa: SLF001
    session.execute(insert(AuditEntry), [audit._columns(entry) for entry in entries])  # noqa: SLF001
    session.execute(update(AuditHead).values(seq=entries[-1].seq, hash=entries[-1].hash))


@contextmanager
def _without_index(engine: Engine, index: Index) -> Iterator[None]:
    index.drop(engine)
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(delete(Vote))
            connection.execute(delete(SecretVote))
        index.create(engine)


@contextmanager
def _without_transactions(engine: Engine) -> Iterator[None]:
    begin = engines._begin_sqlite  # noqa: SLF001 - there is no other way to take it away
    event.remove(engine, "begin", begin)
    try:
        yield
    finally:
        event.listen(engine, "begin", begin)

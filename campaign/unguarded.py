"""Doubles of the protections, for the controls: a gate that locks nothing, a database less strict.

A run that still holds with these would prove nothing. Nothing in app/ knows of them.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, Index, delete, event

from app.access import policy
from app.access.actor import Actor
from app.actions.unit import ACTIONS, Work
from app.kernel import clock
from app.models import engines
from app.models.ballots import SecretVote, Vote
from app.models.base import db

_ONE_LIVE = next(index for index in Vote.__table__.indexes if index.name == "uq_vote_one_live")


def without_gate(action: Callable[..., Any], seed: int) -> Callable[..., Any]:
    """The use case itself, asked on what was read before: no lock, no second look, an old clock.

    A pause of up to 4 ms stands for everything that slows a request down at the wrong moment.
    """
    perform = action.__wrapped__  # type: ignore[attr-defined]
    chance = random.Random(seed)

    def naive(actor: Actor, subject: Any, **values: Any) -> Any:
        session = db.session()
        work = Work(session, actor, clock.utcnow())
        policy.require(actor, ACTIONS[perform.__name__], subject, work.now)
        time.sleep(chance.uniform(0, 0.004))
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

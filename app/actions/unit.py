"""The gate: every change passes here. Lock, look again, ask the law, act, record, commit."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.access import policy
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.predicates import agreement_id_of
from app.domain.events import Event
from app.kernel.errors import Conflict
from app.ledger import audit, notices
from app.models.base import begin_writing, db
from app.queries.acting import facts_of
from app.queries.loading import FOR_POLICY, bring_lines

Subject = TypeVar("Subject")
Result = TypeVar("Result")
Values = ParamSpec("Values")

ACTIONS: dict[str, Permission] = {}
"""Every action by its name, with the permission it asks for."""


@dataclass
class Work:
    """One transaction at work: who acts, on what moment, and what has happened so far."""

    session: Session
    actor: Actor
    now: datetime
    agreement_id: uuid.UUID | None = None
    events: list[Event] = field(default_factory=list)
    unchanged: bool = False

    @property
    def person(self) -> uuid.UUID:
        """The id of the person who acts, where only a person can."""
        if self.actor.user_id is None:
            raise AssertionError("this is done by a person")
        return self.actor.user_id

    def record(self, *events: Event) -> None:
        """Say what happened; it is written down in the same transaction."""
        self.events.extend(events)


def action(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[Work, Subject, Values], Result]],
    Callable[Concatenate[Actor, Subject, Values], Result],
]:
    """Make a use case into an action: callable with an actor and the row it acts on."""

    def register(
        perform: Callable[Concatenate[Work, Subject, Values], Result],
    ) -> Callable[Concatenate[Actor, Subject, Values], Result]:
        if perform.__name__ in ACTIONS:
            raise AssertionError(f"Two actions are called {perform.__name__}.")
        ACTIONS[perform.__name__] = permission

        @wraps(perform)
        def gate(
            actor: Actor, subject: Subject, /, *args: Values.args, **kwargs: Values.kwargs
        ) -> Result:
            session = cast("Session", db.session())
            with _transaction(session):
                begin_writing(session)
                fresh = _look_again(session, subject)
                bring_lines(session, fresh, actor)
                facts = facts_of(session, actor)
                work = Work(session, facts.actor, facts.now, agreement_id_of(fresh))
                policy.require(work.actor, permission, fresh, work.now)
                result = perform(work, fresh, *args, **kwargs)
                _write_down(work, perform.__name__, facts.end)
                session.commit()
            return result

        return gate

    return register


@contextmanager
def _transaction(session: Session) -> Iterator[None]:
    """Leave nothing half-done; a race that only the database saw is told as a conflict."""
    try:
        yield
    except (IntegrityError, StaleDataError) as error:
        session.rollback()
        raise Conflict("Somebody changed this while you were working. Look at it again.") from error
    except BaseException:
        session.rollback()
        raise


def _look_again(session: Session, subject: Subject) -> Subject:
    """Lock the row and read it afresh, with what policy needs."""
    identity = inspect(subject).mapper.primary_key_from_instance(subject)
    keys = {f"key_{number}": value for number, value in enumerate(identity)}
    kind: Any = type(subject)  # which mypy takes for something that has no hash
    locked = session.scalars(_locking(kind), keys)
    found: Subject | None = locked.unique().one_or_none()
    if found is None:
        raise Conflict("This was removed while you were working.")
    return found


@cache
def _locking(kind: type[Any]) -> Select[Any]:
    """The statement that locks a row and reads it with what policy needs; built once a kind."""
    keys = inspect(kind).primary_key
    return (
        select(kind)
        .where(
            *(
                column == bindparam(f"key_{number}", type_=column.type)
                for number, column in enumerate(keys)
            )
        )
        .options(*FOR_POLICY.get(kind, ()))
        .with_for_update(of=kind)
        .execution_options(populate_existing=True)
    )


def _write_down(work: Work, name: str, end: audit.End | None) -> None:
    if not work.events and not work.unchanged:
        raise AssertionError(f"{name} recorded no event")
    if not work.events:
        return
    actor, now = work.actor, work.now
    entries = audit.write(work.session, actor, now, work.agreement_id, work.events, end)
    notices.enqueue(work.session, work.actor, zip(work.events, entries, strict=True))

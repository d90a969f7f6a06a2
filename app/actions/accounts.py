"""The second commit of the house: what a person changes of their own account, with its entry.

Flask-Security decides when to write, so the gate can't be around it. What it changes waits here
until it says `commit`; then it is written on fresh facts, under the lock, with an audit entry, as
the gate would do.
"""

import uuid
from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import func, inspect, select

from app.access.actor import Actor
from app.domain.events import AccountChanged
from app.ledger import audit
from app.models.base import begin_writing, db, decision_time
from app.models.people import User

_WAITING = "accounts_waiting"


class ChangedAccount(Protocol):
    """A row with the new values of some of its columns."""

    row: User
    changes: Mapping[str, Any]


class AccountDatastore:
    """Finds people and keeps what changes of their accounts."""

    def find(self, attribute: str, value: str, *, ignore_case: bool = False) -> User | None:
        """The person whose `attribute` (id, email, fs_uniquifier) is `value`."""
        column = getattr(User, attribute)
        wanted: Any = uuid.UUID(value) if attribute == "id" else value
        if ignore_case:
            column, wanted = func.lower(column), value.lower()
        return db.session.scalars(select(User).where(column == wanted)).one_or_none()

    def put(self, account: ChangedAccount) -> ChangedAccount:
        """Have the account's changes wait for `commit`."""
        waiting = db.session().info.setdefault(_WAITING, [])
        if account not in waiting:
            waiting.append(account)
        return account

    def commit(self) -> None:
        """Write what waits, with its audit entries."""
        session = db.session()
        waiting: list[ChangedAccount] = session.info.pop(_WAITING, [])
        if not waiting:
            return
        begin_writing(session)
        try:
            for account in waiting:
                columns = inspect(User).column_attrs.keys()
                session.refresh(account.row, columns, with_for_update=True)
                for column, value in account.changes.items():
                    setattr(account.row, column, value)
                actor = Actor(account.row.id, account.row.name)
                event = AccountChanged(person=str(account.row.id))
                audit.write(session, actor, decision_time(session), None, [event])
            session.commit()
        except BaseException:
            session.rollback()
            raise

"""What a person changes of their own account is written under the lock, with its entry."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from app.actions.accounts import AccountDatastore
from app.ledger import audit
from app.models.audit import AuditEntry
from app.models.people import User
from tests.factories.people import make_user


@dataclass
class Changed:
    row: User
    changes: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def person(session):
    user = make_user(name="Ann")
    session.commit()
    return user


def test_a_change_waits_for_commit_and_is_recorded(session, person):
    store = AccountDatastore()
    store.put(Changed(person, {"password": "a hash"}))
    assert session.scalars(select(User.password)).one() is None
    store.commit()
    assert session.scalars(select(User.password)).one() == "a hash"
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.tag, entry.actor_id) == ("account:changed", person.id)
    assert "hash" not in str(entry.data)
    assert audit.verify(session) == (1, None)


def test_without_a_change_nothing_is_written(session, person):
    AccountDatastore().commit()
    assert session.scalars(select(AuditEntry)).all() == []


def test_a_change_that_fails_leaves_no_entry(session, person):
    store = AccountDatastore()
    store.put(Changed(person, {"email": None}))
    with pytest.raises(Exception, match=r"(?i)null"):
        store.commit()
    assert session.scalars(select(AuditEntry)).all() == []
    store.commit()
    assert session.scalars(select(User.email)).one()


def test_people_are_found_by_what_they_have(session, person):
    store = AccountDatastore()
    assert store.find("email", person.email.upper(), ignore_case=True) is person
    assert store.find("email", person.email.upper()) is None
    assert store.find("id", str(person.id)) is person
    assert store.find("fs_uniquifier", person.fs_uniquifier) is person
    assert store.find("fs_uniquifier", "") is None

"""Whether the record holds."""

from sqlalchemy import update

from app.actions.accounts import AccountDatastore
from app.models.audit import AuditHead
from app.queries import record
from tests.actions.test_accounts import Changed
from tests.factories.people import make_user


def test_a_record_holds_until_somebody_rewrites_its_end(session):
    assert record.verify(session) == (0, None)
    person = make_user()
    session.commit()
    AccountDatastore().put(Changed(person, {"language": "fr"}))
    AccountDatastore().commit()
    assert record.verify(session) == (1, None)
    session.execute(update(AuditHead).values(hash="0" * 64))
    count, fault = record.verify(session)
    assert count == 1
    assert fault is not None
    assert "{" not in fault


def test_the_head_is_the_last_entry(session):
    assert record.head_of(session) == record.Head(0, "0" * 64)
    person = make_user()
    session.commit()
    AccountDatastore().put(Changed(person, {"language": "fr"}))
    AccountDatastore().commit()
    assert record.head_of(session).count == 1
    assert record.head_of(session).hash == session.query(AuditHead).one().hash

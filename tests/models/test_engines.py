"""How the databases are set up."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.kernel.ids import new_id
from app.models import engines
from app.models.people import Membership
from tests.backends import make_engine


@pytest.fixture
def sqlite(tmp_path):
    """A file of its own: one that others have open can't leave its write-ahead log."""
    engine = make_engine(f"sqlite:///{tmp_path / 'engines.sqlite3'}")
    yield engine
    engine.dispose()


def value_of(engine, name):
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_sqlite_loses_nothing_in_a_power_cut(sqlite):
    modern = engines.has_safe_wal()
    assert value_of(sqlite, "journal_mode") == ("wal" if modern else "delete")
    assert value_of(sqlite, "synchronous") == (2 if modern else 3)
    assert value_of(sqlite, "trusted_schema") == (0 if modern else 1)
    assert value_of(sqlite, "foreign_keys") == 1
    assert value_of(sqlite, "busy_timeout") == 10_000


def test_an_older_sqlite_works_without_write_ahead_log_and_says_so(monkeypatch, sqlite):
    class OlderDriver:
        sqlite_version = "3.40.1"
        sqlite_version_info = (3, 40, 1)

    monkeypatch.setattr(engines, "sqlite_driver", OlderDriver)
    assert "3.40.1" in engines.weaknesses(sqlite)[0]
    assert "journal_mode=DELETE" in engines._pragmas()
    assert "synchronous=EXTRA" in engines._pragmas()


def test_postgresql_never_waits_for_ever_and_is_told_when_it_is_unsafe(postgresql):
    engine = make_engine(postgresql.url)
    with engine.connect() as connection:
        assert connection.execute(text("show lock_timeout")).scalar_one() == "3s"
        assert connection.execute(text("show statement_timeout")).scalar_one() == "15s"
        assert connection.execute(text("show timezone")).scalar_one() == "UTC"
        unsafe = connection.execute(text("show fsync")).scalar_one() == "off"
    assert any("fsync" in told for told in engines.weaknesses(engine)) == unsafe
    engine.dispose()


def test_the_database_refuses_what_refers_to_nothing(session):
    session.add(Membership(user_id=new_id(), organisation_id=new_id()))
    with pytest.raises(IntegrityError):
        session.flush()

"""How transactions begin, and what moments are."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from app.kernel import clock as kernel_clock
from app.models.base import begin_writing, db, decision_time
from app.models.people import User
from tests.factories.people import make_user


def test_a_moment_keeps_its_place_in_time_and_comes_back_in_utc(session):
    user = make_user()
    user.created_at = datetime(2026, 11, 2, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    session.commit()
    session.expire_all()
    stored = session.scalars(select(User.created_at)).one()
    assert stored == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert stored.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(session):
    user = make_user()
    user.created_at = datetime(2026, 11, 2, 10, 0)
    with pytest.raises(StatementError, match="time zone"):
        session.flush()


def test_what_was_loaded_before_writing_begins_is_still_usable(session):
    user = make_user(name="Ann")
    session.commit()
    begin_writing(session)
    user.name = "Anna"
    session.commit()
    session.expire_all()
    assert session.scalars(select(User.name)).all() == ["Anna"]


def test_what_was_written_before_the_gate_is_an_error_of_ours(session):
    user = make_user()
    user.name = "Somebody else"
    session.flush()
    with pytest.raises(AssertionError, match="outside the gate"):
        begin_writing(session)


def test_writers_wait_for_each_other_and_none_reads_what_is_stale(app, session):
    make_user(name="0")
    session.commit()
    user_id = session.scalars(select(User.id)).one()

    def add_one() -> None:
        with app.app_context():
            for _ in range(5):
                own = db.session()
                begin_writing(own)
                user = own.get(User, user_id, with_for_update=True, populate_existing=True)
                user.name = str(int(user.name) + 1)
                own.commit()
            db.session.remove()

    threads = [threading.Thread(target=add_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    session.rollback()
    assert session.scalars(select(User.name)).one() == "20"


def test_rolling_back_lets_the_next_writer_in(session):
    for _ in range(3):
        begin_writing(session)
        session.execute(text("select 1"))
        session.rollback()
    begin_writing(session)
    session.commit()


def test_the_deciding_moment_is_the_fixed_one_where_one_is_fixed(session):
    moment = datetime(2030, 1, 1, tzinfo=UTC)
    begin_writing(session)
    with kernel_clock.at(moment):
        assert decision_time(session) == moment
    assert abs(decision_time(session) - kernel_clock.utcnow()) < timedelta(minutes=1)
    session.rollback()

"""The ground of a page: the same while nothing happened, gone with the right to read it."""

from datetime import timedelta

import pytest

from app.actions import comments
from app.models.agreements import Seat
from app.models.people import User
from app.queries.grounds import ground_of, still_holds
from tests.factories.agreements import make_case
from tests.factories.people import START, make_user, make_workspace


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case()
    session.commit()
    return made


def asked(session, case, name="Porto"):
    return ground_of(session, case.people[name].fs_uniquifier, case.agreement.slug)


def test_it_is_asked_in_one_statement_and_holds_until_something_happens(
    session, case, count_statements
):
    with count_statements() as sent:
        ground = asked(session, case)
    assert len(sent) == 1
    assert ground is not None and ground.person == case.people["Porto"].id
    assert still_holds(ground)
    assert asked(session, case) == ground
    comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    assert not still_holds(ground)
    assert asked(session, case) != ground


def test_who_has_no_place_stands_on_nothing(session, case):
    stranger = make_user("Nobody Known")
    session.commit()
    assert ground_of(session, stranger.fs_uniquifier, case.agreement.slug) is None
    assert ground_of(session, "no such session", case.agreement.slug) is None
    assert ground_of(session, case.people["Porto"].fs_uniquifier, "nowhere") is None


def test_another_seat_is_another_ground(session, case):
    ground = asked(session, case)
    seat = session.query(Seat).filter_by(user_id=case.people["Porto"].id).first()
    session.delete(seat)
    session.commit()
    assert not still_holds(ground)


def test_it_ends_with_the_account(session, case):
    ground = asked(session, case)
    session.get_one(User, case.people["Porto"].id).active = False
    session.commit()
    assert not still_holds(ground)
    assert asked(session, case) is None

"""The ground of a page: the same while nothing happened, gone with the right to read it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.actions import comments
from app.models.agreements import Seat
from app.models.people import User
from app.queries.grounds import asker_of, ground_of
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


def now(session, case, name="Porto"):
    ask = asker_of(session)
    return ask(case.people[name].fs_uniquifier, case.agreement.slug)


def test_it_is_asked_in_one_statement_and_holds_until_something_happens(
    session, case, count_statements
):
    with count_statements() as sent:
        ground = asked(session, case)
    assert len(sent) == 1
    assert ground is not None and ground.own.person == case.people["Porto"].id
    assert now(session, case) == asked(session, case) == ground
    comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    assert now(session, case) == asked(session, case) != ground


def test_a_database_that_refuses_is_no_answer_and_keeps_no_connection(session, case):
    ground, engine = now(session, case), session.get_bind()
    busy = engine.pool.checkedout()

    def refuse(connection, *_):
        connection.execute("select nothing from nowhere")

    event.listen(engine, "checkout", refuse)
    try:
        assert now(session, case) is None
    finally:
        event.remove(engine, "checkout", refuse)
    assert engine.pool.checkedout() == busy
    assert now(session, case) == ground


def test_who_has_no_place_stands_on_nothing(session, case):
    stranger = make_user("Nobody Known")
    session.commit()
    assert ground_of(session, stranger.fs_uniquifier, case.agreement.slug) is None
    assert ground_of(session, "no such session", case.agreement.slug) is None
    assert ground_of(session, case.people["Porto"].fs_uniquifier, "nowhere") is None


def test_colleagues_who_stand_alike_share_it_and_others_do_not(session, case):
    colleague = make_user("Rita Colleague", of=case.organisations["Porto"])
    session.add_all(Seat(**_seat(case, colleague, role)) for role in ("voter", "signatory"))
    session.commit()
    case.people["Colleague"] = colleague
    assert asked(session, case, "Colleague").shared != asked(session, case).shared
    session.add(Seat(**_seat(case, colleague, "legal_contact")))
    session.commit()
    here, beside, other = (asked(session, case, name) for name in ("Porto", "Colleague", "Lille"))
    assert here.shared == beside.shared != other.shared
    assert here.own != beside.own


def _seat(case, person, role):
    return {
        "agreement_id": case.agreement.id,
        "participant_id": case.participants["Porto"].id,
        "user_id": person.id,
        "role": role,
    }


def test_another_seat_is_another_ground(session, case):
    ground = asked(session, case)
    seat = session.query(Seat).filter_by(user_id=case.people["Porto"].id).first()
    session.delete(seat)
    session.commit()
    assert now(session, case) != ground


def test_it_ends_with_the_account(session, case):
    session.get_one(User, case.people["Porto"].id).active = False
    session.commit()
    assert now(session, case) is None
    assert asked(session, case) is None

"""Stamps: the same while nothing happens, another after every action."""

from datetime import timedelta

from app.actions import comments
from app.queries.stamps import stamp_and_round
from tests.factories.agreements import make_case
from tests.factories.people import START, make_workspace


def test_a_stamp_changes_with_what_happens_and_only_then(session, clock, count_statements):
    clock.set(START + timedelta(days=2))
    make_workspace()
    case = make_case()
    session.commit()

    def post() -> None:
        comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")

    post()
    before = stamp_and_round(session, case.agreement.id)
    with count_statements() as sent:
        assert stamp_and_round(session, case.agreement.id) == before
    assert len(sent) == 1
    post()
    assert stamp_and_round(session, case.agreement.id)[0] != before[0]


def test_what_nobody_recorded_has_no_stamp(session):
    make_workspace()
    case = make_case()
    session.commit()
    assert stamp_and_round(session, case.agreement.id)[0] == ""

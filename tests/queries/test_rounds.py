"""The rounds of an agreement with what was contributed in each."""

from datetime import timedelta

import pytest

from app.actions import comments as actions
from app.kernel.errors import WrongMoment
from app.queries.rounds import latest_round, rounds_of
from tests.factories.agreements import make_case
from tests.factories.people import START

DURING, CLOSES = START + timedelta(days=2), START + timedelta(days=30)


def test_a_round_is_open_until_its_deadline_and_counts_what_came(session, clock):
    clock.set(DURING)
    case = make_case()
    session.commit()
    actions.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    (line,) = rounds_of(session, case.agreement.id, DURING)
    assert (line.number, line.version, line.is_open, line.is_settled) == (1, 1, True, False)
    assert (line.threads, line.amendments) == (1, 0)
    (closed,) = rounds_of(session, case.agreement.id, CLOSES)
    assert not closed.is_open


def test_before_the_first_round_nothing_can_be_said(session, clock):
    case = make_case()
    assert latest_round(session, case.agreement).number == 1
    session.delete(case.round)
    session.flush()
    with pytest.raises(WrongMoment):
        latest_round(session, case.agreement)

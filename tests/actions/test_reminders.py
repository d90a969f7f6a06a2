"""Reminders: only to those who still owe something, at most once in 24 hours."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions import reminders
from app.domain.events import PersonReminded
from app.kernel import clock
from app.kernel.errors import Conflict, NotAllowed
from app.models.notices import Notice
from tests.factories.agreements import make_case
from tests.factories.contributions import DURING, comment


def remind(case, at=DURING):
    with clock.at(at):
        return reminders.send_reminders(case.actor("facilitator"), case.agreement)


def told(session):
    rows = session.scalars(select(Notice).where(Notice.tag == PersonReminded.tag))
    return [row.user_id for row in rows]


def test_only_those_who_owe_something_are_reminded_and_once_a_day(session):
    case = make_case()
    comment(case, "Lille")
    assert remind(case) == 2
    assert sorted(told(session)) == sorted(case.people[name].id for name in ("Porto", "Tartu"))
    with pytest.raises(Conflict, match="Nobody is left"):
        remind(case, DURING + timedelta(hours=24) - timedelta(microseconds=1))
    assert remind(case, DURING + timedelta(hours=24)) == 2


def test_only_the_facilitator_reminds(session):
    case = make_case()
    with clock.at(DURING), pytest.raises(NotAllowed):
        reminders.send_reminders(case.actor("Lille"), case.agreement)

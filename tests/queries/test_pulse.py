"""Where a round is contested, and how it went day by day."""

from datetime import timedelta

from app.queries import pulse
from app.queries.desk_items import desk_of
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, DURING, comment, reword


def test_contested_clauses_come_first_with_what_stands_below_them(session):
    case = make_case()
    comment(case, "Lille", key="scope-aim")
    comment(case, "Tartu", key="answer-time")
    reword(case, "Porto", "15", "20")
    found = pulse.heat_of(desk_of(case.agreement, case.round))
    assert [(one.key, one.comments, one.amendments) for one in found] == [
        ("answers", 1, 1),
        ("scope", 1, 0),
    ]
    assert found[0].name.startswith("Article 2")


def test_every_day_of_the_round_is_there_with_its_deadline(session):
    case = make_case()
    comment(case, "Lille")
    desk = desk_of(case.agreement, case.round)
    days = pulse.days_of(case.agreement, desk, AFTER)
    assert [day.comments for day in days if day.total] == [1]
    assert [day.day for day in days if day.is_deadline] == [case.round.closes_at.date()]
    assert days[-1].is_deadline
    assert len(pulse.days_of(case.agreement, desk, DURING)) == len(days)
    assert days[1].day - days[0].day == timedelta(days=1)

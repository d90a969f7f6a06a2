from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.months import month_of, months_for

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 1))


@settings(max_examples=60)
@given(DAYS)
def test_a_month_holds_each_of_its_days_once_under_its_day_of_the_week(day):
    month = month_of(day)
    held = [(at, number) for week in month.weeks for at, number in enumerate(week) if number]
    assert [number for _, number in held] == list(range(1, len(held) + 1))
    assert (month.first + timedelta(days=len(held))).day == 1
    assert all(month.first.replace(day=number).weekday() == at for at, number in held)


def test_this_month_is_shown_and_the_next_in_which_something_ends():
    today = date(2026, 11, 2)
    assert [one.first for one in months_for(today, [])] == [date(2026, 11, 1)]
    ends = [date(2027, 3, 9), date(2027, 1, 5), date(2026, 10, 1)]
    assert [one.first for one in months_for(today, ends)] == [date(2026, 11, 1), date(2027, 1, 1)]

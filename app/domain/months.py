"""Months: the days of one as a calendar shows them, week by week."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True)
class Month:
    """A month by its first day; `weeks` run from Monday, days of other months are None."""

    first: date
    weeks: tuple[tuple[int | None, ...], ...]


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    weeks = _WEEKS.monthdatescalendar(day.year, day.month)
    return Month(
        first=day.replace(day=1),
        weeks=tuple(
            tuple(one.day if one.month == day.month else None for one in week) for week in weeks
        ),
    )


def months_for(today: date, days: Iterable[date], most: int = 2) -> tuple[Month, ...]:
    """This month, then the next in which one of the days lies; at most so many."""
    firsts = {today.replace(day=1), *(day.replace(day=1) for day in days if day >= today)}
    return tuple(month_of(first) for first in sorted(firsts)[:most])

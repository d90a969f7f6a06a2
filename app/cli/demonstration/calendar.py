"""When things happen in the demonstration network: days from today, at hours people work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "Europe/Brussels"
_GOLDEN = 0.6180339887


@dataclass(frozen=True)
class Act:
    """Something that somebody does at a moment."""

    at: datetime
    do: Callable[[], object]


@dataclass(frozen=True)
class Calendar:
    """Moments relative to one day, in Brussels time; `day` 0 is that day, -1 the day before."""

    today: date

    def at(self, day: float, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of a day; a part of a day moves it on within working hours."""
        whole = int(day // 1)
        clock = datetime.combine(
            self.today + timedelta(days=whole), time(hour, minute), ZoneInfo(ZONE)
        )
        return (clock + timedelta(minutes=int((day - whole) * 540))).astimezone(UTC)

    def spread(self, start: float, end: float, place: int) -> datetime:
        """The moment of the `place`th of many acts between two days, on a working day.

        The places are spread evenly however many there are, and always in the same way.
        """
        share = (place + 1) * _GOLDEN % 1
        minute = (place + 1) * 157 % 60
        moment = self.at(start + share * max(0.0, end - start), 9 if share < 0.5 else 8, minute)
        return self._on_a_working_day(moment, self.at(start), self.at(end, 17))

    def at_work(self, moment: datetime) -> datetime:
        """The moment itself, or else the next in which somebody is at work."""
        local = moment.astimezone(ZoneInfo(ZONE))
        if local.hour >= 18:
            local = (local + timedelta(days=1)).replace(hour=8)
        if local.hour < 8:
            local = local.replace(hour=8)
        if local.weekday() >= 5:
            local += timedelta(days=7 - local.weekday())
        return local.astimezone(UTC)

    def _on_a_working_day(self, moment: datetime, first: datetime, last: datetime) -> datetime:
        weekday = moment.astimezone(ZoneInfo(ZONE)).weekday()
        if weekday < 5:
            return moment
        later = moment + timedelta(days=7 - weekday)
        earlier = moment - timedelta(days=weekday - 4)
        if later < last:
            return later
        return earlier if earlier > first else moment

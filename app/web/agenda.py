"""The agenda at Home: deadlines as a small calendar, as a list, and as a file for one's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_day_names
from flask import Blueprint, current_app, url_for
from werkzeug.wrappers import Response

from app.domain.months import months_for
from app.formats.icalendar import Moment, to_ics
from app.http import auth
from app.http.languages import current, tell
from app.kernel import clock
from app.queries import home
from app.queries.home import Deadline

door = Blueprint("agenda", __name__)


@dataclass(frozen=True)
class Day:
    """One day of a calendar; `ends` is how many deadlines it holds, `anchor` leads to the first."""

    number: int
    ends: int
    anchor: str
    is_today: bool


@dataclass(frozen=True)
class CalendarMonth:
    """One month of a calendar: its name, and its weeks of days, None where it has none."""

    name: str
    weeks: tuple[tuple[Day | None, ...], ...]


@door.get("/deadlines.ics")
def calendar() -> Response:
    """Hand out the deadlines ahead as a file that calendar programs read."""
    moments = [
        Moment(
            uid=f"{one.slug}-{one.words}@concordat".lower().replace(" ", "-"),
            at=one.at,
            summary=f"{tell(one.words)}: {one.agreement}",
            url=url_for("agreements.read", slug=one.slug, _external=True),
        )
        for one in home.deadlines_of(auth.current_actor())
    ]
    made = to_ics(moments, made_at=clock.utcnow(), name="Concordat")
    answer = Response(made, content_type="text/calendar; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="deadlines.ics")
    return answer


def weekdays() -> tuple[tuple[str, str], ...]:
    """The days of the week from Monday, short and whole, in the reader's language."""
    short, whole = (get_day_names(width, locale=current()) for width in ("short", "wide"))
    return tuple((short[day], whole[day]) for day in range(7))


def calendar_of(deadlines: Sequence[Deadline]) -> tuple[CalendarMonth, ...]:
    """This month and the next that holds a deadline."""
    today = _local(clock.utcnow())
    held: dict[date, list[int]] = {}
    for at, one in enumerate(deadlines, 1):
        held.setdefault(_local(one.at), []).append(at)
    return tuple(
        CalendarMonth(
            format_skeleton("yMMMM", month.first, locale=current()),
            tuple(tuple(_days(month.first, week, held, today)) for week in month.weeks),
        )
        for month in months_for(today, held)
    )


def _days(
    first: date, week: Iterable[int | None], held: dict[date, list[int]], today: date
) -> Iterable[Day | None]:
    for number in week:
        if number is None:
            yield None
            continue
        day = first.replace(day=number)
        ends = held.get(day, [])
        yield Day(number, len(ends), f"d-{ends[0]}" if ends else "", day == today)


def _local(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(str(current_app.config["TIME_ZONE"]))).date()

"""Moments as people read them: in the zone of the page and in the language of its reader."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_timezone_location
from flask import current_app, g
from flask_babel import gettext, ngettext
from markupsafe import Markup

from app.http.languages import ENGLISH, current
from app.kernel import clock

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_HOUR, _DAY = 3_600, 86_400


def when(moment: datetime, *, year: bool = False) -> Markup:
    """Write a moment as "Fri 4 Dec, 18:00", in the zone of the page; see `zone`.

    With the year where it isn't this one, or where it is asked for.
    """
    words = f"{_day(_local(moment).date(), year=year)}, {hour(moment)}"
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), words)


def day(moment: datetime | date, *, year: bool = False) -> Markup:
    """Write a day as "Fri 4 Dec"."""
    at = _local(moment).date() if isinstance(moment, datetime) else moment
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), _day(at, year=year))


def hour(moment: datetime) -> str:
    """Write the hour of a moment: "18:00"."""
    return f"{_local(moment):%H:%M}"


def day_and_month(moment: datetime) -> tuple[str, str]:
    """The figure of a day and its month, for an agenda: "4" and "Dec"."""
    local = _local(moment)
    return str(local.day), _written(local.date(), current(), "MMM")


def left(deadline: datetime) -> str:
    """How long until a deadline, in words: "8 days left", "closed"."""
    seconds = int((deadline - clock.utcnow()).total_seconds())
    if seconds <= 0:
        return str(gettext("closed"))
    if seconds >= _DAY:
        return str(ngettext("%(num)s day left", "%(num)s days left", seconds // _DAY))
    if seconds >= _HOUR:
        return str(ngettext("%(num)s hour left", "%(num)s hours left", seconds // _HOUR))
    if seconds >= 60:
        return str(ngettext("%(num)s minute left", "%(num)s minutes left", seconds // 60))
    return str(gettext("less than a minute left"))


def same_until(deadline: datetime | None) -> datetime:
    """Until when `left` says of a deadline what it says now; without one, or once over, long."""
    now = clock.utcnow()
    seconds = int((deadline - now).total_seconds()) if deadline else 0
    if deadline is None or seconds < 0 or deadline <= now:
        return now + timedelta(days=1)
    unit = next((unit for unit in (_DAY, _HOUR, 60) if seconds >= unit), 1)
    return min(now + timedelta(seconds=seconds % unit), deadline)


def is_soon(deadline: datetime, days: int) -> bool:
    """Whether a deadline lies ahead, but less than so many days."""
    return 0 < (deadline - clock.utcnow()).total_seconds() < days * _DAY


def is_over(deadline: datetime) -> bool:
    """Whether a deadline has passed."""
    return deadline <= clock.utcnow()


def zone() -> str:
    """The zone of all times on a page, in words: "Brussels time"."""
    return zone_of(_zone())


def zone_of(name: str) -> str:
    """A zone in words: "Brussels time" for Europe/Brussels."""
    return str(gettext("%(city)s time", city=_city(name, current())))


@lru_cache
def _city(name: str, language: str) -> str:
    if language == ENGLISH:
        return name.rpartition("/")[2].replace("_", " ")
    return get_timezone_location(name, locale=language, return_city=True)


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(_zone()))


def _zone() -> str:
    """The agreement's zone on its pages, the installation's on all others."""
    return str(g.get("zone") or current_app.config["TIME_ZONE"])


def _day(at: date, *, year: bool) -> str:
    pattern = "yMMMEd" if year or at.year != clock.utcnow().year else "MMMEd"
    return _written(at, current(), pattern)


@lru_cache(maxsize=4_000)
def _written(at: date, language: str, pattern: str) -> str:
    """A day by a pattern of CLDR; English as it is usual between Europeans."""
    if language != ENGLISH:
        return format_skeleton(pattern, at, locale=language)
    month = _MONTHS[at.month - 1]
    if pattern == "MMM":
        return month
    words = f"{_DAYS[at.weekday()]} {at.day} {month}"
    return f"{words} {at.year}" if pattern.startswith("y") else words

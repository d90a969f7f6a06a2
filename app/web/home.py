"""Home: what waits for a person, what ends soon, what happened since."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask import Blueprint, make_response, url_for
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.http import auth
from app.kernel import clock
from app.kernel.said import Said, counted, said
from app.queries import home, visits
from app.queries import news as found
from app.queries.news import Elsewhere
from app.queries.reading import session
from app.queries.shelf import shelf_of
from app.web import agenda, news, visiting
from app.web.links import address_of
from app.web.rendering import page

door = Blueprint("home", __name__)

_MOST_DEADLINES = 6
_MOST_BEFORE = 3
_LONG_AGO = timedelta(days=14)

_NUMBERS = (
    said("Nothing waits for you"),
    said("One thing waits for you"),
    said("Two things wait for you"),
    said("Three things wait for you"),
    said("Four things wait for you"),
    said("Five things wait for you"),
    said("Six things wait for you"),
    said("Seven things wait for you"),
    said("Eight things wait for you"),
    said("Nine things wait for you"),
    said("Ten things wait for you"),
)


@door.get("/")
def show() -> Response:
    """Show what waits first, then what changed, deadlines and agreements beside it."""
    actor = auth.current_actor()
    due = home.due_of(actor)
    visit = visits.current_visit(session(), actor.user_id, clock.utcnow())
    deadlines = home.deadlines_of(actor)[:_MOST_DEADLINES]
    fresh = _told(found.news_since(session(), actor, visit.since))
    earlier = () if fresh or visit.at is None else _before(actor, visit.at)
    shown = page(
        "home/show.html",
        today=clock.utcnow(),
        organisations=home.memberships_of(actor),
        headline=_headline(len(due)),
        due=[(one, address_of(one.slug, one.noun, one.value)) for one in due],
        visit=visit,
        news=fresh,
        earlier=earlier,
        deadlines=deadlines,
        months=agenda.calendar_of(deadlines),
        weekdays=agenda.weekdays(),
        volumes=shelf_of(actor)[:8],
        start=url_for("templates.index"),
    )
    return visiting.noted(make_response(shown), visit)


def _told(found: Iterable[Elsewhere]) -> list[tuple[Elsewhere, tuple[news.Line, ...]]]:
    return [(one, tuple(news.lines(one.slug, one.news))) for one in found]


def _before(actor: Actor, at: datetime) -> list[tuple[Elsewhere, tuple[news.Line, ...]]]:
    """What happened in the weeks before the last visit, in the agreements it happened in last."""
    since = visits.entry_at(session(), at - _LONG_AGO)
    return _told(found.news_since(session(), actor, since)[:_MOST_BEFORE])


def _headline(count: int) -> Said:
    if count < len(_NUMBERS):
        return _NUMBERS[count]
    return counted(count, "{n} thing waits for you", "{n} things wait for you")

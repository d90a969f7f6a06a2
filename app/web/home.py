"""Home: what waits for a person, what ends soon, what happened since."""

from flask import Blueprint, current_app, url_for

from app.http import auth
from app.kernel import clock
from app.kernel.said import Said, counted, said
from app.queries import home, notices
from app.queries.shelf import shelf_of
from app.web.links import address_of
from app.web.rendering import page

door = Blueprint("home", __name__)

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
def show() -> str:
    """Show what waits first, then what changed, deadlines and agreements beside it."""
    actor = auth.current_actor()
    due = home.due_of(actor)
    count = len(due)
    zone = str(current_app.config["TIME_ZONE"])
    return page(
        "home/show.html",
        today=clock.utcnow(),
        organisations=home.memberships_of(actor),
        headline=_headline(count),
        due=[(one, address_of(one.slug, one.noun, one.value)) for one in due],
        news=[
            (one, address_of(one.slug, one.noun, one.value))
            for one in notices.inbox_of(actor, zone, only_unread=True)[:8]
        ],
        deadlines=home.deadlines_of(actor)[:6],
        volumes=shelf_of(actor)[:8],
        start=url_for("templates.index"),
    )


def _headline(count: int) -> Said:
    if count < len(_NUMBERS):
        return _NUMBERS[count]
    return counted(count, "{n} thing waits for you", "{n} things wait for you")

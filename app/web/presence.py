"""Presence: a page says where its reader is, and is told who else is there."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, current_app, render_template, request
from markupsafe import Markup

from app.actions import presence as actions
from app.domain import places
from app.http import auth
from app.queries import agreements
from app.queries import presence as found
from app.queries.reading import session

door = Blueprint("presence", __name__, url_prefix="/agreements/<slug:slug>/here")


@door.post("")
def show(slug: str) -> str:
    """Note that the reader is here, or has left; answer with who else is."""
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    place, doing = places.checked(request.form.get("place", "")), request.form.get("doing", "")
    if not current_app.config["PRESENCE"]:
        return ""
    actor = auth.current_actor()
    if doing == "left":
        actions.leave(actor, auth.current_person(), agreement=agreement, place=place)
        return ""
    doing = "writing" if doing == "writing" else "reading"
    if not found.is_fresh(session(), actor, agreement, place, doing):
        actions.be_at(actor, auth.current_person(), agreement=agreement, place=place, doing=doing)
    return _told(slug, place)


@door.app_template_global("people_here")
def people_here(slug: str, place: str, *, later: bool = False) -> Markup:
    """Who else is at a place, in a sentence that keeps itself true; nothing where it is off.

    To stand anywhere on a page of the agreement: {{ people_here(head.slug, "clause:" ~ key) }}.
    `later` asks nothing of the database now: the script fills it in once the page is there.
    """
    if not current_app.config["PRESENCE"]:
        return Markup()
    told = Markup("" if later else _told(slug, places.checked(place)))  # noqa: S704 - rendered by our template
    return Markup(render_template("presence/here.html", slug=slug, place=place, told=told))  # noqa: S704


@door.app_template_global("people_around")
def people_around(slug: str, wanted: Sequence[str]) -> Mapping[str, Markup]:
    """Who else is at each of several places, in one statement; news.js keeps it true."""
    if not current_app.config["PRESENCE"]:
        return {}
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    around = found.others_around(session(), auth.current_actor(), agreement, wanted)
    return {place: Markup(told_of(people)) for place, people in around.items()}  # noqa: S704 - ours


def _told(slug: str, place: str) -> str:
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    return told_of(found.others_at(session(), auth.current_actor(), agreement, place))


def told_of(people: Sequence[found.Person]) -> str:
    """Who is at a place, in a sentence as HTML; "" for nobody."""
    return render_template(
        "presence/_people.html",
        writers=[one.name for one in people if one.writes and one.name],
        somebody=any(one.writes and not one.name for one in people),
        readers=[one.name for one in people if not one.writes],
    ).strip()

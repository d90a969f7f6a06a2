"""Who is who in the demonstration, and the way in as anyone. Hung in demonstration mode only."""

import uuid

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext, lazy_gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.http import auth
from app.queries import demonstration
from app.queries.reading import session
from app.web.rendering import page

door = Blueprint("demo", __name__, url_prefix="/demo")

GUIDES = (
    (
        "sofie.maes@ros.example",
        lazy_gettext(
            "facilitates everything: a desk is half answered, and two conflicts are open."
        ),
    ),
    (
        "claire.dumont@lil.example",
        lazy_gettext("has an amendment to finish while a round is open."),
    ),
    (
        "mette.lyngby@ode.example",
        lazy_gettext("has two votes to cast for Odense, and a round to speak in."),
    ),
    (
        "stavros.karanikas@the.example",
        lazy_gettext("has not signed the framework agreement for Thessaloniki yet."),
    ),
    (
        "beatriz.mourao@por.example",
        lazy_gettext("sees an agreement of two hubs that is still drafted."),
    ),
    ("marta.lindqvist@udc.example", lazy_gettext("watches, and may change nothing.")),
    (
        "ilse.winter@ros.example",
        lazy_gettext("operates the installation: adds organisations and people."),
    ),
)
"""Whom to be first, by address, and what waits for them."""


@door.get("")
def who_is_who() -> str:
    """Show everybody with a button that signs in as them."""
    everybody = demonstration.everybody(session())
    known = {person.email: person for person in everybody.people}
    guides = [(known[address], words) for address, words in GUIDES if address in known]
    return page("demo/who_is_who.html", room="demo", everybody=everybody, guides=guides)


@door.post("/<uuid:user_id>")
def sign_in(user_id: uuid.UUID) -> Response:
    """Sign in as somebody, without a password."""
    person = demonstration.person(session(), user_id)
    auth.sign_in(person)
    flash(
        Markup('{} <a href="{}">{}</a>.').format(
            gettext("You are %(name)s now.", name=person.name),
            url_for("demo.who_is_who"),
            gettext("Be somebody else"),
        )
    )
    return redirect(url_for("home.show"), 303)

"""Who is who in the demonstration, and the way in as anyone. Hung in demonstration mode only."""

import uuid

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.http import auth
from app.queries import demonstration
from app.queries.reading import session
from app.web.rendering import page

door = Blueprint("demo", __name__, url_prefix="/demo")


@door.get("")
def who_is_who() -> str:
    """Show everybody with a button that signs in as them."""
    return page("demo/who_is_who.html", everybody=demonstration.everybody(session()))


@door.post("/<uuid:user_id>")
def sign_in(user_id: uuid.UUID) -> Response:
    """Sign in as somebody, without a password."""
    person = demonstration.person(session(), user_id)
    auth.sign_in(person)
    flash(f"You are {person.name} now. Who is who tells how to be somebody else.")
    return redirect(url_for("home.show"), 303)

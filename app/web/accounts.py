"""One's own account. Sign-in, password and reset are Flask-Security's pages."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.http import auth
from app.web.rendering import page

door = Blueprint("accounts", __name__, url_prefix="/account")


@door.get("")
def show() -> str:
    """Show who is signed in, and what they can do about their account."""
    return page("accounts/show.html", person=auth.current_person())


@door.post("/sessions/end")
def end_sessions() -> Response:
    """Sign the person out everywhere but here."""
    auth.end_all_sessions()
    flash("Signed out everywhere else. This browser stays signed in.")
    return redirect(url_for("accounts.show"), 303)

"""Notices: the inbox."""

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

from app.actions import notices as actions
from app.http import auth
from app.http.languages import flash
from app.kernel.said import said
from app.queries import notices
from app.web.links import address_of
from app.web.rendering import page

door = Blueprint("notices", __name__, url_prefix="/notices")


@door.get("")
def index() -> str:
    """Show the latest notices, each with where to read on."""
    lines = notices.inbox_of(auth.current_actor(), str(current_app.config["TIME_ZONE"]))
    return page(
        "notices/index.html",
        lines=[(line, address_of(line.slug, line.noun, line.value)) for line in lines],
        unread_lines=sum(not line.is_read for line in lines),
    )


@door.post("/read")
def read_all() -> Response:
    """Mark all as read."""
    actions.mark_all_read(auth.current_actor(), auth.current_person())
    flash(said("All notices are marked as read."))
    return redirect(url_for("notices.index"), 303)

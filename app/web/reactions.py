"""Reactions to a comment: given and taken back by one press, with and without script."""

import uuid

from flask import Blueprint, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.actions import reactions as actions
from app.http import auth
from app.queries import agreements, comments
from app.queries.reactions import reactions_to
from app.queries.reading import session
from app.web import commenting
from app.web.nods import nods
from app.web.rendering import part

door = Blueprint("reactions", __name__)


@door.post("/agreements/<slug:slug>/comments/<number:number>/react/<uuid:comment_id>")
def react(slug: str, number: int, comment_id: uuid.UUID) -> Response | Markup:
    """Give a reaction or take it back; script asks for the buttons alone in return."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    comment = comments.get_comment(session(), agreement.id, comment_id)
    asked = request.form.get("kind", "")
    actions.react(actor, comment, kind=asked.removeprefix("-"), wanted=not asked.startswith("-"))
    if request.headers.get("X-Part") == "reactions":
        found = reactions_to(session(), [comment_id], actor.user_id)
        below = nods(slug, number, comment_id, found[comment_id], may=True)
        return part("comments/_reactions.html", "reactions", below)
    if request.form.get("back") == "thread":
        there = url_for("comments.show", slug=slug, number=number)
        return redirect(f"{there}#r-{comment_id}", 303)
    return redirect(commenting.back(slug, number), 303)

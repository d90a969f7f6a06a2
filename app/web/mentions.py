"""Mentions: whom the writer of a comment may name, for the list that offers it while they type."""

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from app.http import auth
from app.kernel.errors import NotFound
from app.queries import agreements, mentions
from app.queries.reading import session

door = Blueprint("mentions", __name__)


@door.get("/agreements/<slug:slug>/mentionable")
def index(slug: str) -> Response:
    """Hand out the names of all who may be mentioned: organisations first, then people.

    `inside=on` asks for colleagues alone.
    """
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    own = sorted(actor.organisations_in(agreement.id), key=str)
    is_inside = request.args.get("inside") == "on"
    if is_inside and not own:
        raise NotFound("You are here for no organisation, so nothing is kept inside one.")
    found = mentions.mentionable(session(), agreement.id, own[0] if is_inside else None)
    names = [
        {"name": one.name, "note": one.code if one.kind == "organisation" else one.of}
        for one in found
    ]
    answer = jsonify(names)
    answer.cache_control.private = True
    answer.cache_control.max_age = 300
    return answer

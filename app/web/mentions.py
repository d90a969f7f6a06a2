"""Mentions: whom the writer of a comment may name, for the list that offers it while they type."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from app.http import auth
from app.queries import agreements, mentions
from app.queries.reading import session

door = Blueprint("mentions", __name__)


@door.get("/agreements/<slug:slug>/mentionable")
def index(slug: str) -> Response:
    """Hand out the names of all who may be mentioned: organisations first, then people."""
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    found = mentions.mentionable(session(), agreement.id)
    names = [
        {"name": one.name, "note": one.code if one.kind == "organisation" else one.of}
        for one in found
    ]
    answer = jsonify(names)
    answer.cache_control.private = True
    answer.cache_control.max_age = 300
    return answer

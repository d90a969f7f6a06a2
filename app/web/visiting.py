"""Visits: Home notes its reader once it is on its way, so that the note costs the page nothing."""

import logging
import uuid
from functools import partial

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from app.actions.visits import note_visit
from app.http import auth
from app.kernel.errors import AppError
from app.queries import people
from app.queries.reading import session
from app.queries.visits import CurrentVisit

_log = logging.getLogger("concordat.visiting")


def noted(response: Response, visit: CurrentVisit) -> Response:
    """The response, which notes when it is sent what its reader was told."""
    person = auth.current_actor().user_id
    if person is None or visit.is_fresh or "Sec-Purpose" in request.headers:
        return response
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
    response.call_on_close(partial(_note, app, person, visit.now))
    return response


def _note(app: Flask, person: uuid.UUID, seen: int) -> None:
    with app.app_context():
        try:
            actor = people.actor_of(session(), person)
            note_visit(actor, people.person_of(session(), person), seen=seen)
        except AppError as refusal:
            _log.info("Not noted that somebody looked at Home: %s", refusal)

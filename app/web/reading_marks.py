"""Read marks: a page with the text of a version notes its reader, once it is on its way.

The note costs the page nothing, asks for no script, and is written at most once in ten minutes.
"""

import logging
import uuid
from datetime import datetime
from functools import partial

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from app.actions.reading import note_reading
from app.http import auth
from app.kernel import clock
from app.kernel.errors import AppError
from app.queries import agreements, people, readers
from app.queries.reading import session

_MOST = 10_000
_log = logging.getLogger("concordat.reading")
_noted: dict[tuple[uuid.UUID, str, int], datetime] = {}
"""What this process noted lately, so that most pages ask the database nothing."""


def noted(response: Response, slug: str, version: int) -> Response:
    """The response, which notes when it is sent that its reader has a version before them."""
    person = auth.current_actor().user_id
    if person is None or not version or request.method != "GET" or "Sec-Purpose" in request.headers:
        return response
    if is_due(person, slug, version):
        if len(_noted) >= _MOST:
            _noted.clear()
        _noted[person, slug, version] = clock.utcnow()
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way
        response.call_on_close(partial(_note, app, person, slug, version))
    return response


def is_due(person: uuid.UUID, slug: str, version: int) -> bool:
    """Whether this process hasn't noted lately that a person had a version before them."""
    held = _noted.get((person, slug, version))
    return held is None or clock.utcnow() - held >= readers.FRESH


def _note(app: Flask, person: uuid.UUID, slug: str, version: int) -> None:
    with app.app_context():
        try:
            actor = people.actor_of(session(), person)
            agreement = agreements.get_agreement(actor, slug)
            version_id = readers.unnoted(session(), agreement, version, person)
            if version_id is not None:
                row = people.person_of(session(), person)
                note_reading(actor, row, agreement=agreement, version_id=version_id)
        except AppError as refusal:
            _log.info("Not noted who read version %d of %s: %s", version, slug, refusal)

"""Pages that a browser may keep and must ask about: sent again only when they would read otherwise.

Such a page is made of facts that are known before it is set. They name it, so an unchanged page
costs no setting and no sending; and as the browser asks every time, none is shown stale.
"""

import hashlib
import secrets
from collections.abc import Callable

from flask import make_response, request, session
from werkzeug.wrappers import Response

from app.http import languages

_PROCESS = secrets.token_hex(8)
"""Another process may hold other code, whose pages are others."""


def unless_kept(facts: object, made: Callable[[], str]) -> Response:
    """The page, or 304 where the browser holds it already.

    `facts` is everything the page depends on but its address and its language, with a `repr` that
    tells all of it. A page with a message that is shown once is never kept.
    """
    if "_flashes" in session:
        return make_response(made())
    told = f"{_PROCESS}{request.full_path}{languages.current()}{facts!r}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(digest):
        response = make_response("", 304)
    else:
        response = make_response(made())
    response.set_etag(digest, weak=True)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response

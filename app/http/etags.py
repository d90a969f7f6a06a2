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


def name_of(facts: object) -> str:
    """The name of a page for all who may hold it: of its address, its language and its facts.

    `facts` is everything else the page depends on, with a `repr` that tells all of it.
    """
    told = f"{_PROCESS}{request.full_path}{languages.current()}{facts!r}"
    return hashlib.sha256(told.encode()).hexdigest()


def tag_of(name: str, own: object) -> str:
    """The tag of the page of this name before a reader, of whom it shows what is their own."""
    return hashlib.sha256(f"{name}{own!r}".encode()).hexdigest()[:32]


def unless_kept(tag: str, made: Callable[[], str]) -> Response:
    """The page, or 304 where the browser holds it under this tag already.

    A page with a message that is shown once is never kept.
    """
    if "_flashes" in session:
        return make_response(made())
    if request.if_none_match.contains_weak(tag):
        response = make_response("", 304)
    else:
        response = make_response(made())
    response.set_etag(tag, weak=True)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response

"""A page of an agreement that its reader holds and that would read the same, answered at once.

A page that was answered by `kept` is noted with what it rests on (queries/grounds). When the same
browser asks for it again, with the same cookies, what it rests on is asked anew, in one statement
and before the application is entered; while nothing of it has changed, 304 is the answer. Anything
else goes the long way: who calls, whether they may, the page. A note is true for a minute at most,
as some words follow the clock only, and never beyond a deadline on the page or the session's end.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask, g, request, session
from werkzeug.wrappers import Response

from app.http import auth, etags
from app.kernel import clock
from app.kernel.keeping import Shelf
from app.queries import grounds
from app.queries.grounds import Ground
from app.queries.reading import session as database
from app.web import reading_marks
from app.web.moments import same_until

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ENDPOINTS = frozenset({"agreements.read", "agreements.rest"})
"""The views that answer by `kept`; each has the agreement's slug in its address."""

_LONGEST = timedelta(minutes=1)
_MOST_SIGNS = 4 * 1024 * 1024
_OF_A_BODY = frozenset({"content-type", "content-length", "set-cookie", "clear-site-data"})
_SAID = (
    *("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE"),
    *("HTTP_HOST", "wsgi.url_scheme"),
)
"""Everything a request says that such a page depends on."""

_Said = tuple[str | None, ...]


@dataclass(frozen=True)
class _Note:
    """A page that somebody holds: what it rests on, until when it is so, what reading it means."""

    ground: Ground
    until: datetime
    version: int


@dataclass(frozen=True)
class _Held:
    """The note, and how such a request is answered."""

    note: _Note
    slug: str
    etag: str
    headers: list[tuple[str, str]]


class Front:
    """Stands before the application, and answers what needs no more than a look."""

    def __init__(self, app: Flask) -> None:
        self._inner: WSGIApplication = app.wsgi_app
        self._held: Shelf[_Held] = Shelf(_MOST_SIGNS)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer 304 where that is sure, else let the application answer."""
        held = self._found(environ)
        if held is None:
            return self._inner(environ, start_response)
        start_response("304 NOT MODIFIED", held.headers.copy())
        return []

    def keep(self, said: _Said, held: _Held) -> None:
        """Answer such a request so from now on."""
        self._held.put(said, held, 2_000 + sum(len(one or "") for one in said))

    def _found(self, environ: "WSGIEnvironment") -> _Held | None:
        tag = environ.get("HTTP_IF_NONE_MATCH")
        if tag is None or environ["REQUEST_METHOD"] != "GET":
            return None
        held = self._held.get(_said(environ))
        if held is None or held.etag != tag or clock.utcnow() >= held.note.until:
            return None
        ground, version = held.note.ground, held.note.version
        if version and reading_marks.is_due(ground.person, held.slug, version):
            return None
        return held if grounds.still_holds(ground) else None


def init_app(app: Flask) -> None:
    """Stand before the application; call it before anybody adds headers to its answers."""
    front = Front(app)
    app.wsgi_app = front  # type: ignore[method-assign]
    app.before_request(_look_at_the_ground)

    def note(response: Response) -> Response:
        if (noted := g.get("page_held")) is not None and not session.modified:
            slug = str((request.view_args or {})["slug"])
            headers = [one for one in response.headers if one[0].lower() not in _OF_A_BODY]
            etag = response.headers["ETag"]
            front.keep(_said(request.environ), _Held(noted, slug, etag, headers))
        return response

    app.after_request(note)


def kept(
    facts: object, made: Callable[[], str], *, deadline: datetime | None, version: int = 0
) -> Response:
    """The page or 304, see http/etags; `version` is what its reader has read by it, 0 for nothing.

    `deadline` is the next moment that the page tells of.
    """
    response = etags.unless_kept(facts, made)
    ground: Ground | None = g.get("ground")
    if ground is not None and "ETag" in response.headers and auth.session_lasts(_LONGEST):
        until = min(same_until(deadline), clock.utcnow() + _LONGEST)
        g.page_held = _Note(ground, until, version)
    slug = str((request.view_args or {})["slug"])
    return reading_marks.noted(response, slug, version)


def _look_at_the_ground() -> None:
    """Before anything the page is made of is asked: then that may be newer, but never older."""
    if request.endpoint not in ENDPOINTS or request.method != "GET":
        return
    if who := session.get("_user_id"):
        g.ground = grounds.ground_of(database(), str(who), str((request.view_args or {})["slug"]))
        if g.ground is not None:
            g.unread = g.ground.unread


def _said(environ: "WSGIEnvironment") -> _Said:
    return tuple(environ.get(name) for name in _SAID)

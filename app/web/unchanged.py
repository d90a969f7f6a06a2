"""Pages of an agreement that were made already, answered before the application is entered.

A page that was answered by `kept` is noted with what it rests on (queries/grounds), cut where its
reader's masthead stands. When somebody known by their cookies asks for it, what it rests on for
them is asked anew, in one statement; where that is what it was, they get it with a masthead of
their own, or 304 where they hold it. Anything else goes the long way: who calls, whether they may,
the page. A note is true for a minute at most, as some words follow the clock only, and never beyond
a deadline on the page; a caller is known until their session ends.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask, g, request, session
from werkzeug.wrappers import Response

from app.http import auth, etags, languages
from app.kernel import clock
from app.kernel.keeping import Shelf
from app.queries import grounds
from app.queries.grounds import Asker, Ground, Own
from app.queries.heads import Head
from app.queries.reading import session as database
from app.web import frame, reading_marks
from app.web.moments import left, same_until
from app.web.rendering import unread

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ENDPOINTS = frozenset({"agreements.read", "agreements.rest", "comments.index"})
"""The views that answer by `kept`; each has the agreement's slug in its address."""

_LONGEST = timedelta(minutes=1)
_MOST_BYTES = 3 * 1024 * 1024
"""Of all pages: what they are made of, which serves every reader, needs most of the room."""
_MOST_SIGNS = 4 * 1024 * 1024
"""Of all cookies, and of all addresses: whoever sends long ones can't fill the memory."""
_MOST_MASTHEADS = 1_000
_EACH_TIMES_OWN = frozenset({"content-type", "content-length", "set-cookie", "etag"})
_ADDRESS = (
    *("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    "HTTP_ACCEPT_LANGUAGE",
)
"""Everything but its cookies that a request says and such a page depends on."""

_ROOM = "agreements"
"""The room that is open in the masthead of all of them."""
_TYPE = ("Content-Type", "text/html; charset=utf-8")

_Address = tuple[str | None, ...]


@dataclass(frozen=True)
class _Caller:
    """Whose session such cookies are, until when, and what else they say."""

    uniquifier: str
    until: datetime
    has_script: bool
    ask: Asker


@dataclass(frozen=True)
class _Page:
    """What is the same for all who share a ground.

    `pieces` are its bytes on both sides of the masthead, one where it has none, and none where
    it is known only that it is unchanged; `version` is what is read by reading it, 0 for nothing.
    """

    name: str
    language: str
    pieces: tuple[bytes, ...]
    has_masthead: bool
    version: int
    until: datetime
    headers: Sequence[tuple[str, str]] = ()

    def tag_for(self, own: Own) -> str:
        """The tag of the page before one of its readers."""
        return etags.tag_of(self.name, own if self.has_masthead else None)


@dataclass(frozen=True)
class _Made:
    """A page that was made just now, for whom and where."""

    page: _Page
    slug: str
    ground: Ground
    caller: _Caller


_Answer = tuple[str, list[tuple[str, str]], Sequence[bytes]]
"""The status, the headers and the body."""


class Front:
    """Stands before the application, and answers what needs no more than a look."""

    def __init__(self, app: Flask) -> None:
        self._inner: WSGIApplication = app.wsgi_app
        self._callers: Shelf[_Caller] = Shelf(_MOST_SIGNS)
        self._slugs: Shelf[str] = Shelf(_MOST_SIGNS)
        self._mastheads: Shelf[bytes] = Shelf(_MOST_MASTHEADS)
        self._context = app.app_context
        self._pages: Shelf[_Page] = Shelf(_MOST_BYTES)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer where the page is there already, else let the application answer."""
        answer = self._found(environ) if environ["REQUEST_METHOD"] == "GET" else None
        if answer is None:
            return self._inner(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return body

    def keep(self, made: "_Made", headers: Sequence[tuple[str, str]]) -> None:
        """From now on know this caller, and answer who asks for this page so."""
        address, ground = _address(request.environ), made.ground
        signs, cookies = _signs(*address), request.environ.get("HTTP_COOKIE")
        self._slugs.put(address, made.slug, signs)
        self._callers.put(cookies, made.caller, _signs(cookies))
        key, page = _page_key(address, made.caller, ground), replace(made.page, headers=headers)
        held = self._pages.get(key)
        if not page.pieces and held is not None and held.name == page.name:
            page = replace(page, pieces=held.pieces)
        self._pages.put(key, page, 1_000 + signs + sum(map(len, page.pieces)))

    def _found(self, environ: "WSGIEnvironment") -> _Answer | None:
        """The page for this reader, or 304 where they hold it; None where it must be made."""
        now = clock.utcnow()
        address = _address(environ)
        slug = self._slugs.get(address)
        caller = self._callers.get(environ.get("HTTP_COOKIE"))
        if slug is None or caller is None or now >= caller.until:
            return None
        ground = caller.ask(caller.uniquifier, slug)
        page = self._pages.get(_page_key(address, caller, ground)) if ground else None
        if ground is None or page is None or now >= page.until:
            return None
        if page.version and reading_marks.is_due(ground.own.person, slug, page.version):
            return None
        tag = f'W/"{page.tag_for(ground.own)}"'
        headers = [*page.headers, ("ETag", tag)]
        if environ.get("HTTP_IF_NONE_MATCH") == tag:
            return "304 NOT MODIFIED", headers, ()
        if not page.pieces:
            return None
        masthead = self._masthead(ground.own, page.language) if page.has_masthead else b""
        body = masthead.join(page.pieces)
        return "200 OK", [*headers, _TYPE, ("Content-Length", str(len(body)))], (body,)

    def _masthead(self, own: Own, language: str) -> bytes:
        kept = self._mastheads.get((own, language))
        if kept is None:
            with self._context():
                kept = frame.masthead_before(own.name, own.unread, language, _ROOM).encode()
            self._mastheads.put((own, language), kept)
        return kept


def init_app(app: Flask) -> None:
    """Stand before the application; call it before anybody adds headers to its answers."""
    front = Front(app)
    app.wsgi_app = front  # type: ignore[method-assign]
    app.before_request(_look_at_the_ground)

    def note(response: Response) -> Response:
        made: _Made | None = g.get("page_made")
        if made is not None and not session.modified:
            told = [one for one in response.headers if one[0].lower() not in _EACH_TIMES_OWN]
            front.keep(made, told)
        return response

    app.after_request(note)


def kept(
    head: Head,
    facts: object,
    made: Callable[[], str],
    *,
    version: int = 0,
    has_masthead: bool = True,
) -> Response:
    """The page or 304: what is the same for all who share a ground, below a masthead if any.

    `facts` is everything the page depends on but its address, its language, its head and its
    masthead, with a `repr` that tells all of it; `version` what its reader has read by it, 0 for
    nothing.
    """
    person, deadline = auth.current_person(), head.deadline
    until = min(same_until(deadline), _opens(head), clock.utcnow() + _LONGEST)
    told = (
        *(replace(head, held=None, audience=None), facts, clock.utcnow().year),
        deadline and left(deadline),
    )
    page = _Page(etags.name_of(told), languages.current(), (), has_masthead, version, until)
    own = Own(person.id, person.name, unread())
    response = etags.unless_kept(page.tag_for(own), made)
    ground: Ground | None = g.get("ground")
    if ground is not None and ground.own == own and "ETag" in response.headers:
        g.page_made = _made(page, response, head.slug, ground)
    return reading_marks.noted(response, head.slug, version)


def _opens(head: Head) -> datetime:
    """When the round opens, where the clock of the database was ahead of ours; else long."""
    now, held = clock.utcnow(), head.held
    return held.opens_at if held is not None and now < held.opens_at else now + _LONGEST


def _made(page: _Page, response: Response, slug: str, ground: Ground) -> _Made | None:
    """What was made, cut at its masthead; None where that isn't there once, or who asks unknown."""
    until = auth.session_ends()
    masthead = frame.masthead(_ROOM).encode() if page.has_masthead else b""
    if response.status_code == 200:
        body = response.get_data()
        page = replace(page, pieces=tuple(body.split(masthead)) if masthead else (body,))
        if len(page.pieces) != 1 + page.has_masthead:
            return None
    if until is None:
        return None
    asker, uniquifier = grounds.asker_of(database()), str(session["_user_id"])
    caller = _Caller(uniquifier, until, has_script(), asker)
    return _Made(page, slug, ground, caller)


def has_script() -> bool:
    """Whether the browser has script, which fetches the rest of a long text."""
    return request.cookies.get("script") == "on"


def _look_at_the_ground() -> None:
    """Before anything the page is made of is asked: then that may be newer, but never older."""
    if request.endpoint not in ENDPOINTS or request.method != "GET":
        return
    if who := session.get("_user_id"):
        g.ground = grounds.ground_of(database(), str(who), str((request.view_args or {})["slug"]))
        if g.ground is not None:
            g.unread = g.ground.own.unread


def _address(environ: "WSGIEnvironment") -> _Address:
    return tuple(environ.get(name) for name in _ADDRESS)


def _signs(*words: str | None) -> int:
    return 400 + sum(len(word or "") for word in words)


def _page_key(address: _Address, caller: _Caller, ground: Ground) -> Hashable:
    return address, caller.has_script, ground.language, ground.shared

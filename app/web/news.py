"""News: what came in since a page was made, as a small answer that the page asks for now and then.

The answer is counts, names and a cursor, never words that somebody wrote: those come with the page
itself, and what a reader may not see there is not counted here.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, current_app, jsonify, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from app.domain.news import Deed, Kind, News, called
from app.http import auth, languages
from app.queries import news as found
from app.queries import presence as present
from app.queries.reading import session
from app.queries.stamps import cursor_of
from app.web import presence
from app.web.links import address_of

door = Blueprint("news", __name__)

_ROOMS: Mapping[Kind, str] = {
    "comment": "comments.index",
    "amendment": "amendments.index",
    "vote": "ballots.index",
    "ballot": "ballots.index",
    "version": "versions.index",
    "deadline": "agreements.read",
    "desk": "desk.answers",
    "signing": "signing.board",
}
"""Where each kind of news stands; all others in what happened."""

_LAST_NUMBER = 2**31 - 1
_MOST_NAMED = 8


@door.get("/agreements/<slug:slug>/news")
def show(slug: str) -> Response:
    """Say what is new since the cursor `since`, about all or (`about`) one amendment or ballot."""
    since, about = _since(), request.args.get("about", "")[:40]
    actor = auth.current_actor()
    agreement, news = found.news_in(session(), actor, slug, since=since, about=about)
    here: Mapping[str, str] = {}
    if current_app.config["PRESENCE"]:
        people = present.others_in(session(), actor, agreement)
        here = {place: presence.told_of(held) for place, held in people.items()}
    told = f"{since} {about} {news.last} {news.total} {sorted(here.items())}"
    facts = f"{actor.user_id} {languages.current()} {told}"
    digest = hashlib.sha256(facts.encode()).hexdigest()[:20]
    if request.if_none_match.contains_weak(digest):
        answer = Response(status=304)
    else:
        answer = jsonify(_told(slug, news, here))
    answer.set_etag(digest, weak=True)
    answer.cache_control.private = True
    answer.cache_control.no_cache = True
    return answer


@door.app_template_global("news_since")
def news_since(stamp: str) -> int:
    """Up to which entry of the record a page with this stamp tells: where its news begin."""
    return cursor_of(stamp)


def phrases(news: News) -> list[str]:
    """What is new, each kind in a few words of its own."""
    if news.turns_the_page:
        out = any(deed.kind == "version" for deed in news.deeds)
        return [gettext("A new version is out") if out else gettext("The agreement has moved on")]
    return [phrase(kind, number) for kind, number in news.by_kind.items()]


def phrase(kind: Kind, number: int) -> str:
    """So many of one kind of news."""
    if kind == "comment":
        words = ngettext("%(num)s new comment", "%(num)s new comments", number)
    elif kind == "amendment":
        words = ngettext("%(num)s new amendment", "%(num)s new amendments", number)
    elif kind == "vote":
        words = ngettext("%(num)s vote cast", "%(num)s votes cast", number)
    elif kind == "answer":
        words = ngettext("%(num)s new answer", "%(num)s new answers", number)
    elif kind == "ballot":
        words = ngettext("%(num)s ballot changed", "%(num)s ballots changed", number)
    elif kind == "deadline":
        words = ngettext("%(num)s later deadline", "%(num)s later deadlines", number)
    elif kind == "desk":
        words = ngettext("%(num)s step at the desk", "%(num)s steps at the desk", number)
    elif kind == "inside":
        words = ngettext("%(num)s new note inside", "%(num)s new notes inside", number)
    elif kind == "signing":
        words = ngettext("%(num)s step in signing", "%(num)s steps in signing", number)
    elif kind == "version":
        words = ngettext("%(num)s new version", "%(num)s new versions", number)
    elif kind == "step":
        words = ngettext("%(num)s step further", "%(num)s steps further", number)
    else:
        words = ngettext("%(num)s other change", "%(num)s other changes", number)
    return str(words)


@dataclass(frozen=True)
class Line:
    """So much news of one kind, where to find it, and the few things it is about by their names."""

    words: str
    address: str
    named: tuple[tuple[str, str], ...]


def lines(slug: str, news: News) -> tuple[Line, ...]:
    """The news of one agreement, a line for each kind."""
    return tuple(_line(slug, news, kind, number) for kind, number in news.by_kind.items())


def _line(slug: str, news: News, kind: Kind, number: int) -> Line:
    deeds = {deed.name: deed for deed in news.deeds if deed.kind == kind and called(deed)}
    named = [(called(one), address_of(slug, one.noun, one.name)) for one in deeds.values()]
    address = url_for(_ROOMS.get(kind, "activity.index"), slug=slug)
    return Line(phrase(kind, number), address, tuple(named if len(named) <= _MOST_NAMED else ()))


def _told(slug: str, news: News, here: Mapping[str, str]) -> dict[str, object]:
    named = {(deed.noun, deed.name): deed for deed in news.deeds if called(deed)}
    return {
        "last": news.last,
        "total": news.total,
        "words": " · ".join(phrases(news)),
        "clauses": dict(news.by_clause),
        "turns": news.turns_the_page,
        "named": [_named(slug, deed) for deed in list(named.values())[-_MOST_NAMED:]],
        "here": dict(here),
    }


def _named(slug: str, deed: Deed) -> dict[str, str]:
    """What one can go to: its short name, its page, and its note where the page has one."""
    return {
        "name": called(deed),
        "href": address_of(slug, deed.noun, deed.name),
        "note": f"n-{deed.note}" if deed.note else "",
    }


def _since() -> int:
    """The cursor that was sent; nonsense asks for nothing."""
    asked = request.args.get("since", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 11):
        return _LAST_NUMBER
    return min(int(asked), _LAST_NUMBER)

"""The frame of pages: masthead, foot and an agreement's strip, set once for who sees the same."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from app.http import auth, languages
from app.kernel import clock
from app.kernel.keeping import Shelf
from app.queries.heads import Head
from app.web import moments
from app.web.rendering import part, unread

_KEPT: Shelf[Markup] = Shelf(4 * 1024 * 1024)
"""Parts of frames by all they show, up to 4 million signs a process."""


def init_app(app: Flask) -> None:
    """Give the templates their frame."""
    app.jinja_env.globals.update(masthead=masthead, foot=foot, head_strip=strip)


def masthead(room: str) -> Markup:
    """What stands above every page; `room` is the one that is open."""
    signed_in = auth.is_signed_in()
    name = auth.current_person().name if signed_in else ""
    return _masthead(room, signed_in, name, unread() if signed_in else 0)


def masthead_before(name: str, notices: int, language: str, room: str) -> Markup:
    """What stands above a page before somebody who is signed in, with so many notices unread."""
    with languages.speaking(language):
        return _masthead(room, True, name, notices)


def _masthead(*told: Hashable) -> Markup:
    told = *told, bool(current_app.config["DEMONSTRATION"])
    return _kept(("masthead", told), lambda: part("_ui/frame.html", "masthead", *told))


def foot() -> Markup:
    """What stands below every page."""
    demonstration = bool(current_app.config["DEMONSTRATION"])
    return _kept(("foot", demonstration), lambda: part("_ui/frame.html", "foot", demonstration))


def strip(head: Head, here: str, views: Any, label: str) -> Markup:
    """What stands on top of every page of an agreement; see agreements/_head.html.

    Who comes by the link of a letter sees no rooms: none of them opens to them.
    """
    if not auth.is_signed_in():
        head = replace(head, rooms=())
    shown = (
        *(head.title, head.slug, head.facts_bold, head.facts, head.phases, head.rooms),
        *(head.deadline_words, head.deadline, head.timezone, _rest(head), clock.utcnow().year),
        *(here, repr(views), label),
    )
    made = partial(part, "agreements/_strip.html", "strip", head, here, views, label)
    return _kept(("strip", shown), made)


def _rest(head: Head) -> Hashable:
    """What is said of the deadline at this moment."""
    if head.deadline is None:
        return None
    at = head.deadline
    return moments.left(at), moments.is_soon(at, 1), moments.is_over(at)


def _kept(key: Hashable, made: Callable[[], Markup]) -> Markup:
    full = (key, languages.current())
    kept = _KEPT.get(full)
    if kept is None:
        kept = made()
        _KEPT.put(full, kept, len(kept))
    return kept

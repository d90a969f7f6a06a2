"""Keeping what is typed: saved while it is typed, offered again, let go once it is sent."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.actions import keeping as actions
from app.domain import places
from app.http import auth
from app.kernel.errors import AppError, Invalid
from app.queries import agreements
from app.queries import keeping as found
from app.queries.reading import session

door = Blueprint("keeping", __name__, url_prefix="/agreements/<slug:slug>/kept")

SENT = "kept-sent"
"""The cookie that tells the browser to forget its own copy, too."""

_BASE = 64


@door.post("")
def keep(slug: str) -> dict[str, str]:
    """Keep the words of a form; without words, let go what was kept."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    place, content = places.checked(request.form.get("place", "")), _content()
    person = auth.current_person()
    if not any(words.strip() for words in content["words"].values()):
        actions.let_go(actor, person, agreement=agreement, place=place)
        return {"saved": ""}
    base = request.form.get("base", "")[:_BASE]
    kept = actions.keep_words(
        actor, person, agreement=agreement, place=place, content=content, base=base
    )
    return {"saved": kept.saved_at.astimezone(ZoneInfo(agreement.timezone)).strftime("%H:%M")}


@door.post("/discard")
def discard(slug: str) -> Response:
    """Let go what was kept, and go back to the form."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    place = places.checked(request.form.get("kept", ""))
    actions.let_go(actor, auth.current_person(), agreement=agreement, place=place)
    home = url_for("agreements.read", slug=slug)
    back = request.form.get("kept-back", "")
    is_ours = back == home or back.startswith((f"{home}/", f"{home}?"))
    return _told_apart(redirect(back if is_ours else home, 303), slug, place)


@door.after_app_request
def _sent(response: Response) -> Response:
    """Once a form is sent and taken, what was kept for it is let go, here and in the browser."""
    is_taken = request.method == "POST" and response.status_code in {302, 303}
    if not is_taken or request.blueprint == door.name or "kept" not in request.form:
        return response
    slug = (request.view_args or {}).get("slug", "")
    try:
        place = places.checked(request.form["kept"])
        agreement = agreements.get_agreement(auth.current_actor(), slug)
        actions.let_go(
            auth.current_actor(), auth.current_person(), agreement=agreement, place=place
        )
    except AppError:  # what was sent is taken already; the words are offered once more, no harm
        return response
    return _told_apart(response, slug, place)


@door.app_template_global("kept_words")
def kept_words(slug: str, place: str, base: str = "") -> Markup:
    """To stand first in a form: keeps what is typed into it, and offers what was not sent.

    `place` names the form in the agreement, `base` the text it is written on. Write
    {{ kept_words(head.slug, "comment:" ~ key, version_hash) }} below {{ token() }}.
    """
    kept = found.kept_at(session(), auth.current_actor(), slug, places.checked(place))
    return _shown(
        slug=slug,
        place=place,
        base=base[:_BASE],
        kept=kept if request.method == "GET" else None,
        person=auth.current_actor().user_id,
        back=request.full_path.rstrip("?"),
    )


@door.app_template_global("kept_elsewhere")
def kept_elsewhere(slug: str, place: str, known: Sequence[str]) -> Markup:
    """What was typed below a place into forms that are no more; `known` are those that are."""
    below = found.kept_below(session(), auth.current_actor(), slug, places.checked(place))
    return Markup(  # noqa: S704 - our template
        render_template(
            "keeping/elsewhere.html",
            slug=slug,
            rows=[row for row in below if row.place not in known],
            back=request.full_path.rstrip("?"),
        )
    )


def _shown(**context: Any) -> Markup:
    return Markup(render_template("keeping/kept.html", **context))  # noqa: S704 - our template


def _content() -> dict[str, dict[str, str]]:
    """What the form holds: the words typed, and what was chosen. Raises Invalid."""
    try:
        given = json.loads(request.form.get("content", ""))
        content = {
            part: {str(name): str(value) for name, value in given[part].items()}
            for part in ("words", "choices")
        }
        _check_signs(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid("These aren't the words of a form.", "content") from error
    return content


def _check_signs(content: Mapping[str, Mapping[str, str]]) -> None:
    """Raise ValueError for what no database holds: JSON can spell NUL and halves of signs."""
    for given in content.values():
        for words in (*given.keys(), *given.values()):
            if b"\0" in words.encode():
                raise ValueError("no words hold NUL")


def _told_apart(response: Response, slug: str, place: str) -> Response:
    response.set_cookie(
        SENT, f"{slug}/{place}", max_age=300, samesite="Lax", secure=request.is_secure
    )
    return response

"""Activity: what happened in an agreement, as sentences and as a file anyone can check."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.domain.lifecycle import WORDS
from app.domain.words import named
from app.http import auth
from app.http.languages import tell
from app.kernel.said import said
from app.queries import activity as found
from app.queries import agreements, record
from app.queries.activity import NOUNS, Entry
from app.queries.comments import Speaker
from app.queries.heads import head_of
from app.queries.reading import session
from app.web.moments import when
from app.web.rendering import page

door = Blueprint("activity", __name__)

NOTE = (
    "Entries have their numbers in the record of the whole network. Numbers that are missing here "
    "belong to other agreements, or to what happened inside an organisation."
)
"""What every export says first, whether or not a number is missing: so it tells nothing of any."""

_LAST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Line:
    """One entry as it is read; `href` leads to what it is about, "" where there is no page."""

    seq: int
    at: datetime
    html: Markup
    href: str
    who: Speaker | None
    hash: str
    holds: bool
    is_inside: bool


@dataclass(frozen=True)
class Filter:
    """One kind of entries, as _ui/switch.filters asks for it."""

    name: str
    address: str
    current: bool
    count: int | None = None


@door.get("/agreements/<slug:slug>/activity")
def index(slug: str) -> str:
    """Show what happened, the newest first, and whether the record holds."""
    actor = auth.current_actor()
    agreement = agreements.get_agreement(actor, slug)
    noun = found.known(NOUNS, request.args.get("about", ""))
    held = found.activity_of(
        session(),
        agreement,
        actor.organisations_in(agreement.id),
        noun=noun,
        before=_before(),
    )
    checked = record.verify(session()) if request.args.get("check") == "1" else None
    older = None
    if held.older is not None:
        older = url_for("activity.index", slug=slug, about=noun or None, before=held.older)
    return page(
        "activity/index.html",
        head=head_of(actor, agreement),
        lines=[_line(entry, slug) for entry in held.entries],
        holds=held.hold,
        older=older,
        is_first=_before() is None,
        noun=noun,
        filters=_filters(slug, noun),
        end=record.head_of(session()),
        checked=checked,
    )


@door.get("/agreements/<slug:slug>/activity.jsonl")
def export(slug: str) -> Response:
    """Hand out the entries of an agreement as lines of JSON, each with its hash."""
    agreement = agreements.get_agreement(auth.current_actor(), slug)
    lines = "".join(
        json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n"
        for entry in ({"note": NOTE}, *found.exported(session(), agreement))
    )
    answer = Response(lines, content_type="application/jsonl; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{slug}-record.jsonl")
    return answer


def _before() -> int | None:
    """Where the stretch that was asked for begins; nonsense begins at the end."""
    asked = request.args.get("before", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    return min(int(asked), _LAST_NUMBER)


def _filters(slug: str, noun: str) -> tuple[Filter, ...]:
    here = url_for("activity.index", slug=slug)
    named = (
        Filter(words, url_for("activity.index", slug=slug, about=key), key == noun)
        for key, words in NOUNS.items()
    )
    return (Filter(said("Everything"), here, not noun), *named)


def _line(entry: Entry, slug: str) -> Line:
    return Line(
        seq=entry.seq,
        at=entry.at,
        html=Markup(tell(entry.sentence)).format(**_shown(entry.params)),  # noqa: S704 (our own wording)
        href=_address(entry, slug),
        who=entry.who,
        hash=entry.hash,
        holds=entry.holds,
        is_inside=entry.is_inside,
    )


def _shown(params: Mapping[str, Any]) -> dict[str, Any]:
    """What fills a sentence, as people read it; the sentence escapes it."""
    return {name: _value(name, value) for name, value in params.items()}


def _value(name: str, value: Any) -> Any:
    if name == "closes_at":
        return when(datetime.fromisoformat(str(value)))
    if name in {"state", "role", "outcome", "kind"}:
        return tell(WORDS.get(value) or named(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _address(entry: Entry, slug: str) -> str:
    """The page about what an entry tells."""
    pages = {
        "thread": ("comments.show", "number"),
        "amendment": ("amendments.show", "label"),
        "ballot": ("ballots.show", "number"),
        "version": ("versions.show", "number"),
        "inside": ("inside.show", "note_id"),
        "draft": ("checking.show", "draft_id"),
    }
    if entry.noun == "signing":
        return url_for("signing.board", slug=slug)
    if entry.noun not in pages or not entry.name:
        return ""
    endpoint, key = pages[entry.noun]
    place: dict[str, Any] = {"slug": slug, key: entry.name}
    return url_for(endpoint, **place)

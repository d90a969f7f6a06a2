"""The list of comments: what the address narrows it to, and each thread as a line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from markupsafe import Markup

from app.domain import references
from app.domain.clauses import ClauseTree, Kind
from app.domain.numbering import Label
from app.http import languages
from app.http.paging import Page
from app.kernel import clock
from app.kernel.keeping import Shelf
from app.kernel.said import said
from app.queries.comments import KINDS, Discussion, Filters, Speaker
from app.queries.heads import Head
from app.web.notes import OUTCOMES
from app.web.rendering import part

_STATES = {
    "": said("All"),
    "unanswered": said("Without answer"),
    "answered": said("Answered"),
    "open": said("Open"),
    "resolved": said("Resolved"),
}


@dataclass(frozen=True)
class Line:
    """One thread in the list."""

    number: int
    address: str
    who: Speaker
    at: datetime
    kind: str
    about: str
    about_address: str
    quote: str
    gist: str
    replies: int
    state: str
    answered: bool


@dataclass(frozen=True)
class Option:
    """One way to narrow the list."""

    name: str
    address: str
    current: bool


@dataclass(frozen=True)
class Pager:
    """Where a page of the list stands, for the pager macro."""

    number: int
    pages: int
    previous: str
    next: str
    sentence: str


@dataclass(frozen=True)
class Listing:
    """One page of the list, as comments/_listing.html asks for it."""

    slug: str
    noun: str
    lines: tuple[Line, ...]
    paged: Pager
    total: int
    is_narrowed: bool
    states: tuple[Option, ...]
    kinds: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    clauses: tuple[tuple[str, str], ...]
    asked: Mapping[str, str]
    inside: str = ""


_NARROWED_BY = ("clause", "organisation", "kind", "state")
_KEPT: Shelf[Markup] = Shelf(4 * 1024 * 1024)
"""Lists as HTML by what they were made from, up to 4 million signs a process."""


def listing_of(head: Head, number: int, made: Callable[[], Listing]) -> Markup:
    """A page of the list as HTML; `made` is asked for it only where it isn't kept."""
    asked = tuple(request.args.get(name, "") for name in _NARROWED_BY)
    year = clock.utcnow().year  # a day of another year is shown with it
    key = (head.slug, head.stamp, head.audience, number, asked, year, languages.current())
    kept = _KEPT.get(key)
    if kept is None:
        kept = part("comments/_listing.html", "listing", made())
        # Without a version the list shows the draft, which is edited without a word to the record.
        if head.stamp and head.version:
            _KEPT.put(key, kept, len(kept))
    return kept


def filters(tree: ClauseTree) -> Filters:
    """What the address narrows the list to; nonsense narrows nothing."""
    asked = request.args
    key = asked.get("clause", "")
    node = tree.nodes.get(key)
    kind, state = asked.get("kind", ""), asked.get("state", "")
    return Filters(
        clauses=frozenset(below.key for below in node.walk()) if node else frozenset(),
        organisation=asked.get("organisation", "")[:3],
        kind=kind if kind in KINDS else "",
        state=state if state in _STATES else "",
    )


def line(thread: Discussion, slug: str, labels: Mapping[str, Label], tree: ClauseTree) -> Line:
    """One thread as a line of the list."""
    home = url_for("agreements.read", slug=slug)
    node = tree.nodes.get(thread.clause or "")
    name: str = said("the whole agreement")
    there = ""
    if thread.amendment:
        name = said("Amendment {amendment}", amendment=thread.amendment)
        there = f"{home}/amendments/{thread.amendment}"
    elif node is not None:
        name = labels[node.key].full or said("an unnumbered text")
        there = f"{home}?note=t{thread.number}#n-t{thread.number}"
    elif thread.clause:
        name = said("a clause that is gone")
    return Line(
        number=thread.number,
        address=url_for("comments.show", slug=slug, number=thread.number),
        who=thread.who,
        at=thread.opening.at,
        kind=thread.kind,
        about=name,
        about_address=there,
        quote=thread.quote,
        gist=thread.opening.words or said("Taken back by its author."),
        replies=len(thread.replies),
        state=_state(thread),
        answered=bool(thread.outcome) and thread.outcome != "deferred",
    )


def state_options(slug: str) -> tuple[Option, ...]:
    """All, without answer, answered, open, resolved: as links that keep the other filters."""
    current = request.args.get("state", "")
    return tuple(
        Option(name, _address(slug, state=state), state == current)
        for state, name in _STATES.items()
    )


def clause_options(tree: ClauseTree, labels: Mapping[str, Label]) -> tuple[tuple[str, str], ...]:
    """Articles and annexes: key and name."""
    top = [
        node
        for clause in tree.clauses
        for node in (clause.children if clause.kind is Kind.DIVISION else (clause,))
    ]
    return tuple(
        (node.key, f"{labels[node.key].full} {references.shown(node.heading, labels)}".strip())
        for node in top
        if node.kind in {Kind.CLAUSE, Kind.ANNEX}
    )


def pager(slug: str, held: Page[Any]) -> Pager:
    """Where this page of the list stands."""
    first = (held.number - 1) * held.size + 1
    last = min(held.total, held.number * held.size)
    return Pager(
        number=held.number,
        pages=held.last,
        previous=_address(slug, page=held.previous) if held.previous else "",
        next=_address(slug, page=held.next) if held.next else "",
        sentence=said("{first} to {last} of {total}", first=first, last=last, total=held.total),
    )


def _address(slug: str, **changes: object) -> str:
    # Only what the list is kept by: a link must lead every reader to the same place.
    asked = {**{name: request.args.get(name, "") for name in _NARROWED_BY}, **changes}
    narrowed = urlencode({name: value for name, value in asked.items() if value})
    return f"{url_for('comments.index', slug=slug)}?{narrowed}".rstrip("?")


def _state(thread: Discussion) -> str:
    if thread.outcome:
        return OUTCOMES[thread.outcome]
    return said("Resolved") if thread.is_resolved else said("Without answer")

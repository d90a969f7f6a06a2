"""Search: one box, every room that the reader may enter."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import gettext

from app.http import auth, paging
from app.queries import search as found
from app.queries.search import SORTS, Found, Group, Hit
from app.web.links import address_of
from app.web.rendering import page

door = Blueprint("search", __name__, url_prefix="/search")

LONGEST = 200
"""More of a question is cut off."""


@dataclass(frozen=True)
class Narrowing:
    """One sort of things one can narrow to, as _ui/switch.filters asks for it."""

    name: str
    address: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Pages:
    """Where one stands in the hits of one sort, as _ui/lists.pager asks for it."""

    number: int
    pages: int
    previous: str | None
    next: str | None
    sentence: str = ""


@door.get("")
def show() -> str:
    """Show what a question finds, every sort in short or one of them in full."""
    question = " ".join(request.args.get("q", "").split())[:LONGEST]
    sort = request.args.get("in", "")
    sort = sort if sort in SORTS else ""
    slug = request.args.get("agreement", "")
    number = paging.page_number() if sort else 1
    actor, skip = auth.current_actor(), paging.offset(number, found.MANY)
    held = found.search(actor, question, sort=sort, slug=slug, skip=skip)
    if skip and not held.groups:
        number, held = 1, found.search(actor, question, sort=sort, slug=slug)
    return page(
        "search/show.html",
        question=question,
        found=held,
        sort=sort,
        slug=slug,
        narrowings=_narrowings(question, slug, sort, held),
        address_of_hit=_address,
        more=lambda group: url_for(
            ".show", q=question, agreement=slug or None, **{"in": group.sort}
        ),
        pages=_pages(question, slug, held.groups[0], number) if sort and held.groups else None,
    )


def _narrowings(question: str, slug: str, sort: str, held: Found) -> tuple[Narrowing, ...]:
    if not held.words:
        return ()
    everything = Narrowing(gettext("Everything"), _place(question, slug), not sort)
    if sort:
        here = _place(question, slug, sort)
        return (everything, Narrowing(SORTS[_sort(sort)], here, True))
    return (
        everything,
        *(
            Narrowing(group.words, _place(question, slug, group.sort), False, group.total)
            for group in held.groups
        ),
    )


def _place(question: str, slug: str, sort: str = "", number: int = 1) -> str:
    values: dict[str, Any] = {"in": sort or None, "page": number if number > 1 else None}
    return url_for(".show", q=question, agreement=slug or None, **values)


def _sort(name: str) -> found.Sort:
    return next(each for each in SORTS if each == name)


def _pages(question: str, slug: str, group: Group, number: int) -> Pages:
    last = -(-group.total // found.MANY)

    def address(to: int) -> str | None:
        return _place(question, slug, group.sort, to) if 1 <= to <= last else None

    return Pages(number, last, address(number - 1), address(number + 1))


def _address(hit: Hit) -> str:
    if hit.noun == "template":
        return url_for("templates.show", slug=hit.slug, version=hit.value)
    if hit.noun == "clause":
        return url_for("agreements.read", slug=hit.slug, _anchor=f"c-{hit.value}")
    return address_of(hit.slug, hit.noun, hit.value)

"""The list on the desk: what the address narrows it to, each contribution as a row."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for

from app.http.paging import Page, offset, page_number
from app.queries.answers import WORDS
from app.queries.comments import KINDS, Speaker
from app.queries.desk import ALL, AMENDMENT, OPEN, Desk, Item, Wanted

SIZE = 100
_MORE_WORDS: Mapping[str, str] = {
    **WORDS,
    "withdrawn": "Withdrawn",
    "fell": "Fell",
    "overtaken": "Overtaken",
}
_STATES: Mapping[str, str] = {
    "accepted": "accepted",
    "rejected": "rejected",
    "out_of_scope": "rejected",
    "withdrawn": "rejected",
    "fell": "rejected",
}
_BALLOTS: Mapping[str, str] = {
    "carried": "Ballot {number} carried it.",
    "lost": "Ballot {number} voted it down.",
    "": "Ballot {number} decides it.",
}


@dataclass(frozen=True)
class Option:
    """One way to narrow the list, or one part of the desk."""

    name: str
    address: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Row:
    """One contribution in the table."""

    id: str
    number: str
    href: str
    label: str
    clause_href: str
    org: Speaker
    kind_word: str
    words: str
    answer: str
    answer_state: str
    reason: str
    answer_href: str
    may_pick: bool
    seen: int


@dataclass(frozen=True)
class Pager:
    """Where a page of the list stands, for the pager macro."""

    number: int
    pages: int
    previous: str
    next: str
    sentence: str


def wanted() -> Wanted:
    """What the address narrows the list to; nonsense narrows nothing."""
    asked = request.args
    show, kind = asked.get("show", ""), asked.get("kind", "")
    return Wanted(
        show=show if show in _MORE_WORDS or show == ALL else "",
        clause=asked.get("clause", "")[:28],
        organisation=asked.get("organisation", "")[:3],
        kind=kind if kind in (*KINDS, AMENDMENT) else "",
    )


def address(slug: str, asked: Wanted, number: int = 1) -> str:
    """The list as it is asked for."""
    return url_for("desk.answers", slug=slug, **_query(asked), page=number if number > 1 else None)


def answer_address(slug: str, item: Item, asked: Wanted) -> str:
    """Where one contribution is answered; the way back leads to the list as it was."""
    if item.is_amendment:
        return url_for("desk.amendment", slug=slug, label=item.number, **_query(asked))
    return url_for("desk.comment", slug=slug, number=int(item.number[1:]), **_query(asked))


def views(slug: str, here: str) -> tuple[Option, ...]:
    """The parts of the desk."""
    return (
        Option("Answers", url_for("desk.answers", slug=slug), here == "answers"),
        Option("Consolidation", url_for("consolidation.show", slug=slug), here == "merge"),
        Option("Participation", url_for("desk.taking_part", slug=slug), here == "participation"),
    )


def answer_words(item: Item) -> str:
    """How the answer given so far is called; "" without one."""
    return _MORE_WORDS.get(item.outcome, "")


def ballot_words(item: Item) -> str:
    """Which ballot decided an amendment or will; "" where none does."""
    if item.ballot is None:
        return ""
    return _BALLOTS[item.ballot.outcome].format(number=item.ballot.number)


def context(slug: str, desk: Desk, picked: Collection[uuid.UUID] = ()) -> dict[str, Any]:
    """All that the page of answers shows; what was picked is shown in any case."""
    asked = wanted()
    kept = {*(item.id for item in desk.shown(asked)), *picked}
    shown = [item for item in desk.items if item.id in kept]
    paged = Page(shown, min(page_number(), max(1, -(-len(shown) // SIZE))), len(shown), SIZE)
    first = offset(paged.number, SIZE)
    return {
        "desk": desk,
        "asked": asked,
        "rows": [_row(slug, item, asked) for item in shown[first : first + SIZE]],
        "paged": _pager(slug, asked, paged),
        "states": tuple(_states(slug, desk, asked)),
        "kinds": (*KINDS, AMENDMENT),
        "speakers": sorted({item.who for item in desk.items if item.who.code}, key=_by_name),
        "everything": address(slug, Wanted(show=asked.show)),
        "picks_all": request.args.get("pick") == "all",
        "pick_all": address(slug, asked) + ("&" if _query(asked) else "?") + "pick=all",
        "batch_address": url_for("desk.answer_several", slug=slug, **_query(asked)),
    }


def _by_name(speaker: Speaker) -> str:
    return speaker.name.casefold()


def _query(asked: Wanted) -> dict[str, Any]:
    held = {
        "show": asked.show,
        "clause": asked.clause,
        "organisation": asked.organisation,
        "kind": asked.kind,
    }
    return {name: value for name, value in held.items() if value}


def _row(slug: str, item: Item, asked: Wanted) -> Row:
    home = f"/agreements/{slug}"
    ballot = ballot_words(item)
    return Row(
        id=str(item.id),
        number=item.number,
        href=f"{home}/amendments/{item.number}"
        if item.is_amendment
        else f"{home}/comments/{item.number[1:]}",
        label=item.label,
        clause_href=f"{home}#c-{item.clause}" if item.clause else home,
        org=item.who,
        kind_word=item.kind.capitalize(),
        words=item.words,
        answer=answer_words(item),
        answer_state=_STATES.get(item.outcome, "other"),
        reason=" ".join(filter(None, [_repeats(item), item.answer, ballot])),
        answer_href=answer_address(slug, item, asked),
        may_pick=not item.is_amendment,
        seen=item.seen,
    )


def _repeats(item: Item) -> str:
    return f"Repeats {item.duplicate_of}." if item.duplicate_of else ""


def _states(slug: str, desk: Desk, asked: Wanted) -> Iterator[Option]:
    """The outcomes that occur, those without answer first and all at the end."""
    counts = desk.counts(asked)
    here = asked.show or OPEN
    yield Option(
        "Without answer", address(slug, replace(asked, show="")), here == OPEN, counts.get(OPEN, 0)
    )
    for outcome, words in _MORE_WORDS.items():
        if counts.get(outcome) or here == outcome:
            link = address(slug, replace(asked, show=outcome))
            yield Option(words, link, here == outcome, counts.get(outcome, 0))
    total = sum(counts.values())
    yield Option("All", address(slug, replace(asked, show=ALL)), here == ALL, total)


def _pager(slug: str, asked: Wanted, paged: Page[Item]) -> Pager:
    first = offset(paged.number, paged.size)
    last = min(first + paged.size, paged.total)
    return Pager(
        number=paged.number,
        pages=paged.last,
        previous=address(slug, asked, paged.previous) if paged.previous else "",
        next=address(slug, asked, paged.next) if paged.next else "",
        sentence=f"{first + 1} to {last} of {paged.total}",
    )

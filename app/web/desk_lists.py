"""The list on the desk: what the address narrows it to, each contribution as a row."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request, url_for

from app.domain.answering import filled
from app.domain.likeness import Alike
from app.domain.words import named
from app.http.paging import Page, offset, page_number
from app.kernel.said import counted, listed, quoted, said, strung
from app.queries import answers
from app.queries.answers import ALL_WORDS
from app.queries.comments import KINDS, Speaker
from app.queries.desk import ALL, AMENDMENT, MINE, NOBODY, OPEN, OVER, SORTS, Desk, Item, Wanted
from app.queries.desk_items import repeats

SIZE = 100
_STATES: Mapping[str, str] = {
    "accepted": "accepted",
    "rejected": "rejected",
    "out_of_scope": "rejected",
    "withdrawn": "over",
    "fell": "over",
    "overtaken": "over",
}
SORT_WORDS: Mapping[str, str] = {
    "clause": said("Text order"),
    "newest": said("Newest first"),
    "oldest": said("Oldest first"),
    "organisation": said("By name"),
}
_MOST_KEPT = 200


@dataclass(frozen=True)
class Option:
    """One way to narrow the list, or one part of the desk."""

    name: str
    address: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Group:
    """The line above contributions that go together; `goes_on`: they began a page before.

    `excludes` are those of them that were declared to exclude each other.
    """

    head: str
    title: str
    why: str
    address: str
    goes_on: bool
    excludes: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One contribution in the table. `group`: the line above it; `is_child`: below such a line."""

    id: str
    number: str
    href: str
    label: str
    clause_href: str
    org: Speaker
    kind_word: str
    words: str
    excludes: tuple[str, ...]
    bundle: int | None
    answer: str
    answer_state: str
    reason: str
    answer_href: str
    result_href: str
    may_pick: bool
    seen: int
    assignee: str
    group: Group | None
    is_child: bool


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
    show, kind, sort = asked.get("show", ""), asked.get("kind", ""), asked.get("sort", "")
    return Wanted(
        show=show if show in ALL_WORDS or show == ALL else "",
        clause=asked.get("clause", "")[:28],
        organisation=asked.get("organisation", "")[:3],
        kind=kind if kind in (*KINDS, AMENDMENT) else "",
        assigned=_assignee(asked.get("assigned", "")),
        group=asked.get("group", "")[:20],
        words=" ".join(asked.get("q", "").split())[:80],
        sort=sort if sort in SORTS[1:] else "",
    )


def _assignee(asked: str) -> str:
    if asked in (MINE, NOBODY):
        return asked
    try:
        return str(uuid.UUID(asked))
    except ValueError:
        return ""


def address(slug: str, asked: Wanted, number: int = 1) -> str:
    """The list as it is asked for."""
    return url_for("desk.answers", slug=slug, **query(asked), page=number if number > 1 else None)


def back_to(slug: str, desk: Desk, changed: Sequence[str]) -> str:
    """The list as it was, what was just changed still in it, at the next without an answer."""
    asked = wanted()
    shown = desk.shown(replace(asked, show=ALL))
    last = max((at for at, item in enumerate(shown) if item.number in changed), default=-1)
    behind = next((item.number for item in shown[last + 1 :] if not item.outcome), "")
    number = page_number()
    return url_for(
        "desk.answers",
        slug=slug,
        **query(asked),
        page=number if number > 1 else None,
        kept=".".join(changed[:_MOST_KEPT]) or None,
        _anchor=f"row-{behind or changed[0]}" if changed else None,
    )


def answer_address(slug: str, item: Item, asked: Wanted) -> str:
    """Where one contribution is answered; the way back leads to the list as it was."""
    if item.is_amendment:
        return url_for("desk.amendment", slug=slug, label=item.number, **query(asked))
    return url_for("desk.comment", slug=slug, number=int(item.number[1:]), **query(asked))


def views(slug: str, here: str) -> tuple[Option, ...]:
    """The parts of the desk."""
    return (
        Option(said("Answers"), url_for("desk.answers", slug=slug), here == "answers"),
        Option(said("Consolidation"), url_for("consolidation.show", slug=slug), here == "merge"),
        Option(said("Bundles"), url_for("bundles.index", slug=slug), here == "bundles"),
        Option(said("Report"), url_for("reports.latest", slug=slug), here == "report"),
        Option(
            said("Participation"), url_for("desk.taking_part", slug=slug), here == "participation"
        ),
    )


def answer_words(item: Item) -> str:
    """How the answer given so far is called; "" without one."""
    return ALL_WORDS.get(item.outcome, "")


def ballot_words(item: Item) -> str:
    """Which ballot decided an amendment or will; "" where none does."""
    if item.ballot is None:
        return ""
    return answers.ballot_words(item.ballot.number, item.ballot.outcome)


def filled_for(item: Item, words: str) -> str:
    """A saved answer with the names of one contribution in it."""
    clause = (
        said("clause {label}", label=item.label)
        if item.clause and item.label != "Text"
        else said("the text")
    )
    if item.clause is None:
        clause = said("the agreement")
    return filled(words, organisation=item.who.name, clause=clause, number=item.number)


def standing_sentence(desk: Desk) -> str:
    """How far the answers are, and what follows."""
    due = len(desk.items) - desk.over
    told = [said("{answered} of {due} are answered.", answered=desk.answered, due=due)]
    if desk.over:
        told.append(
            counted(
                desk.over,
                "1 was taken back or fell: nothing to answer.",
                "{n} were taken back or fell: nothing to answer.",
            )
        )
    if desk.round.settled_at:
        over = said(
            "Round {number} is settled; its version is published.", number=desk.round.number
        )
        return strung((*told, over))
    if not desk.unanswered:
        return strung(told)
    last = said("Version {version} can be published when this is zero.", version=desk.version + 1)
    return strung((*told, last))


def context(slug: str, desk: Desk, picked: Collection[uuid.UUID] = ()) -> dict[str, Any]:
    """All that the page of answers shows; what was picked is shown in any case."""
    asked = wanted()
    shown = _shown(desk, asked, picked)
    paged = Page(shown, min(page_number(), max(1, -(-len(shown) // SIZE))), len(shown), SIZE)
    first = offset(paged.number, SIZE)
    lister = _Lister(slug, desk, asked)
    return {
        "desk": desk,
        "asked": asked,
        "standing": standing_sentence(desk),
        "rows": lister.rows(shown, first, first + SIZE),
        "paged": _pager(slug, asked, paged),
        "states": tuple(_states(slug, desk, asked)),
        "kinds": (*KINDS, AMENDMENT),
        "sorts": SORT_WORDS,
        "speakers": sorted({item.who for item in desk.items if item.who.code}, key=_by_name),
        "everything": address(slug, Wanted(show=asked.show, sort=asked.sort)),
        "picks": request.args.get("pick", ""),
        "pick_all": address(slug, asked) + ("&" if query(asked) else "?") + "pick=all",
        "asked_query": query(asked),
    }


def _shown(desk: Desk, asked: Wanted, picked: Collection[uuid.UUID]) -> Sequence[Item]:
    """What is asked for, with what was picked or has just been changed where it stood."""
    kept = set(request.args.get("kept", "").split("."))
    more = [item.id for item in desk.items if item.number in kept]
    if not (picked or more):
        return desk.shown(asked)
    ids = {*(item.id for item in desk.shown(asked)), *picked, *more}
    everything = desk.shown(Wanted(show=ALL, sort=asked.sort))
    return [item for item in everything if item.id in ids]


def _by_name(speaker: Speaker) -> str:
    return speaker.name.casefold()


def query(asked: Wanted) -> dict[str, Any]:
    """What narrows the list, as it stands in an address."""
    held = {
        "show": asked.show,
        "clause": asked.clause,
        "organisation": asked.organisation,
        "kind": asked.kind,
        "assigned": asked.assigned,
        "group": asked.group,
        "q": asked.words,
        "sort": asked.sort,
    }
    return {name: value for name, value in held.items() if value}


@dataclass(frozen=True)
class _Lister:
    """Makes the rows of one page of the list."""

    slug: str
    desk: Desk
    asked: Wanted

    def rows(self, shown: Sequence[Item], first: int, end: int) -> list[Row]:
        found = []
        for at in range(first, min(end, len(shown))):
            group = self.group_of(shown[at])
            before = shown[at - 1] if at else None
            began = before is not None and group is not None and self.group_of(before) is group
            line = None
            if group is not None and (not began or at == first):
                line = self.line(group, goes_on=began)
            found.append(self.row(shown[at], line, is_child=group is not None))
        return found

    def group_of(self, item: Item) -> Alike | None:
        """The group a row stands in; sorted otherwise, rows stand alone."""
        return None if self.asked.sort else self.desk.group_of.get(item.number)

    def line(self, group: Alike, *, goes_on: bool) -> Group:
        if group.quoted:
            why = (
                said("All point at the same words, and say {quoted}.", quoted=_quoted(group.shared))
                if group.shared
                else said("All point at the same words.")
            )
        elif group.shared:
            why = said(
                "Found similar: about one clause, and all say {quoted}.",
                quoted=_quoted(group.shared),
            )
        elif any(self.is_by_hand(number) for number in group.numbers):
            why = said("Put together by hand.")
        else:
            why = said("Found similar: about one clause, in much the same words.")
        return Group(
            group.head,
            counted(len(group.numbers), "{n} goes alone", "{n} go together"),
            why,
            address(self.slug, Wanted(show=ALL, group=group.head)) + "&pick=open",
            goes_on,
            tuple(number for number in group.numbers if self.excludes_within(number, group)),
        )

    def excludes_within(self, number: str, group: Alike) -> bool:
        item = self.desk.item(number)
        return item is not None and not set(group.numbers).isdisjoint(item.excludes)

    def is_by_hand(self, number: str) -> bool:
        item = self.desk.item(number)
        return item is not None and bool(item.goes_with)

    def row(self, item: Item, group: Group | None, *, is_child: bool) -> Row:
        home = f"/agreements/{self.slug}"
        page = "amendments" if item.is_amendment else "comments"
        number = item.number if item.is_amendment else item.number[1:]
        kind = named(item.kind, capital=True)
        if item.on:
            kind = said("{kind} on {on}", kind=kind, on=item.on)
        reason = (repeats(item), item.answer, ballot_words(item))
        accepted = item.is_accepted and item.clause
        return Row(
            id=str(item.id),
            number=item.number,
            href=f"{home}/{page}/{number}",
            label=item.label,
            clause_href=f"{home}#c-{item.clause}" if item.clause else home,
            org=item.who,
            kind_word=kind,
            words=item.words,
            excludes=item.excludes,
            bundle=item.bundle,
            answer=answer_words(item),
            answer_state=_STATES.get(item.outcome, "other"),
            reason=strung(reason),
            answer_href=answer_address(self.slug, item, self.asked),
            result_href=f"{home}/desk/consolidate/{item.clause}" if accepted else "",
            may_pick=item.outcome not in OVER,
            seen=item.seen,
            assignee=self.desk.facilitators.get(item.assigned_to, "") if item.assigned_to else "",
            group=group,
            is_child=is_child,
        )


def _quoted(words: Sequence[str]) -> str:
    return listed(map(quoted, words))


def _states(slug: str, desk: Desk, asked: Wanted) -> Iterator[Option]:
    """The outcomes that occur, those without answer first and all at the end."""
    counts = desk.counts(asked)
    here = asked.show or OPEN
    yield Option(
        said("Without answer"),
        address(slug, replace(asked, show="")),
        here == OPEN,
        counts.get(OPEN, 0),
    )
    for outcome, words in ALL_WORDS.items():
        if counts.get(outcome) or here == outcome:
            link = address(slug, replace(asked, show=outcome))
            yield Option(words, link, here == outcome, counts.get(outcome, 0))
    total = sum(counts.values())
    yield Option(said("All"), address(slug, replace(asked, show=ALL)), here == ALL, total)


def _pager(slug: str, asked: Wanted, paged: Page[Item]) -> Pager:
    first = offset(paged.number, paged.size)
    last = min(first + paged.size, paged.total)
    return Pager(
        number=paged.number,
        pages=paged.last,
        previous=address(slug, asked, paged.previous) if paged.previous else "",
        next=address(slug, asked, paged.next) if paged.next else "",
        sentence=said(
            "{first} to {last} of {total}", first=first + 1, last=last, total=paged.total
        ),
    )

"""The list of an agreement's amendments: by clause, what each changes and competes with."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.access.actor import Actor, Role
from app.domain import competing, deeds
from app.domain import operations as ops
from app.domain.clauses import ClauseTree, Kind
from app.domain.lifecycle import AmendmentState
from app.kernel.said import said
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow, Support
from app.queries.amendments import (
    DRAFTS,
    STATE_WORDS,
    Rival,
    Text,
    Who,
    colours_of,
    is_own,
    rivals_among,
    texts_of,
    who_of,
)
from app.queries.reading import session as this_session

OPEN = STATE_WORDS[AmendmentState.PROPOSED]
"""How the list is asked for what nobody has decided yet."""
_MOST_DEEDS = 3


@dataclass(frozen=True)
class Line:
    """One amendment in the list. A draft has no label yet and is found by its id."""

    id: uuid.UUID
    label: str
    state: AmendmentState
    state_words: str
    who: Who
    deeds: tuple[deeds.Deed, ...]
    more: int
    supports: int
    rivals: tuple[Rival, ...]
    moment: datetime
    needs_attention: bool
    is_mine: bool
    is_secondary: bool
    amends: str
    article: str


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for; empty is everything."""

    clause: str = ""
    organisation: str = ""
    state: str = ""
    mine: bool = False

    def __bool__(self) -> bool:
        return bool(self.clause or self.organisation or self.state or self.mine)


@dataclass(frozen=True)
class Choices:
    """What the list can be asked for: clauses (key, words), organisations (code, name), states."""

    clauses: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Listed:
    """A part of the list as it was asked for; how many are wanted, how many there are in all."""

    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    wanted: int
    total: int
    choices: Choices


def listed(
    actor: Actor, agreement: Agreement, wanted: Wanted, *, skip: int = 0, limit: int = 100
) -> Listed:
    """The amendments one may see, by clause order, secondary ones under their primary.

    Five statements; only the lines of the part that is shown are told.
    """
    rows = _rows(actor, agreement)
    texts = texts_of(rows)
    maker = _Lines(
        actor,
        {row.id: row for row in rows},
        texts,
        colours_of(agreement.id),
        _supports(agreement.id),
        _rivals(rows, texts),
    )
    shown = sorted((row for row in rows if maker.is_wanted(row, wanted)), key=maker.order)
    return Listed(
        groups=tuple(
            (article, tuple(lines))
            for article, lines in groupby(
                (maker.line(row) for row in shown[skip : skip + limit]),
                key=lambda line: line.article,
            )
        ),
        wanted=len(shown),
        total=len(rows),
        choices=maker.choices(),
    )


def _rows(actor: Actor, agreement: Agreement) -> Sequence[AmendmentRow]:
    return (
        this_session()
        .scalars(
            select(AmendmentRow)
            .where(
                AmendmentRow.agreement_id == agreement.id,
                or_(AmendmentRow.state.not_in(DRAFTS), is_own(actor, agreement.id)),
            )
            .options(joinedload(AmendmentRow.organisation))
            .order_by(AmendmentRow.created_at, AmendmentRow.id)
        )
        .all()
    )


def _supports(agreement_id: uuid.UUID) -> Mapping[uuid.UUID, int]:
    return dict(
        this_session()
        .execute(
            select(Support.amendment_id, func.count())
            .join(AmendmentRow, AmendmentRow.id == Support.amendment_id)
            .where(AmendmentRow.agreement_id == agreement_id)
            .group_by(Support.amendment_id)
        )
        .all()
    )


def _rivals(
    rows: Iterable[AmendmentRow], texts: Mapping[uuid.UUID, Text]
) -> Mapping[int, Mapping[int, competing.Over]]:
    groups: defaultdict[tuple[uuid.UUID, uuid.UUID | None], list[AmendmentRow]] = defaultdict(list)
    for row in rows:
        if row.state == AmendmentState.PROPOSED:
            groups[row.version_id, row.primary_id].append(row)
    found: dict[int, Mapping[int, competing.Over]] = {}
    for group in groups.values():
        found.update(rivals_among(texts[group[0].id].tree, group))
    return found


@dataclass(frozen=True)
class _Lines:
    """Makes lines of rows, with everything that was read for all of them at once."""

    actor: Actor
    rows: Mapping[uuid.UUID, AmendmentRow]
    texts: Mapping[uuid.UUID, Text]
    colours: Mapping[uuid.UUID, int]
    supports: Mapping[uuid.UUID, int]
    rivals: Mapping[int, Mapping[int, competing.Over]]

    def line(self, row: AmendmentRow) -> Line:
        text = self.texts[row.id]
        held = deeds.told(text.tree, ops.from_json(row.operations), text.names)
        state = AmendmentState(row.state)
        primary = self.rows.get(row.primary_id) if row.primary_id else None
        return Line(
            id=row.id,
            label=row.label,
            state=state,
            state_words=STATE_WORDS[state],
            who=who_of(row, self.colours),
            deeds=held[:_MOST_DEEDS],
            more=max(0, len(held) - _MOST_DEEDS),
            supports=self.supports.get(row.id, 0),
            rivals=self.rivals_of(row),
            moment=row.proposed_at or row.created_at,
            needs_attention=row.rebase_state == "attention" and state is AmendmentState.PROPOSED,
            is_mine=self.is_mine(row),
            is_secondary=row.primary_id is not None,
            amends=primary.label if primary else "",
            article="" if state in DRAFTS else self.article(primary or row),
        )

    def rivals_of(self, row: AmendmentRow) -> tuple[Rival, ...]:
        by_number = {other.number: other for other in self.rows.values()}
        found = self.rivals.get(row.number or 0, {})
        return tuple(
            Rival(by_number[number].label, over, who_of(by_number[number], self.colours))
            for number, over in sorted(found.items())
        )

    def is_mine(self, row: AmendmentRow) -> bool:
        standings = self.actor.stands_in(row.agreement_id)
        return row.organisation_id in {standing.organisation_id for standing in standings} and (
            row.organisation_id is not None
            or any(standing.role is Role.FACILITATOR for standing in standings)
        )

    def order(self, row: AmendmentRow) -> tuple[bool, int, int, int, datetime]:
        """Own drafts first; then by clause, a primary before what amends it."""
        is_draft = row.state in DRAFTS
        primary = self.rows.get(row.primary_id) if row.primary_id and not is_draft else None
        leader = primary or row
        return (
            not is_draft,
            self.place(leader),
            leader.number or 0,
            (row.number or 0) if primary else 0,
            row.created_at,
        )

    def place(self, row: AmendmentRow) -> int:
        """Where in the text the first touched clause stands; a new one at its neighbour's."""
        order = self.texts[row.id].order
        places = [order[key] for key in self.keys(row) if key in order]
        return min(places, default=len(order))

    def keys(self, row: AmendmentRow) -> set[str]:
        found = set(row.clauses)
        for entry in row.operations:
            found |= {key for key in (entry.get("parent"), entry.get("after")) if key}
        return found

    def article(self, row: AmendmentRow) -> str:
        """The topmost clause under which an amendment is listed, with its number."""
        text = self.texts[row.id]
        keys = [key for key in self.keys(row) if key in text.order]
        if not keys:
            return said("The whole text")
        return self.named(text, _article(text.tree, min(keys, key=text.order.__getitem__)))

    @staticmethod
    def named(text: Text, key: str) -> str:
        node = text.tree.nodes[key]
        words = deeds.first_words(node.heading or node.text, text.names, 8)
        return f"{text.names[key].own} {words}".strip()

    def articles(self, row: AmendmentRow) -> set[str]:
        """The topmost clauses that an amendment touches."""
        tree = self.texts[row.id].tree
        return {_article(tree, key) for key in self.keys(row) if key in tree.nodes}

    def is_wanted(self, row: AmendmentRow, wanted: Wanted) -> bool:
        if wanted.mine and not self.is_mine(row):
            return False
        if wanted.state and STATE_WORDS[row.state] != wanted.state:
            return False
        code = row.organisation.code if row.organisation else "facilitator"
        if wanted.organisation and code != wanted.organisation:
            return False
        if not wanted.clause:
            return True
        tree = self.texts[row.id].tree
        return any(
            wanted.clause in {node.key for node in tree.path(key)}
            for key in self.keys(row)
            if key in tree.nodes
        )

    def choices(self) -> Choices:
        """What there is to ask for."""
        clauses: dict[str, tuple[int, str]] = {}
        people: dict[str, str] = {}
        counts: defaultdict[str, int] = defaultdict(int)
        for row in self.rows.values():
            counts[STATE_WORDS[row.state]] += 1
            who = who_of(row, self.colours)
            people[who.code or "facilitator"] = who.name
            text = self.texts[row.id]
            for key in self.articles(row):
                clauses[key] = (text.order[key], self.named(text, key))
        return Choices(
            clauses=tuple((key, words) for key, (_, words) in _sorted(clauses)),
            organisations=tuple(sorted(people.items(), key=lambda item: item[1])),
            states=tuple((words, words, counts[words]) for words in _STATES if counts[words]),
        )


_STATES = tuple(dict.fromkeys(STATE_WORDS.values()))


def _sorted(clauses: Mapping[str, tuple[int, str]]) -> list[tuple[str, tuple[int, str]]]:
    return sorted(clauses.items(), key=lambda item: item[1][0])


def _article(tree: ClauseTree, key: str) -> str:
    """The topmost clause, annex or recital that a clause stands in; divisions don't count."""
    path = tree.path(key)
    return next((node.key for node in path if node.kind is not Kind.DIVISION), path[0].key)

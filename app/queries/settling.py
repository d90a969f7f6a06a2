"""Consolidation as the facilitator works on it: the clauses in question, one after the other."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import attribution, contests, deeds, excerpts
from app.domain import operations as ops
from app.domain import redline as lines
from app.domain.clauses import Clause, ClauseTree
from app.domain.conflicts import Review
from app.domain.consequences import Consequence
from app.domain.consolidation import ConflictFound
from app.domain.numbering import Label, labels
from app.domain.operations import MoveClause
from app.domain.provenance import Source
from app.domain.redline import Author, Redline, RedlineNode
from app.kernel.errors import Conflict, NotFound
from app.kernel.said import listed, quoted, said
from app.models.amendments import AmendmentRow
from app.models.decisions import FacilitatorEdit, ResolutionRow
from app.models.people import User
from app.models.rounds import Round
from app.queries import alternatives, consolidations, proposals
from app.queries.consolidations import Standing

HAND = 0
"""The number under which a redline shows the facilitator's own words."""

_TITLE = 8


@dataclass(frozen=True)
class Entry:
    """One clause in the queue. `bad`: it keeps the version from being published."""

    key: str
    label: str
    title: str
    words: str
    bad: bool


@dataclass(frozen=True)
class Contest:
    """One conflict, open or settled: `row` is how it was settled, `who` by whom."""

    found: ConflictFound
    sentence: str
    row: ResolutionRow | None = None
    who: str = ""


@dataclass(frozen=True)
class Edit:
    """One edit of the facilitator that stands. `stale`: later decisions overtook it."""

    row: FacilitatorEdit
    who: str
    at: datetime
    told: tuple[str, ...]
    stale: bool


@dataclass(frozen=True)
class Ask:
    """What one accepted amendment does to the clause, and which alternatives fell with it."""

    author: Author
    told: tuple[str, ...]
    excludes: Sequence[str] = ()


@dataclass(frozen=True)
class Settling:
    """A round under consolidation, with everything its pages show."""

    standing: Standing
    authors: Mapping[int, Author]
    people: Mapping[uuid.UUID, str]
    contests: tuple[Contest, ...]
    outdated: tuple[ResolutionRow, ...]
    excludes: Mapping[str, Sequence[str]]

    @cached_property
    def base_labels(self) -> Mapping[str, Label]:
        """The labels of the version that was discussed."""
        return labels(self.standing.base)

    @cached_property
    def labels(self) -> Mapping[str, Label]:
        """The labels of the coming version, and of what goes."""
        return {**self.base_labels, **labels(self.standing.preview)}

    @property
    def open(self) -> tuple[Contest, ...]:
        """The conflicts nobody settled."""
        return tuple(one for one in self.contests if one.row is None)

    @cached_property
    def redline(self) -> Redline:
        """From the version that was discussed to the coming one, each change in its name."""
        built = lines.build(self.standing.base, self.standing.preview, authors=self.authors)
        return attribution.attributed(built, self.standing.provenance, self.owners, self._movers())

    @cached_property
    def asked(self) -> Redline:
        """All accepted amendments at once on the version that was discussed."""
        held = proposals.as_domains(self.standing.amendments)
        return lines.overlay(self.standing.base, held, self.authors)

    @cached_property
    def queue(self) -> tuple[Entry, ...]:
        """Every clause that a decision touches, in reading order."""
        keys = {key for row in self.standing.amendments for key in row.clauses}
        keys |= {one.found.clause for one in self.contests}
        keys |= {key for edit in self.standing.edits for key in edit.clauses}
        keys |= {one.clause for one in self.standing.dangling if one.clause}
        places = self._places()
        held = sorted((key for key in keys if key in places), key=lambda key: places[key])
        return tuple(self._entry(key) for key in held)

    def owners(self, source: Source) -> tuple[int, ...]:
        """The numbers under which the words of a source are shown."""
        if source.origin in {"resolution", "edit"}:
            return (HAND,)
        return tuple(
            number
            for label in source.ref.split(",")
            if source.origin == "amendment" and (number := self._numbers.get(label)) is not None
        )

    def node(self, key: str) -> Clause:
        """The clause as it would read. Raises NotFound where neither text has it."""
        found = self.standing.preview.nodes.get(key) or self.standing.base.nodes.get(key)
        if found is None:
            raise NotFound("This clause is in neither version. Look at the list again.")
        return found

    def name(self, key: str) -> str:
        """How a sentence names a clause: by its label, else by its first words."""
        found = self.labels.get(key)
        if found is not None and found.full:
            return found.full
        return quoted(self.title(key))

    def title(self, key: str) -> str:
        """The heading of a clause, else its first words."""
        node = self.node(key)
        return deeds.first_words(node.heading or node.text, self.labels, _TITLE)

    def contests_of(self, key: str) -> tuple[Contest, ...]:
        """The conflicts in a clause, those that are open first."""
        held = [one for one in self.contests if one.found.clause == key]
        return tuple(sorted(held, key=lambda one: one.row is not None))

    def base(self, key: str) -> Redline:
        """The clause as it stood in the version that was discussed."""
        text = self.standing.base
        return self.cut(lines.build(text, text), key)

    def rows_in(self, conflict: str) -> tuple[AmendmentRow, ...]:
        """The amendments that meet in an open conflict.

        Raises Conflict where it isn't open.
        """
        found = next((one.found for one in self.open if one.found.id == conflict), None)
        if found is None:
            raise Conflict("This conflict is settled already, or the decisions behind it changed.")
        met = {number for wording in found.wordings for number in wording.by}
        return tuple(row for row in self.standing.amendments if row.number in met)

    def result(self, key: str) -> Redline:
        """The clause as it would read, with what changed in it and below it."""
        return self.cut(self.redline, key)

    def together(self, key: str) -> Redline:
        """What all accepted amendments would do to the clause."""
        return self.cut(self.asked, key)

    def cut(self, line: Redline, key: str) -> Redline:
        """The places where a clause stands in a redline, with what changed below it."""
        nodes = tuple(_trimmed(line, node) for node in _found(line.nodes, key))
        return replace(line, title=(), nodes=nodes)

    def asks(self, key: str) -> tuple[Ask, ...]:
        """What each accepted amendment does to the clause, or beside it, in sentences."""
        met = {step for one in self.contests_of(key) for step in one.found.operations}
        found = []
        for row in self.standing.amendments:
            steps = [
                step for step in ops.from_json(row.operations) if step.clause == key or step in met
            ]
            if steps and row.number is not None:
                told = tuple(deed.sentence for deed in deeds.told(self.base_of(row), steps))
                found.append(Ask(self.authors[row.number], told, self.excludes.get(row.label, ())))
        return tuple(found)

    def edits(self, key: str = "") -> tuple[Edit, ...]:
        """The edits that touch a clause, or all."""
        stale = {edit.id for edit in self.standing.stale_edits}
        text = self.standing.merged.preview
        return tuple(
            Edit(
                row,
                self.people.get(row.made_by, ""),
                row.made_at,
                tuple(deed.sentence for deed in deeds.told(text, ops.from_json(row.operations))),
                row.id in stale,
            )
            for row in self.standing.edits
            if not key or key in row.clauses
        )

    def follows(self, key: str) -> tuple[Consequence, ...]:
        """What follows that is to be seen in or below a clause."""
        below = {node.key for node in self.node(key).walk()}
        return tuple(one for one in self.standing.consequences if one.clause in below)

    def reviews(self) -> tuple[tuple[Review, str], ...]:
        """Clauses in which several amendments stand side by side, with whose they are."""
        return tuple(
            (one, listed([self.authors[number].name for number in one.by]))
            for one in self.standing.merged.reviews
        )

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {author.label: number for number, author in self.authors.items() if author.label}

    def _movers(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for row in self.standing.amendments:
            for step in ops.from_json(row.operations):
                if isinstance(step, MoveClause) and row.number is not None:
                    found[step.clause] = (*found.get(step.clause, ()), row.number)
        return found

    def base_of(self, row: AmendmentRow) -> ClauseTree:
        """The text an amendment was written on: the version, or what its primary makes of it."""
        primary = next((one for one in self.standing.amendments if one.id == row.primary_id), None)
        if primary is None:
            return self.standing.base
        return ops.apply(self.standing.base, ops.from_json(primary.operations))

    def _places(self) -> Mapping[str, float]:
        """Where each clause of either text stands among those of the coming one."""
        places: dict[str, float] = {
            key: float(at) for at, key in enumerate(self.standing.preview.nodes)
        }
        last = -1.0
        for key in self.standing.base.nodes:
            last = places.setdefault(key, last + 0.001)
        return places

    def _entry(self, key: str) -> Entry:
        words, bad = self._state(key)
        label = self.labels[key].full.removeprefix("Article ") if key in self.labels else ""
        return Entry(key, label, self.title(key), words, bad)

    def _state(self, key: str) -> tuple[str, bool]:
        held = self.contests_of(key)
        if held and held[0].row is None:
            return said("Conflict: {short}", short=contests.short(held[0].found)), True
        if any(key in edit.clauses for edit in self.standing.stale_edits):
            return said("An edit no longer fits"), True
        if any(one.clause == key for one in self.standing.dangling):
            return said("A reference leads nowhere"), True
        if held:
            return said("Decided"), False
        if any(one.clause == key for one in self.standing.merged.reviews):
            return said("Merges, have a look"), False
        if any(key in edit.clauses for edit in self.standing.edits):
            return said("Edited by hand"), False
        return self._done(key), False

    def _done(self, key: str) -> str:
        if key not in self.standing.preview.nodes:
            return said("Goes")
        if key not in self.standing.base.nodes:
            return said("New")
        moved = self.standing.base.parents[key] != self.standing.preview.parents[key]
        return said("Moves") if moved else said("Merges")


def settling_of(session: Session, held: Round) -> Settling:
    """Everything about a round under consolidation: nine statements."""
    standing = consolidations.standing_of(session, held)
    return settling_from(session, standing)


def settling_from(session: Session, standing: Standing) -> Settling:
    """The same for a standing that was merged already, as one to look at."""
    authors = {
        number: replace(author, href=_address(standing, author))
        for number, author in proposals.authors_of(session, standing.amendments).items()
    }
    authors[HAND] = Author(HAND, said("the facilitator"), "", 0)
    found, outdated = _settled(standing)
    ids = {row.decided_by for row in standing.resolutions} | {
        edit.made_by for edit in standing.edits
    }
    people = {
        row.id: row.name
        for row in session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    }
    names = {number: author.name for number, author in authors.items()}
    known = {**labels(standing.base), **labels(standing.preview)}
    every = (
        *((one, None) for one in standing.merged.conflicts),
        *((one, row) for one, row in found),
    )
    order = {key: at for at, key in enumerate(standing.base.nodes)}
    made = [
        Contest(
            one,
            contests.told(one, _apart(one, names, authors), known),
            row,
            people.get(row.decided_by, "") if row else "",
        )
        for one, row in sorted(every, key=lambda pair: order.get(pair[0].clause, -1))
    ]
    excludes = alternatives.excluded_in(session, standing.held)
    return Settling(standing, authors, people, tuple(made), outdated, excludes)


def _address(standing: Standing, author: Author) -> str:
    return f"/agreements/{standing.held.agreement.slug}/amendments/{author.label}"


def _apart(
    found: ConflictFound, names: Mapping[int, str], authors: Mapping[int, Author]
) -> Mapping[int, str]:
    """Names that tell the sides apart, also where one organisation stands on both."""
    sides = [{names.get(number) for number in one.by} for one in found.wordings]
    if len(set().union(*sides)) == sum(map(len, sides)):
        return names
    return {
        number: said("{name} with {label}", name=name, label=authors[number].label)
        for number, name in names.items()
    }


def _settled(
    standing: Standing,
) -> tuple[Sequence[tuple[ConflictFound, ResolutionRow]], tuple[ResolutionRow, ...]]:
    """The conflicts that are settled with how, and resolutions of conflicts that are no more."""
    if not standing.resolutions:
        return (), ()
    rows = {row.conflict: row for row in standing.resolutions}
    found = {one.id: one for one in consolidations.unsettled(standing, rows)}
    for conflict in rows.keys() - found.keys():
        again = consolidations.unsettled(standing, {conflict})
        found |= {one.id: one for one in again if one.id == conflict}
    settled = [(found[conflict], row) for conflict, row in rows.items() if conflict in found]
    return settled, tuple(row for conflict, row in rows.items() if conflict not in found)


def _found(nodes: Sequence[RedlineNode], key: str) -> Iterator[RedlineNode]:
    for node in nodes:
        if node.key == key:
            yield node
        else:
            yield from _found(node.children, key)


def _trimmed(line: Redline, node: RedlineNode) -> RedlineNode:
    if node.change in {"insert", "delete"}:
        return node
    below = excerpts.excerpt(replace(line, nodes=node.children))
    return replace(node, children=below.nodes)

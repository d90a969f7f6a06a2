"""A clause's automatic merge, step by step: what each accepted amendment did to it, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain import contests, deeds
from app.domain import operations as ops
from app.domain import redline as lines
from app.domain.clauses import ClauseTree
from app.domain.consolidation import Consolidation, consolidate
from app.domain.provenance import Source
from app.domain.redline import Author, Redline
from app.kernel.said import listed, said
from app.models.amendments import AmendmentRow
from app.queries import proposals
from app.queries.settling import HAND, Settling

_OPEN = said("Until a person decides, the words of the version stand there.")


@dataclass(frozen=True)
class Step:
    """One step of a merge: who, what they ask, how the clause changes by it, and what is to say.

    `text` is the whole text after it. `line` has no nodes where the clause stays as it was.
    """

    author: Author
    told: tuple[str, ...]
    line: Redline
    notes: tuple[str, ...]
    text: ClauseTree


def steps_of(settled: Settling, key: str) -> tuple[Step, ...]:
    """From the version that was discussed to the coming one, as far as one clause goes.

    The amendments in the order of their labels, what the decisions on conflicts changed, then the
    edits by hand. After the last the clause reads as it does in the standing.
    """
    return tuple(_Replay(settled, key, _about(settled, key)).steps())


@dataclass(frozen=True)
class _Replay:
    settled: Settling
    key: str
    rows: Sequence[AmendmentRow]

    @property
    def keys(self) -> frozenset[str]:
        """The clause and all that is below it in either text."""
        return _below(self.settled, self.key)

    def steps(self) -> Iterator[Step]:
        standing = self.settled.standing
        text, merged = standing.base, None
        for at in range(1, len(self.rows) + 1):
            merged = self.merged(at, merged)
            yield self.step(text, merged, self.rows[at - 1])
            text = merged.preview
        if self.differs(text, standing.merged.preview):
            yield self.settlement(text)
        yield from self.edited()

    def merged(self, many: int, previous: Consolidation | None) -> Consolidation:
        """What the first so many amendments come to, nothing being settled."""
        held = proposals.as_domains(self.rows[:many])
        sources = {one.number: Source("amendment", str(one.number)) for one in held}
        return consolidate(self.settled.standing.base, held, sources=sources, previous=previous)

    def step(self, before: ClauseTree, merged: Consolidation, row: AmendmentRow) -> Step:
        number = row.number or 0
        steps = [one for one in ops.from_json(row.operations) if one.clause in self.keys]
        told = deeds.told(self.settled.base_of(row), steps or ops.from_json(row.operations))
        notes = tuple(self.notes(merged, number))
        by = () if notes and notes[-1] == _OPEN else (number,)
        return Step(
            self.settled.authors[number],
            tuple(map(str, told)),
            self.line(before, merged.preview, by),
            notes,
            merged.preview,
        )

    def notes(self, merged: Consolidation, number: int) -> Iterator[str]:
        """How it goes with the amendments before it."""
        authors = self.settled.authors
        names, is_open = {one: author.name for one, author in authors.items()}, False
        for found in merged.conflicts:
            met = {one for wording in found.wordings for one in wording.by}
            if found.clause in self.keys and number in met:
                yield contests.told(found, names, self.settled.labels)
                is_open = True
        for review in merged.reviews:
            others = [authors[one].label for one in review.by if one != number]
            if review.clause in self.keys and number in review.by and others:
                yield said(
                    "It changes other words than {listed}. All stand.",
                    listed=listed(others),
                )
        for row in self.rows:
            same = row.number != number and row.number is not None and row.number < number
            if same and ops.operations_hash(ops.from_json(row.operations)) == self.hash(number):
                yield said("It asks the same as {label}. Both are named.", label=row.label)
        if is_open:
            yield _OPEN

    def hash(self, number: int) -> str:
        row = next(one for one in self.rows if one.number == number)
        return ops.operations_hash(ops.from_json(row.operations))

    def settlement(self, before: ClauseTree) -> Step:
        """What the decisions on conflicts made of it."""
        standing, contested = self.settled.standing, self.settled.contests
        who = {one.who for one in contested if one.row and one.found.clause in self.keys}
        told = said("Decisions on other clauses change it")
        if who:
            told = said("Settles what collided, by {listed}", listed=listed(sorted(who)))
        after = standing.merged.preview
        return Step(
            self.settled.authors[HAND], (told,), self.line(before, after, (HAND,)), (), after
        )

    def edited(self) -> Iterator[Step]:
        """The edits by hand that touch the clause, each on the text before it."""
        standing = self.settled.standing
        stale = {one.id for one in standing.stale_edits}
        text = standing.merged.preview
        for edit in standing.edits:
            if edit.id in stale:
                continue
            before, steps = text, ops.from_json(edit.operations)
            text = ops.apply(text, steps)
            if self.differs(before, text):
                told = tuple(deed.sentence for deed in deeds.told(before, steps))
                line = self.line(before, text, (HAND,))
                yield Step(self.settled.authors[HAND], told, line, (edit.why,), text)

    def line(self, before: ClauseTree, after: ClauseTree, by: Sequence[int]) -> Redline:
        built = lines.build(before, after, by=by, authors=self.settled.authors)
        cut = self.settled.cut(built, self.key)
        return cut if self.differs(before, after) else replace(cut, nodes=())

    def differs(self, before: ClauseTree, after: ClauseTree) -> bool:
        """Whether the clause reads differently, or stands elsewhere."""
        return _look(before, self.key) != _look(after, self.key)


def _look(text: ClauseTree, key: str) -> tuple[str | None, ...]:
    return (text.nodes[key].subtree_hash, text.parents[key]) if key in text.nodes else ()


def _below(settled: Settling, key: str) -> frozenset[str]:
    standing = settled.standing
    texts = (standing.base, standing.preview)
    return frozenset(
        node.key for text in texts if key in text.nodes for node in text.nodes[key].walk()
    ) | {key}


def _about(settled: Settling, key: str) -> Sequence[AmendmentRow]:
    """The accepted amendments about a clause or what is below it, with those they amend."""
    keys = _below(settled, key)
    asks = {ask.author.number for ask in settled.asks(key)}
    rows = settled.standing.amendments
    ids = {row.id for row in rows if keys & set(row.clauses) or row.number in asks}
    ids |= {row.primary_id for row in rows if row.id in ids and row.primary_id is not None}
    return [row for row in rows if row.id in ids]

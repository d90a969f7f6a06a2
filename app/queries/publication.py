"""The next version before it is out: what stands in its way, what it does to all that is open."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from app.domain import anchors, generated
from app.domain import operations as ops
from app.domain.anchors import Anchor
from app.domain.clauses import ClauseTree
from app.domain.provenance import NodeProvenance
from app.domain.rebase import Reason, Rebased, rebase
from app.kernel.said import counted, said
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from app.models.inside import InternalNote
from app.models.rounds import Round
from app.queries import agreements, ballots, consolidations, inside
from app.queries.consolidations import Standing

Fate = Literal["clean", "attention", "obsolete", "falls"]


@dataclass(frozen=True)
class Blocker:
    """One thing that keeps a version from being published.

    `kind` says where it is put right, `place` is the clause or the ballot.
    """

    kind: Literal["answers", "conflict", "edit", "reference", "ballot"]
    sentence: str
    place: str = ""


@dataclass(frozen=True)
class CarriedAmendment:
    """What becomes of an amendment that stays open.

    `detached`: what it amends is in the text now, so it amends the text itself.
    """

    row: AmendmentRow
    fate: Fate
    rebased: Rebased
    detached: bool = False


@dataclass(frozen=True)
class Publication:
    """The next version as it would be published now. `blockers` must be empty for that."""

    standing: Standing
    tree: ClauseTree
    provenance: Mapping[str, NodeProvenance]
    blockers: tuple[Blocker, ...]
    amendments: tuple[CarriedAmendment, ...]
    comments: tuple[tuple[Thread, anchors.Carried], ...]
    notes: tuple[tuple[InternalNote, anchors.Carried], ...]

    @property
    def number(self) -> int:
        """The number of the next version."""
        return self.standing.version.number + 1

    @property
    def fates(self) -> Mapping[str, int]:
        """How many open amendments have which fate."""
        return Counter(carried.fate for carried in self.amendments)

    @property
    def anchor_states(self) -> Mapping[str, int]:
        """How many comments on the text come to which state."""
        return Counter(carried.state for _, carried in self.comments)


def publication_of(session: Session, held: Round) -> Publication:
    """Work out the next version of a round, a pure function of what is stored: 13 statements."""
    standing = consolidations.standing_of(session, held)
    parties = agreements.parties_of(session, held.agreement_id)
    tree = generated.filled(standing.preview, parties)
    return Publication(
        standing,
        tree,
        generated.with_sources(tree, standing.provenance),
        tuple(blockers_of(session, standing)),
        tuple(_amendments(session, standing, tree)),
        tuple(_comments(session, standing, tree)),
        tuple(_notes(session, standing, tree)),
    )


def blockers_of(session: Session, standing: Standing) -> Iterator[Blocker]:
    """What keeps the next version from being published, each with where it is put right."""
    if count := consolidations.unanswered(session, standing.held):
        sentence = counted(
            count, "1 contribution has no answer.", "{n} contributions have no answer."
        )
        yield Blocker("answers", sentence)
    for ballot in ballots.uncounted_in(session, standing.held.id):
        if ballot.subject != "straw":
            sentence = said("Ballot {number} is not counted yet.", number=ballot.number)
            yield Blocker("ballot", sentence, str(ballot.number))
    if count := len(standing.merged.conflicts):
        sentence = counted(count, "1 conflict is open.", "{n} conflicts are open.")
        yield Blocker("conflict", sentence, standing.merged.conflicts[0].clause)
    for edit in standing.stale_edits:
        sentence = said(
            "Edit {number} no longer fits what was decided since. Undo it.", number=edit.number
        )
        yield Blocker("edit", sentence, edit.clauses[0])
    for one in standing.dangling:
        yield Blocker("reference", one.told, one.clause or "")


def _amendments(
    session: Session, standing: Standing, tree: ClauseTree
) -> Iterator[CarriedAmendment]:
    """Every amendment that stays open, primaries before what amends them."""
    adopted = {row.id: row for row in standing.amendments}
    primaries: dict[uuid.UUID, CarriedAmendment] = {}
    for row in consolidations.open_amendments_in(session, standing.held):
        operations = ops.from_json(row.operations)
        if row.rebase_state == "attention":
            carried = CarriedAmendment(
                row, "attention", _waits(said("It waits for its author already."))
            )
        elif row.primary_id is None:
            carried = _carried(row, rebase(operations, standing.base, tree))
        elif row.primary_id in adopted:
            with_primary = _with(standing.base, adopted[row.primary_id])
            carried = _carried(row, rebase(operations, with_primary, tree), detached=True)
        else:
            carried = _secondary(row, primaries.get(row.primary_id), standing.base, tree)
        primaries[row.id] = carried
        yield carried


def _secondary(
    row: AmendmentRow, primary: CarriedAmendment | None, base: ClauseTree, tree: ClauseTree
) -> CarriedAmendment:
    """What becomes of an amendment to one that stays open itself."""
    if primary is None or primary.fate in ("obsolete", "falls"):
        return CarriedAmendment(row, "falls", _waits(""))
    if primary.fate == "attention":
        reason = said("What it amends, {label}, waits for its author.", label=primary.row.label)
        return CarriedAmendment(row, "attention", _waits(reason))
    old = _with(base, primary.row)
    new = ops.apply(tree, primary.rebased.operations)
    return _carried(row, rebase(ops.from_json(row.operations), old, new))


def _carried(row: AmendmentRow, rebased: Rebased, *, detached: bool = False) -> CarriedAmendment:
    return CarriedAmendment(row, rebased.state, rebased, detached)


def _waits(sentence: str) -> Rebased:
    return Rebased("attention", (), (Reason(0, "", "attention", sentence),))


def _with(base: ClauseTree, primary: AmendmentRow) -> ClauseTree:
    return ops.apply(base, ops.from_json(primary.operations))


def _comments(
    session: Session, standing: Standing, tree: ClauseTree
) -> Iterator[tuple[Thread, anchors.Carried]]:
    """Every comment on the text of the version that was discussed, at its place in the next."""
    found = tree.version_hash
    for thread in consolidations.anchored_threads(session, standing.held.agreement_id):
        if thread.version_id == standing.version.id and thread.anchor_state != "clause_gone":
            yield thread, anchors.carry(anchor_of(thread), standing.base, tree, found)


def _notes(
    session: Session, standing: Standing, tree: ClauseTree
) -> Iterator[tuple[InternalNote, anchors.Carried]]:
    """Every internal note on that text, likewise: told to nobody, shown to its own organisation."""
    found = tree.version_hash
    for note in inside.anchored_notes(session, standing.held.agreement_id):
        if note.version_id == standing.version.id and note.anchor_state != "clause_gone":
            yield note, anchors.carry(anchor_of(note), standing.base, tree, found)


def anchor_of(thread: Thread | InternalNote) -> Anchor:
    """Where a comment points, as the domain takes it."""
    return Anchor(
        version="",
        clause=thread.clause_key or "",
        part=thread.part,  # type: ignore[arg-type]  # heading or text
        start=thread.start,
        end=thread.end,
        quote=thread.quote,
        prefix=thread.prefix,
        suffix=thread.suffix,
    )

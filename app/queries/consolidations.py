"""Consolidation as it stands now: decisions, resolutions and edits of a round, merged."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload, undefer

from app.domain import operations as ops
from app.domain import provenance as sources_
from app.domain.amendments import Amendment
from app.domain.clauses import ClauseTree
from app.domain.consequences import Consequence, consequences
from app.domain.consolidation import ConflictFound, Consolidation, Resolution, consolidate
from app.domain.lifecycle import AmendmentState, Outcome
from app.domain.operations import Operation
from app.domain.provenance import Provenance, Source
from app.kernel.errors import Conflict, Invalid, NotFound
from app.models.agreements import Version
from app.models.amendments import AmendmentRow
from app.models.clauses import tree_of
from app.models.comments import Thread
from app.models.decisions import Disposition, FacilitatorEdit, ResolutionRow
from app.models.rounds import Round
from app.queries import proposals
from app.queries.answers import is_said


@dataclass(frozen=True)
class Standing:
    """A round's text as it would be published now, and what it was made of.

    `preview` has every open conflict at the base wording and the facilitator's edits on top; an
    edit that later decisions overtook is stale and left out.
    """

    held: Round
    version: Version
    base: ClauseTree
    amendments: Sequence[AmendmentRow]
    resolutions: Sequence[ResolutionRow]
    edits: Sequence[FacilitatorEdit]
    stale_edits: Sequence[FacilitatorEdit]
    merged: Consolidation
    preview: ClauseTree
    provenance: Provenance

    @property
    def tree(self) -> ClauseTree | None:
        """The next text; None while a conflict is open or an edit no longer fits."""
        return None if self.merged.conflicts or self.stale_edits else self.preview

    @cached_property
    def consequences(self) -> tuple[Consequence, ...]:
        """What the decisions taken so far break or shift."""
        mandatory = frozenset(self.version.beside.get("mandatory", ()))
        return consequences(self.base, self.preview, mandatory)

    @property
    def dangling(self) -> tuple[Consequence, ...]:
        """References that would lead nowhere; while there are any nothing is published."""
        return tuple(one for one in self.consequences if one.kind == "dangling")


def standing_of(session: Session, held: Round) -> Standing:
    """Merge what is accepted in a round by now.

    A pure function of what is stored: five statements.
    """
    version = session.scalars(
        select(Version)
        .where(Version.id == held.version_id)
        .options(selectinload(Version.clauses), undefer(Version.provenance))
    ).one()
    accepted = accepted_in(session, held)
    resolved = resolutions_of(session, held.id)
    edits = edits_of(session, held.id)
    known = {row.conflict: as_resolution(row) for row in resolved}
    return _standing(held, version, accepted, resolved, edits, known)


def tried(standing: Standing, resolution: Resolution) -> Standing:
    """The same with one more conflict settled, to look at. Raises Invalid where it doesn't fit."""
    known = {row.conflict: as_resolution(row) for row in standing.resolutions}
    return _standing(
        standing.held,
        standing.version,
        standing.amendments,
        standing.resolutions,
        standing.edits,
        {**known, resolution.conflict: resolution},
    )


def try_out(standing: Standing, conflict: str, choice: str, value: object) -> Standing:
    """What would come of settling an open conflict. Raises Conflict where it isn't open."""
    if all(one.id != conflict for one in standing.merged.conflicts):
        raise Conflict("This conflict is settled already, or the decisions behind it changed.")
    return tried(standing, Resolution(conflict, choice, value))  # type: ignore[arg-type]  # the engine refuses others


def get_resolution(session: Session, round_id: uuid.UUID, row_id: uuid.UUID) -> ResolutionRow:
    """One resolution of a round. Raises NotFound."""
    row = session.get(ResolutionRow, row_id)
    if row is None or row.round_id != round_id:
        raise NotFound("There is no such decision in this round.")
    return row


def get_edit(session: Session, round_id: uuid.UUID, number: int) -> FacilitatorEdit:
    """One edit of the facilitator in a round. Raises NotFound."""
    row = session.scalars(
        select(FacilitatorEdit).where(
            FacilitatorEdit.round_id == round_id, FacilitatorEdit.number == number
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no edit {number} in this round.", number=number)
    return row


def unsettled(standing: Standing, without: Collection[str]) -> tuple[ConflictFound, ...]:
    """The conflicts there would be if some were not settled."""
    known = {
        row.conflict: as_resolution(row)
        for row in standing.resolutions
        if row.conflict not in without
    }
    return consolidate(standing.base, proposals.as_domains(standing.amendments), known).conflicts


def _standing(
    held: Round,
    version: Version,
    accepted: Sequence[AmendmentRow],
    resolved: Sequence[ResolutionRow],
    edits: Sequence[FacilitatorEdit],
    known: Mapping[str, Resolution],
) -> Standing:
    base = tree_of(version)
    merged = consolidate(
        base,
        proposals.as_domains(accepted),
        known,
        sources=_sources(accepted),
        origins=sources_.from_json(version.provenance) or None,
    )
    preview, origins, stale = _edited(merged, edits)
    return Standing(held, version, base, accepted, resolved, edits, stale, merged, preview, origins)


def _edited(
    merged: Consolidation, edits: Sequence[FacilitatorEdit]
) -> tuple[ClauseTree, Provenance, list[FacilitatorEdit]]:
    """The merged text with the facilitator's edits on top, in their order."""
    text, origins, stale = merged.preview, merged.provenance, []
    for edit in edits:
        source = Source("edit", str(edit.number), edit.why)
        try:
            step = rewritten(text, ops.from_json(edit.operations), origins, source)
        except (Conflict, Invalid):
            stale.append(edit)
        else:
            text, origins = step.preview, sources_.with_removed(step.provenance, origins)
    return text, origins, stale


def rewritten(
    text: ClauseTree, operations: Sequence[Operation], origins: Provenance, source: Source
) -> Consolidation:
    """A text with one set of operations in it, every new word from one source."""
    return consolidate(
        text, [Amendment(1, tuple(operations))], sources={1: source}, origins=origins
    )


def accepted_in(session: Session, held: Round) -> Sequence[AmendmentRow]:
    """The amendments accepted on the version of a round, by number."""
    return session.scalars(
        select(AmendmentRow)
        .where(
            AmendmentRow.round_id == held.id,
            AmendmentRow.version_id == held.version_id,
            AmendmentRow.state == AmendmentState.ACCEPTED,
        )
        .options(selectinload(AmendmentRow.organisation))
        .order_by(AmendmentRow.number)
    ).all()


def resolutions_of(session: Session, round_id: uuid.UUID) -> Sequence[ResolutionRow]:
    """The resolutions of a round that stand."""
    return session.scalars(
        select(ResolutionRow).where(
            ResolutionRow.round_id == round_id, ResolutionRow.undone_at.is_(None)
        )
    ).all()


def edits_of(session: Session, round_id: uuid.UUID) -> Sequence[FacilitatorEdit]:
    """The facilitator's edits in a round that stand, in their order."""
    return session.scalars(
        select(FacilitatorEdit)
        .where(FacilitatorEdit.round_id == round_id, FacilitatorEdit.undone_at.is_(None))
        .order_by(FacilitatorEdit.number)
    ).all()


def as_resolution(row: ResolutionRow) -> Resolution:
    """A stored resolution as the engine takes it."""
    return Resolution(
        conflict=row.conflict,
        choice=row.choice,  # type: ignore[arg-type]  # the table's check knows the four choices
        value=row.value,
        why=row.why,
        by=str(row.decided_by),
        at=row.decided_at.isoformat(),
    )


def unanswered(session: Session, held: Round) -> int:
    """How many contributions of a round have no answer: comments, and amendments nobody decided."""
    threads = session.scalar(
        select(func.count())
        .select_from(Thread)
        .outerjoin(
            Disposition,
            (Disposition.thread_id == Thread.id) & (Disposition.round_id == held.id),
        )
        .where(Thread.round_id == held.id, Disposition.id.is_(None), is_said())
    )
    amendments = session.scalar(
        select(func.count())
        .select_from(AmendmentRow)
        .outerjoin(
            Disposition,
            (Disposition.amendment_id == AmendmentRow.id) & (Disposition.round_id == held.id),
        )
        .where(
            AmendmentRow.round_id == held.id,
            AmendmentRow.state == AmendmentState.PROPOSED,
            Disposition.id.is_(None),
        )
    )
    return (threads or 0) + (amendments or 0)


def open_amendments_in(session: Session, held: Round) -> Sequence[AmendmentRow]:
    """The amendments of a round still proposed, primaries before what amends them."""
    return session.scalars(
        select(AmendmentRow)
        .where(AmendmentRow.round_id == held.id, AmendmentRow.state == AmendmentState.PROPOSED)
        .order_by(AmendmentRow.primary_id.is_not(None), AmendmentRow.number)
    ).all()


def left_open(session: Session, held: Round) -> Sequence[AmendmentRow | Thread]:
    """What a round leaves to the next: open amendments, and comments whose answer is deferred."""
    deferred = session.scalars(
        select(Thread)
        .join(
            Disposition,
            (Disposition.thread_id == Thread.id) & (Disposition.round_id == held.id),
        )
        .where(Thread.round_id == held.id, Disposition.outcome == Outcome.DEFERRED)
        .order_by(Thread.number)
    ).all()
    return [*open_amendments_in(session, held), *deferred]


def anchored_threads(session: Session, agreement_id: uuid.UUID) -> Sequence[Thread]:
    """Every comment on a clause or on words of one: they follow the text to each new version."""
    return session.scalars(
        select(Thread)
        .where(Thread.agreement_id == agreement_id, Thread.clause_key.is_not(None))
        .order_by(Thread.number)
    ).all()


def _sources(accepted: Sequence[AmendmentRow]) -> Mapping[int, Source]:
    return {
        row.number: Source("amendment", row.label, row.reason)
        for row in accepted
        if row.number is not None
    }

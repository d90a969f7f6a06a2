"""Consolidation: settling conflicts, editing with a reason, publishing the next version."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import anchors, provenance
from app.domain import events as e
from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.domain.consolidation import Resolution
from app.domain.lifecycle import AgreementState, AmendmentState, move
from app.domain.operations import Operation
from app.kernel.errors import Conflict, Invalid, WrongMoment
from app.kernel.said import said
from app.models.agreements import Version
from app.models.amendments import AmendmentRow
from app.models.clauses import new_version
from app.models.comments import Thread
from app.models.decisions import FacilitatorEdit, ResolutionRow
from app.models.inside import InternalNote
from app.models.rounds import Round
from app.queries import consolidations as found
from app.queries import publication, reports
from app.queries.consolidations import Standing
from app.queries.publication import CarriedAmendment


@action(Permission.CONFLICT_RESOLVE)
def resolve_conflict(
    work: Work,
    held: Round,
    *,
    conflict: str,
    choice: str,
    value: Any = None,
    why: str = "",
) -> ResolutionRow:
    """Settle one conflict: the base, a side, an order, or an own wording with its reason."""
    standing = found.standing_of(work.session, held)
    met = next((one for one in standing.merged.conflicts if one.id == conflict), None)
    if met is None:
        raise Conflict("This conflict is settled already, or the decisions behind it changed.")
    if choice == "own" and not why.strip():
        raise Invalid("Give the reason for your own wording; everybody reads it.", "why")
    if choice == "own" and met.kind == "structure" and not str(value or "").strip():
        raise Invalid("Write the text, or choose that the clause goes.", "own")
    _fits(standing, conflict, choice, value)
    row = ResolutionRow(
        agreement_id=held.agreement_id,
        round_id=held.id,
        conflict=conflict,
        clause_key=met.clause,
        choice=choice,
        value=value,
        why=why.strip(),
        decided_by=work.person,
        decided_at=work.now,
    )
    work.session.add(row)
    work.record(e.ConflictResolved(clause=met.clause, conflict=conflict, choice=choice))
    return row


def _fits(standing: Standing, conflict: str, choice: str, value: Any) -> None:
    """Let the engine try the resolution; it raises Invalid where it doesn't fit."""
    tried = Resolution(conflict, choice, value)  # type: ignore[arg-type]  # the engine refuses others
    settled = found.tried(standing, tried).merged
    if any(one.id == conflict for one in settled.conflicts):
        raise Invalid("This choice doesn't settle the conflict.", "choice")


@action(Permission.CONFLICT_RESOLVE)
def undo_resolution(work: Work, row: ResolutionRow) -> ResolutionRow:
    """Open a settled conflict again."""
    if row.undone_at is not None:
        work.unchanged = True
        return row
    row.undone_at = work.now
    work.record(e.ResolutionUndone(clause=row.clause_key, conflict=row.conflict))
    return row


@action(Permission.TEXT_EDIT)
def edit_text(
    work: Work, held: Round, *, operations: Sequence[Operation], why: str
) -> FacilitatorEdit:
    """Change the text as it reads now, with a reason; it lies on top of what was decided."""
    if not why.strip():
        raise Invalid("Give the reason; everybody reads it beside the change.", "why")
    standing = found.standing_of(work.session, held)
    ops.apply(standing.preview, operations)
    touched = sorted(ops.touched(operations))
    edit = FacilitatorEdit(
        agreement_id=held.agreement_id,
        round_id=held.id,
        number=1 + _edits_so_far(work, held.id),
        operations=ops.to_json(operations),
        clauses=touched,
        why=why.strip(),
        made_by=work.person,
        made_at=work.now,
    )
    work.session.add(edit)
    work.record(
        e.FacilitatorEdited(
            clauses=tuple(touched),
            commitment=ops.operations_hash(operations),
        )
    )
    return edit


@action(Permission.TEXT_EDIT)
def undo_edit(work: Work, edit: FacilitatorEdit) -> FacilitatorEdit:
    """Take back an edit of one's own or of a colleague's."""
    if edit.undone_at is not None:
        work.unchanged = True
        return edit
    edit.undone_at = work.now
    work.record(e.FacilitatorEditUndone(clauses=tuple(edit.clauses)))
    return edit


def _edits_so_far(work: Work, round_id: uuid.UUID) -> int:
    return (
        work.session.scalar(
            select(func.count())
            .select_from(FacilitatorEdit)
            .where(FacilitatorEdit.round_id == round_id)
        )
        or 0
    )


@action(Permission.VERSION_PUBLISH)
def publish_version(work: Work, held: Round, *, note: str = "") -> Version:
    """Publish the next version, and carry over all that stays open, in one transaction."""
    coming = publication.publication_of(work.session, held)
    if coming.blockers:
        raise WrongMoment(
            "Version {number} can't be published yet. {first}",
            number=coming.number,
            first=coming.blockers[0].sentence,
        )
    provenance.check(coming.tree, coming.provenance)
    version = new_version(
        held.agreement_id,
        coming.number,
        coming.tree,
        beside=_beside(coming.standing.version, coming.tree),
        provenance=provenance.to_json(coming.provenance),
        published_at=work.now,
        published_by=work.person,
        note=note.strip(),
    )
    work.session.add(version)
    work.session.flush()
    for carried in coming.amendments:
        _carry_amendment(work, carried, version)
    for thread, moved in coming.comments:
        _carry_comment(thread, moved, version)
    for note_inside, moved in coming.notes:
        _carry_comment(note_inside, moved, version)
    held.settled_at = work.now
    agreement = held.agreement
    agreement.state = move(AgreementState(agreement.state), AgreementState.PUBLISHED)
    agreement.title = coming.tree.title
    work.record(e.VersionPublished(version=version.number, hash=version.hash))
    work.record(*reports.answers_given(work.session, held))
    return version


def _beside(version: Version, tree: ClauseTree) -> dict[str, Any]:
    """What stands beside the text, without the clauses that are gone."""
    kept: dict[str, Any] = {}
    for name, held in version.beside.items():
        if isinstance(held, dict) and name != "blanks":
            kept[name] = {key: value for key, value in held.items() if key in tree.nodes}
        elif name == "mandatory":
            kept[name] = [key for key in held if key in tree.nodes]
        else:
            kept[name] = held
    return kept


def _carry_amendment(work: Work, carried: CarriedAmendment, version: Version) -> None:
    """Put an open amendment on the new version; what the text says already becomes obsolete."""
    row = carried.row
    row.version_id, row.rebase_state = version.id, carried.fate
    row.rebase_reasons = [reason.sentence for reason in carried.rebased.reasons]
    if carried.detached:
        row.primary_id, row.primary_hash = None, ""
    if carried.fate == "clean":
        row.operations = ops.to_json(carried.rebased.operations)
        row.operations_hash = ops.operations_hash(carried.rebased.operations)
        row.clauses = sorted(ops.touched(carried.rebased.operations))
        if row.primary_id is not None:
            row.primary_hash = work.session.get_one(AmendmentRow, row.primary_id).operations_hash
    elif carried.fate != "attention":
        ends = AmendmentState.OBSOLETE if carried.fate == "obsolete" else AmendmentState.FALLEN
        row.state = move(AmendmentState(row.state), ends)
        row.decided_at, row.rebase_state, row.rebase_reasons = work.now, "", []
        row.reason = said(_ENDINGS[carried.fate], version=version.number)
    work.record(e.AmendmentRebased(amendment=row.label, state=carried.fate, version=version.number))


_ENDINGS = {
    "obsolete": "Version {version} says so already.",
    "falls": "Version {version} says already what it amends. Propose it on the text itself.",
}


def _carry_comment(thread: Thread | InternalNote, moved: anchors.Carried, version: Version) -> None:
    """Let a comment follow its words; where the clause is gone it stays on the old version."""
    thread.anchor_state = moved.state.replace(" ", "_")
    if moved.state == "clause gone":
        return
    thread.version_id = version.id
    thread.clause_key, thread.part = moved.anchor.clause, moved.anchor.part
    thread.start, thread.end = moved.anchor.start, moved.anchor.end
    thread.prefix, thread.suffix = moved.anchor.prefix, moved.anchor.suffix

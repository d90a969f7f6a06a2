"""Consolidation: settling conflicts, editing with a reason, publishing the next version."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import anchors, generated, provenance
from app.domain import events as e
from app.domain import operations as ops
from app.domain.anchors import Anchor
from app.domain.clauses import ClauseTree, Kind
from app.domain.commitments import commitment
from app.domain.consolidation import Resolution, consolidate
from app.domain.lifecycle import AgreementState, AmendmentState, move
from app.domain.operations import Operation
from app.domain.provenance import NodeProvenance, Source
from app.domain.rebase import rebase
from app.kernel.errors import Conflict, Invalid, WrongMoment
from app.kernel.ids import new_token
from app.models.agreements import Version
from app.models.amendments import AmendmentRow
from app.models.clauses import new_version
from app.models.comments import Thread
from app.models.decisions import FacilitatorEdit, ResolutionRow
from app.models.rounds import Round
from app.queries import agreements, proposals
from app.queries import consolidations as found
from app.queries.consolidations import Standing


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
    known = {row.conflict: found.as_resolution(row) for row in standing.resolutions}
    tried = Resolution(conflict, choice, value)  # type: ignore[arg-type]  # the engine refuses others
    amendments = proposals.as_domains(standing.amendments)
    settled = consolidate(standing.base, amendments, {**known, conflict: tried})
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
            commitment=commitment(new_token(), ops.operations_hash(operations)),
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
    if count := found.unanswered(work.session, held):
        raise WrongMoment(
            "{count} contributions have no answer yet. A version is published when all have one.",
            count=count,
        )
    standing = found.standing_of(work.session, held)
    tree = _publishable(standing)
    tree = generated.filled(tree, agreements.parties_of(work.session, held.agreement_id))
    version = new_version(
        held.agreement_id,
        standing.version.number + 1,
        tree,
        beside=_beside(standing.version, tree),
        provenance=provenance.to_json(_origins(standing, tree)),
        published_at=work.now,
        published_by=work.person,
        note=note.strip(),
    )
    work.session.add(version)
    work.session.flush()
    _carry_amendments(work, standing, version, tree)
    _carry_comments(work, standing, version, tree)
    held.settled_at = work.now
    agreement = held.agreement
    agreement.state = move(AgreementState(agreement.state), AgreementState.PUBLISHED)
    agreement.title = tree.title
    work.record(e.VersionPublished(version=version.number, hash=version.hash))
    return version


def _publishable(standing: Standing) -> ClauseTree:
    if standing.merged.conflicts:
        raise WrongMoment(
            "{count} conflicts are open. Settle them first.", count=len(standing.merged.conflicts)
        )
    if standing.stale_edits:
        raise WrongMoment(
            "An edit of yours no longer fits what was decided since. Undo it, then edit again."
        )
    if standing.dangling:
        raise WrongMoment(
            "A reference would lead nowhere: {first}", first=str(standing.dangling[0])
        )
    return standing.preview


def _origins(standing: Standing, tree: ClauseTree) -> dict[str, NodeProvenance]:
    """Where every word comes from, the rows of generated tables included."""
    known = dict(standing.provenance)
    for node in tree.walk():
        if node.kind is Kind.GENERATED:
            for row in node.children:
                known[row.key] = provenance.of_node(row, Source("answer", node.text))
    return known


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


def _carry_amendments(work: Work, standing: Standing, version: Version, tree: ClauseTree) -> None:
    """Rebase every amendment that stays open; what the text says already becomes obsolete."""
    bases: dict[uuid.UUID | None, tuple[ClauseTree, ClauseTree]] = {None: (standing.base, tree)}
    carried: dict[uuid.UUID, AmendmentRow] = {}
    for row in found.open_amendments_in(work.session, standing.held):
        old, new = bases.get(row.primary_id, bases[None])
        operations = ops.from_json(row.operations)
        if row.primary_id is None:
            before = ops.apply(old, operations)
        result = rebase(operations, old, new)
        row.version_id, row.rebase_state = version.id, result.state
        row.rebase_reasons = [reason.sentence for reason in result.reasons]
        if result.state == "obsolete":
            row.state = move(AmendmentState(row.state), AmendmentState.OBSOLETE)
            row.decided_at, row.rebase_state = work.now, ""
            row.reason = f"Version {version.number} says so already."
        elif result.state == "clean":
            row.operations = ops.to_json(result.operations)
            row.operations_hash = ops.operations_hash(result.operations)
        if row.primary_id is None and result.state == "clean":
            bases[row.id] = (before, ops.apply(tree, result.operations))
        elif row.primary_id in carried:
            row.primary_hash = carried[row.primary_id].operations_hash
        carried[row.id] = row
        work.record(
            e.AmendmentRebased(amendment=row.label, state=result.state, version=version.number)
        )


def _carry_comments(work: Work, standing: Standing, version: Version, tree: ClauseTree) -> None:
    """Let every comment follow its words; say where the words changed or are gone."""
    for thread in found.anchored_threads(work.session, standing.held.agreement_id):
        if thread.version_id != standing.version.id or thread.anchor_state == "clause_gone":
            continue
        moved = anchors.carry(_anchor_of(thread), standing.base, tree, version.hash)
        thread.anchor_state = moved.state.replace(" ", "_")
        if moved.state == "clause gone":
            continue
        thread.version_id = version.id
        thread.clause_key, thread.part = moved.anchor.clause, moved.anchor.part
        thread.start, thread.end = moved.anchor.start, moved.anchor.end
        thread.prefix, thread.suffix = moved.anchor.prefix, moved.anchor.suffix


def _anchor_of(thread: Thread) -> Anchor:
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

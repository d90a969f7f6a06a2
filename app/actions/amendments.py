"""Amendments: keeping a draft, proposing, amending, supporting, withdrawing, confirming."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain import generated
from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState, move
from app.domain.operations import Operation
from app.domain.text_diff import TOKENISER
from app.kernel.errors import Conflict, Invalid
from app.kernel.said import said
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow, Support
from app.models.clauses import tree_of
from app.models.inside import DraftCheck, InternalNote, InternalRemark
from app.models.people import Organisation
from app.models.rounds import Round
from app.queries import proposals
from app.queries.people import speaks_for
from app.queries.versions import take_number, version_by_id

MOST_OPERATIONS = 100


@action(Permission.AMENDMENT_DRAFT)
def draft_amendment(
    work: Work,
    opened: Round,
    *,
    operations: Sequence[Operation],
    rationale: str = "",
    replaces: AmendmentRow | None = None,
    on_behalf_of: Organisation | None = None,
    form_key: str | None = None,
) -> AmendmentRow:
    """Keep a draft that only one's own organisation sees. The same form key keeps one draft."""
    _check(tree_of(version_by_id(work.session, opened.version_id)), operations)
    kept = _kept(work, form_key)
    if kept is not None:
        return _once_more(work, kept, operations, rationale)
    draft = _draft(work, opened, on_behalf_of, rationale, form_key)
    draft.replaces_id = replaces.id if replaces else None
    _set_operations(draft, operations)
    work.session.add(draft)
    _keep(work, draft)
    return draft


@action(Permission.AMENDMENT_AMEND)
def amend_amendment(
    work: Work,
    primary: AmendmentRow,
    *,
    operations: Sequence[Operation],
    rationale: str = "",
    on_behalf_of: Organisation | None = None,
    form_key: str | None = None,
) -> AmendmentRow:
    """Keep a draft that changes another amendment, written against its wording."""
    _check(proposals.text_with(work.session, primary), operations)
    kept = _kept(work, form_key)
    if kept is not None:
        return _once_more(work, kept, operations, rationale)
    draft = _draft(work, primary.round, on_behalf_of, rationale, form_key)
    draft.version_id = primary.version_id
    draft.primary_id, draft.primary_hash = primary.id, primary.operations_hash
    _set_operations(draft, operations)
    work.session.add(draft)
    _keep(work, draft)
    return draft


@action(Permission.AMENDMENT_EDIT)
def edit_draft_amendment(
    work: Work,
    draft: AmendmentRow,
    *,
    operations: Sequence[Operation],
    rationale: str,
    seen: int,
) -> AmendmentRow:
    """Change a draft. `seen` is the row version on the form."""
    if draft.row_version != seen:
        raise Conflict("A colleague changed this draft meanwhile. Compare, then save again.")
    _check(proposals.base_of(work.session, draft), operations)
    _set_operations(draft, operations)
    draft.rationale = rationale.strip()
    if not work.session.is_modified(draft):
        work.unchanged = True
        return draft
    _keep(work, draft)
    return draft


@action(Permission.AMENDMENT_EDIT)
def discard_draft(work: Work, draft: AmendmentRow) -> AmendmentRow:
    """Throw a draft away with what was said about it inside; nobody else ever saw it."""
    notes = select(InternalNote.id).where(InternalNote.amendment_id == draft.id)
    work.session.execute(delete(InternalRemark).where(InternalRemark.note_id.in_(notes)))
    work.session.execute(delete(InternalNote).where(InternalNote.amendment_id == draft.id))
    work.session.execute(delete(DraftCheck).where(DraftCheck.amendment_id == draft.id))
    work.session.delete(draft)
    work.record(e.DraftDiscarded(_name(work, draft), _inside(draft)))
    return draft


@action(Permission.AMENDMENT_PROPOSE)
def propose_amendment(work: Work, draft: AmendmentRow) -> AmendmentRow:
    """Put a draft before everybody; from now on its wording never changes."""
    operations = ops.from_json(draft.operations)
    if not operations:
        raise Invalid("Change something in the text first.", "operations")
    _check(proposals.base_of(work.session, draft), operations)
    _name_it(work, draft)
    draft.state = move(AmendmentState(draft.state), AmendmentState.PROPOSED)
    draft.proposed_at = work.now
    if draft.replaces_id is not None:
        _step_back(work, work.session.get_one(AmendmentRow, draft.replaces_id), draft)
    work.record(
        e.AmendmentProposed(
            amendment=draft.label,
            organisation=_name(work, draft),
            clauses=tuple(draft.clauses),
            operations=draft.operations_hash,
        )
    )
    return draft


@action(Permission.AMENDMENT_SUPPORT)
def support_amendment(work: Work, amendment: AmendmentRow, *, supports: bool) -> AmendmentRow:
    """Stand behind another organisation's amendment, or no longer."""
    organisation = speaks_for(work.actor, amendment.agreement_id)
    if organisation is None:
        raise Invalid("Only an organisation supports an amendment.")
    given = work.session.get(Support, (amendment.id, organisation.id))
    if (given is not None) == supports:
        work.unchanged = True
        return amendment
    if supports:
        work.session.add(
            Support(
                amendment_id=amendment.id,
                organisation_id=organisation.id,
                given_by=work.person,
                given_at=work.now,
            )
        )
        work.record(e.AmendmentSupported(amendment=amendment.label, organisation=organisation.name))
    else:
        work.session.delete(given)
        work.record(e.SupportWithdrawn(amendment=amendment.label, organisation=organisation.name))
    return amendment


@action(Permission.AMENDMENT_WITHDRAW)
def withdraw_amendment(
    work: Work, amendment: AmendmentRow, *, in_favour_of: AmendmentRow | None = None
) -> AmendmentRow:
    """Take one's own amendment back, in favour of another's where one is named."""
    amendment.in_favour_of_id = in_favour_of.id if in_favour_of else None
    _withdraw(work, amendment)
    return amendment


@action(Permission.AMENDMENT_CONFIRM)
def confirm_rebased(
    work: Work, amendment: AmendmentRow, *, operations: Sequence[Operation]
) -> AmendmentRow:
    """Confirm or rewrite what a new version put in doubt, against that version."""
    if not operations:
        raise Invalid("Nothing of it is left to confirm. Write it anew, or withdraw it.")
    _check(proposals.base_of(work.session, amendment), operations)
    _set_operations(amendment, operations)
    amendment.rebase_state, amendment.rebase_reasons = "clean", []
    version = version_by_id(work.session, amendment.version_id)
    work.record(
        e.AmendmentRebased(amendment=amendment.label, state="clean", version=version.number)
    )
    return amendment


def _kept(work: Work, form_key: str | None) -> AmendmentRow | None:
    if not form_key:
        return None
    return work.session.scalars(
        select(AmendmentRow).where(
            AmendmentRow.author_id == work.person, AmendmentRow.form_key == form_key
        )
    ).one_or_none()


def _keep(work: Work, draft: AmendmentRow) -> None:
    """Record that a draft has new words: they are unchecked, whoever checked the old ones."""
    draft.state, draft.written_by = AmendmentState.DRAFT, work.person
    work.record(e.AmendmentDrafted(_name(work, draft), _inside(draft)))


def _inside(draft: AmendmentRow) -> str:
    return str(draft.organisation_id or "")


def _once_more(
    work: Work, kept: AmendmentRow, operations: Sequence[Operation], rationale: str
) -> AmendmentRow:
    """Take the same form again: a second press changes nothing, other words change the draft."""
    same_words = kept.operations_hash == ops.operations_hash(operations)
    if same_words and kept.rationale == rationale.strip():
        work.unchanged = True
        return kept
    if kept.label:
        raise Conflict(
            "This was proposed already, as {label}. Its wording doesn't change any more; "
            "begin a better wording from its page.",
            label=kept.label,
        )
    _set_operations(kept, operations)
    kept.rationale = rationale.strip()
    _keep(work, kept)
    return kept


def _draft(
    work: Work,
    opened: Round,
    on_behalf_of: Organisation | None,
    rationale: str,
    form_key: str | None,
) -> AmendmentRow:
    organisation = speaks_for(work.actor, opened.agreement_id, on_behalf_of)
    return AmendmentRow(
        agreement_id=opened.agreement_id,
        round_id=opened.id,
        version_id=opened.version_id,
        organisation_id=organisation.id if organisation else None,
        author_id=work.person,
        entered_by=work.person if on_behalf_of else None,
        rationale=rationale.strip(),
        state=AmendmentState.DRAFT,
        form_key=form_key or None,
        created_at=work.now,
    )


def _check(text: ClauseTree, operations: Sequence[Operation]) -> None:
    """Raise what `apply` raises, and Invalid where what is filled in by itself would change."""
    ops.apply(text, operations)
    generated.check_left_alone(text, operations)


def _set_operations(amendment: AmendmentRow, operations: Sequence[Operation]) -> None:
    if len(operations) > MOST_OPERATIONS:
        raise Invalid("One amendment holds at most {most} changes.", most=MOST_OPERATIONS)
    amendment.operations = ops.to_json(operations)
    amendment.operations_hash = ops.operations_hash(operations)
    amendment.clauses = sorted(ops.touched(operations))
    amendment.tokeniser = TOKENISER


def _name_it(work: Work, draft: AmendmentRow) -> None:
    draft.number = take_number(work.session, draft.agreement_id, Agreement.next_amendment)
    if draft.primary_id is None:
        draft.label = f"A{proposals.next_label_number(work.session, draft.agreement_id)}"
        return
    primary = work.session.get_one(AmendmentRow, draft.primary_id)
    if primary.state != AmendmentState.PROPOSED or primary.operations_hash != draft.primary_hash:
        raise Conflict(
            "{label} is decided or withdrawn; propose your change on the text itself.",
            label=primary.label,
        )
    draft.label = f"{primary.label}.{proposals.next_secondary_number(work.session, primary.id)}"


def _step_back(work: Work, older: AmendmentRow, newer: AmendmentRow) -> None:
    if older.organisation_id != newer.organisation_id:
        raise Invalid("A better wording replaces an amendment of one's own organisation.")
    if older.state == AmendmentState.PROPOSED:
        older.in_favour_of_id = newer.id
        _withdraw(work, older)


def _check_no_ballot(work: Work, amendment: AmendmentRow) -> None:
    """Refuse where a ballot is deciding on an amendment, or on one that would fall with it."""
    for row in (amendment, *proposals.secondaries_of(work.session, amendment.id)):
        if ballot := proposals.open_ballot_on(work.session, row, work.now):
            raise Conflict(
                "Ballot {number} is deciding on {label}; {withdrawn} can't be withdrawn now.",
                number=ballot.number,
                label=row.label,
                withdrawn=amendment.label,
            )


def _withdraw(work: Work, amendment: AmendmentRow) -> None:
    _check_no_ballot(work, amendment)
    amendment.state = move(AmendmentState(amendment.state), AmendmentState.WITHDRAWN)
    amendment.decided_at = work.now
    work.session.execute(delete(Support).where(Support.amendment_id == amendment.id))
    work.record(
        e.AmendmentWithdrawn(amendment=amendment.label, organisation=_name(work, amendment))
    )
    for secondary in proposals.secondaries_of(work.session, amendment.id):
        secondary.state = move(AmendmentState(secondary.state), AmendmentState.FALLEN)
        secondary.decided_at = work.now
        secondary.reason = said("{label} was withdrawn.", label=amendment.label)
        work.record(e.AmendmentDecided(amendment=secondary.label, state=AmendmentState.FALLEN))


def _name(work: Work, amendment: AmendmentRow) -> str:
    if amendment.organisation_id is None:
        return said("The facilitator")
    return work.session.get_one(Organisation, amendment.organisation_id).name

"""Checking inside: a draft is shown to a colleague before it is proposed to everybody."""

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.lifecycle import AmendmentState, move
from app.domain.remarks import short_words
from app.kernel.errors import Conflict, Invalid
from app.models.amendments import AmendmentRow
from app.models.inside import DraftCheck
from app.models.people import Organisation
from app.queries.inside import last_check

LONGEST = 2_000


@action(Permission.AMENDMENT_ASK)
def ask_for_check(work: Work, draft: AmendmentRow, *, remark: str = "") -> AmendmentRow:
    """Ask one's colleagues to check a draft; they are told. Asking twice asks once."""
    if draft.state == AmendmentState.CHECKED:
        raise Invalid("A colleague checked these words already.")
    last = last_check(work.session, draft.id)
    if last is not None and last.step == "asked":
        work.unchanged = True
        return draft
    _step(work, draft, "asked", short_words(remark, "remark", LONGEST))
    work.record(e.CheckAsked(*_inside(work, draft)))
    return draft


@action(Permission.AMENDMENT_CHECK)
def check_draft(
    work: Work, draft: AmendmentRow, *, passes: bool, remark: str, seen: int
) -> AmendmentRow:
    """Say that a colleague's draft may be proposed, or send it back with what is to change.

    `seen` is the row version of the words that were read.
    """
    if draft.row_version != seen:
        raise Conflict("A colleague changed this draft meanwhile. Read it again, then decide.")
    words = short_words(remark, "remark", LONGEST)
    if not passes and not words:
        raise Invalid("Say what is to change.", "remark")
    wanted = AmendmentState.CHECKED if passes else AmendmentState.DRAFT
    if passes and draft.state == wanted:
        work.unchanged = True
        return draft
    if draft.state != wanted:
        draft.state = move(AmendmentState(draft.state), wanted)
    _step(work, draft, "checked" if passes else "sent_back", words)
    told = e.DraftChecked if passes else e.DraftSentBack
    work.record(told(*_inside(work, draft), draft.operations_hash))
    return draft


def _step(work: Work, draft: AmendmentRow, step: str, remark: str) -> None:
    work.session.add(
        DraftCheck(
            amendment_id=draft.id,
            step=step,
            made_by=work.person,
            made_at=work.now,
            remark=remark,
        )
    )


def _inside(work: Work, draft: AmendmentRow) -> tuple[str, str, str]:
    """What every event of a check says: the organisation's name, its id, the draft's id."""
    organisation = work.session.get_one(Organisation, draft.organisation_id)
    return organisation.name, str(organisation.id), str(draft.id)

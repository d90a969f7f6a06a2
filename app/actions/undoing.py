"""Undoing answers until the round is settled: all of one press, or one of them."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.answering import DECIDES, LeftOut, Pressed
from app.domain.lifecycle import AmendmentState, move
from app.kernel.errors import AppError, Conflict, Invalid
from app.kernel.said import said, taken
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from app.models.decisions import Disposition
from app.models.desk import AnswerChange
from app.models.rounds import Round
from app.queries import alternatives, answers


@action(Permission.DISPOSITION_GIVE)
def undo_answers(
    work: Work, held: Round, *, number: int | None = None, only: uuid.UUID | None = None
) -> Pressed:
    """Put back what stood before a press: of all it answered, or `only` of one contribution.

    Without a number it is the actor's own last press that still stands. What was answered again
    since is left as it is and named. Raises Invalid where there is nothing to undo, Conflict where
    nothing could be.
    """
    wanted = number or answers.last_press_of(work.session, held.id, work.person)
    changes = answers.standing_changes(work.session, held.id, wanted) if wanted else ()
    undone = [change for change in changes if only is None or _about(change) == only]
    if wanted is None or not [change for change in undone if change.outcome]:
        raise Invalid("There is no answer of yours to undo in this round.")
    back, left = [], []
    for change in undone:
        if not change.outcome:
            continue
        name = _name(work, change)
        try:
            _put_back(work, change, name)
        except AppError as no:
            left.append(LeftOut(name, said(no.message, **no.params)))
        else:
            _carry_back(work, change, changes)
            back.append(name)
    if not back:
        raise Conflict("{why}", why=left[0].why)
    return Pressed(wanted, tuple(back), tuple(left))


def _about(change: AnswerChange) -> uuid.UUID | None:
    return change.thread_id or change.amendment_id


def _name(work: Work, change: AnswerChange) -> str:
    if change.thread_id is not None:
        return f"C{work.session.get_one(Thread, change.thread_id).number}"
    return work.session.get_one(AmendmentRow, change.amendment_id).label


def _put_back(work: Work, change: AnswerChange, name: str) -> None:
    """Let the answer, and what it decided, be as before."""
    row = answers.of_contribution(work.session, change.round_id, _about(change))
    if row is None or row.given_in != change.number:
        raise Conflict("{name} was answered again since; that answer stays.", name=name)
    if change.amendment_id is not None:
        amendment = work.session.get_one(AmendmentRow, change.amendment_id)
        _state_back(work, amendment, change)
        work.record(e.AmendmentAnswerUndone(amendment=name))
    else:
        work.record(e.CommentAnswerUndone(thread=int(name[1:])))
    _answer_back(work, row, change)
    change.undone_at, change.undone_by = work.now, work.person


def _answer_back(work: Work, row: Disposition, change: AnswerChange) -> None:
    before = change.before
    if before is None:
        work.session.delete(row)
        return
    row.outcome, row.answer = before["outcome"], taken(before["answer"])
    row.duplicate_of, row.given_in = before["duplicate_of"], before["given_in"]
    row.decided_by = uuid.UUID(before["decided_by"])
    row.decided_at = datetime.fromisoformat(before["decided_at"])


def _state_back(work: Work, row: AmendmentRow, change: AnswerChange) -> None:
    before = AmendmentState(change.state_before)
    if row.state == before:
        row.reason = change.reason_before
        return
    if row.state != DECIDES[change.outcome]:
        raise Conflict("{label} is {state} by now; that stays.", label=row.label, state=row.state)
    answers.check_decidable(work.session, row, before)
    _becomes(work, row, before, change.reason_before)


def _carry_back(work: Work, change: AnswerChange, changes: Sequence[AnswerChange]) -> None:
    """What fell with an amendment, or stood again with it, is as before too."""
    for row, carried in _carried(work, change, changes):
        before = AmendmentState(carried.state_before)
        fell = before is not AmendmentState.FALLEN
        if row.state == (AmendmentState.FALLEN if fell else AmendmentState.PROPOSED):
            _becomes(work, row, before, carried.reason_before)
        carried.undone_at, carried.undone_by = work.now, work.person


def _carried(
    work: Work, change: AnswerChange, changes: Sequence[AnswerChange]
) -> Iterator[tuple[AmendmentRow, AnswerChange]]:
    if change.amendment_id is None:
        return
    excluded = {row.id for row in alternatives.beside(work.session, change.amendment_id)}
    for one in changes:
        if not one.outcome and one.amendment_id is not None:
            row = work.session.get_one(AmendmentRow, one.amendment_id)
            if row.id in excluded or row.primary_id in {change.amendment_id, *excluded}:
                yield row, one


def _becomes(work: Work, row: AmendmentRow, state: AmendmentState, reason: str) -> None:
    """Move it, by way of `proposed` where no straight move is legal."""
    if AmendmentState.PROPOSED not in (row.state, state):
        row.state = move(AmendmentState(row.state), AmendmentState.PROPOSED)
    row.state = move(AmendmentState(row.state), state)
    row.decided_at = None if state is AmendmentState.PROPOSED else work.now
    row.reason = reason
    work.record(e.AmendmentDecided(amendment=row.label, state=state))

"""Answers kept for use again: the facilitators of an agreement share them."""

from sqlalchemy import func, select

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.kernel.errors import Conflict, Invalid
from app.models.agreements import Agreement
from app.models.desk import SavedAnswer

MOST = 200
"""So many a list can still be chosen from; a wordier library belongs in a paper of its own."""


@action(Permission.ANSWER_KEEP)
def keep_answer(work: Work, agreement: Agreement, *, title: str, text: str) -> SavedAnswer:
    """Keep an answer text under a title. Raises Invalid where the title is taken already."""
    held = work.session.scalar(select(func.count()).where(SavedAnswer.agreement_id == agreement.id))
    if (held or 0) >= MOST:
        raise Invalid("{most} answers are kept. Delete one first.", "title", most=MOST)
    row = SavedAnswer(agreement_id=agreement.id, kept_by=work.person, kept_at=work.now)
    _write(work, row, title, text)
    work.session.add(row)
    work.session.flush()
    work.record(e.SavedAnswerKept(saved=str(row.id)))
    return row


@action(Permission.ANSWER_KEEP)
def change_saved_answer(
    work: Work, row: SavedAnswer, *, title: str, text: str, seen: int
) -> SavedAnswer:
    """Give a kept answer another title or text; `seen` is the row version that was looked at."""
    if row.row_version != seen:
        raise Conflict("A colleague changed “{title}” meanwhile.", title=row.title)
    _write(work, row, title, text)
    work.record(e.SavedAnswerChanged(saved=str(row.id)))
    return row


@action(Permission.ANSWER_KEEP)
def delete_saved_answer(work: Work, row: SavedAnswer) -> None:
    """Keep an answer no longer. Answers that were given with it stay as they are."""
    work.record(e.SavedAnswerDeleted(saved=str(row.id)))
    work.session.delete(row)


def _write(work: Work, row: SavedAnswer, title: str, text: str) -> None:
    row.title, row.text = " ".join(title.split()), text.strip()
    if not row.title:
        raise Invalid("Give it a title; you choose by it.", "title")
    if not row.text:
        raise Invalid("Write the answer that is kept.", "text")
    taken = select(SavedAnswer.id).where(
        SavedAnswer.agreement_id == row.agreement_id, SavedAnswer.title == row.title
    )
    with work.session.no_autoflush:
        if work.session.scalar(taken) not in (None, row.id):
            raise Invalid("Another kept answer has this title.", "title")

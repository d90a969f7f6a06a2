"""Arranging the desk: who answers a contribution, and what goes together."""

import uuid
from collections.abc import Sequence

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.kernel.errors import Conflict, Invalid
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from app.models.desk import DeskMark
from app.models.rounds import Round
from app.queries import answers, desk_marks


@action(Permission.DESK_ARRANGE)
def assign_contributions(
    work: Work, held: Round, *, ids: Sequence[uuid.UUID], to: uuid.UUID | None
) -> Round:
    """Say which facilitator answers some contributions; none: whoever comes first.

    Raises Invalid where that person is not a facilitator of the agreement.
    """
    rows = _rows(work, held, ids)
    seats = desk_marks.facilitators(work.session, held.agreement_id)
    if to is not None and to not in seats:
        raise Invalid("Only a facilitator of this agreement answers its contributions.", "to")
    changed = [mark for mark in _marks(work, held, rows) if mark.assigned_to != to]
    for mark in changed:
        mark.assigned_to = to
    if not changed:
        work.unchanged = True
        return held
    numbers = tuple(_number(row) for row in rows)
    person = None if to is None else str(to)
    work.record(e.ContributionsAssigned(round=held.number, contributions=numbers, person=person))
    return held


@action(Permission.DESK_ARRANGE)
def group_contributions(work: Work, held: Round, *, ids: Sequence[uuid.UUID], head: str) -> Round:
    """Put some contributions into the group of another, named by its number as in C12 or A7."""
    rows = _rows(work, held, ids)
    wanted = head.strip().upper()
    found = desk_marks.contribution_in(work.session, held.id, wanted)
    if found is None:
        raise Invalid("There is no {number} on this desk.", "head", number=wanted or "such number")
    joining = [row for row in rows if row.id != found.id]
    if not joining:
        raise Invalid("{number} can't be grouped with itself alone.", "head", number=wanted)
    for mark in _marks(work, held, joining):
        mark.goes_with = wanted
    at_head = desk_marks.marks_of(work.session, held.id, [found.id]).get(found.id)
    if at_head is not None and at_head.goes_with in {_number(row) for row in joining}:
        at_head.goes_with = None
    numbers = tuple(_number(row) for row in joining)
    work.record(e.ContributionsGrouped(round=held.number, contributions=numbers, goes_with=wanted))
    return held


@action(Permission.DESK_ARRANGE)
def separate_contributions(work: Work, held: Round, *, ids: Sequence[uuid.UUID]) -> Round:
    """Let some contributions stand alone, whatever they are like."""
    rows = _rows(work, held, ids)
    for mark in _marks(work, held, rows):
        mark.goes_with = ""
    numbers = tuple(_number(row) for row in rows)
    work.record(e.ContributionsSeparated(round=held.number, contributions=numbers))
    return held


def _rows(work: Work, held: Round, ids: Sequence[uuid.UUID]) -> list[Thread | AmendmentRow]:
    if not ids:
        raise Invalid("Select the contributions first.")
    rows: list[Thread | AmendmentRow] = [
        *answers.threads_in(work.session, held.id, ids),
        *answers.amendments_in(work.session, held.id, ids),
    ]
    if len(rows) != len(set(ids)):
        raise Conflict("One of these contributions is not part of this round any more.")
    return rows


def _marks(work: Work, held: Round, rows: Sequence[Thread | AmendmentRow]) -> list[DeskMark]:
    """What is noted about each, made where nothing is yet."""
    known = desk_marks.marks_of(work.session, held.id, [row.id for row in rows])
    found = []
    for row in rows:
        mark = known.get(row.id)
        if mark is None:
            about = "thread_id" if isinstance(row, Thread) else "amendment_id"
            mark = DeskMark(round_id=held.id, **{about: row.id})
            work.session.add(mark)
        found.append(mark)
    return found


def _number(row: Thread | AmendmentRow) -> str:
    return f"C{row.number}" if isinstance(row, Thread) else row.label

"""Reminders: one press tells everybody who still owes something, at most once in 24 hours."""

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.kernel.errors import Conflict
from app.models.agreements import Agreement
from app.queries import owing


@action(Permission.REMINDER_SEND)
def send_reminders(work: Work, agreement: Agreement) -> int:
    """Remind whoever owes something now and was not reminded lately; hand back how many.

    The facilitator is never told of a press of their own. Raises Conflict where nobody is left.
    """
    due = [
        one
        for one in owing.owing_in(work.session, agreement, work.now)
        if one.may_be_reminded(work.now) and one.person != work.person
    ]
    if not due:
        raise Conflict("Nobody is left to remind: all have done it, or were reminded today.")
    work.record(*(e.PersonReminded(str(one.person), one.owes) for one in due))
    return len(due)

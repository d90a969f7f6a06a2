"""Visits: noting that somebody looked at Home. No event: it isn't on the record."""

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.models.people import User
from app.models.visits import Visit
from app.queries.visits import begun


@action(Permission.ACCOUNT_CHANGE)
def note_visit(work: Work, user: User, *, seen: int) -> Visit:
    """Say that somebody was told at Home what happened up to entry `seen` of the record."""
    work.unchanged = True
    held = work.session.get(Visit, user.id)
    if held is None:
        held = Visit(user_id=user.id, since_seq=seen, since_at=work.now)
        work.session.add(held)
    else:
        held.since_seq, held.since_at = begun(held, work.now)
    held.seen_seq, held.seen_at = seen, work.now
    return held

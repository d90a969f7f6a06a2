"""Reading: noting that somebody opened the text of a version. No event: it isn't on the record."""

import uuid

from app.access import policy
from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.kernel.errors import NotFound
from app.models.agreements import Agreement, Version
from app.models.people import User
from app.models.reading import ReadMark


@action(Permission.ACCOUNT_CHANGE)
def note_reading(
    work: Work, user: User, *, agreement: Agreement, version_id: uuid.UUID
) -> ReadMark:
    """Say that somebody has the text of a version before them; they were seen at this moment too.

    Raises NotFound where the version is none of the agreement's.
    """
    work.unchanged = True
    policy.require(work.actor, Permission.AGREEMENT_READ, agreement, work.now)
    version = work.session.get(Version, version_id)
    if version is None or version.agreement_id != agreement.id:
        raise NotFound("This agreement has no such version.")
    held = work.session.get(ReadMark, (version_id, user.id))
    if held is None:
        held = ReadMark(version_id=version_id, user_id=user.id)
        work.session.add(held)
    held.read_at = user.seen_at = work.now
    return held

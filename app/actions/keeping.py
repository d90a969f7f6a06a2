"""Words not sent yet: keeping them, letting them go. No event: nobody else ever sees them."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, delete, select

from app.access import policy
from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.kernel.errors import Invalid
from app.models.agreements import Agreement
from app.models.keeping import KeptWords
from app.models.people import User
from app.models.presence import Presence
from app.models.workspace import Workspace

LARGEST = 64 * 1024
"""Bytes of words that are kept for one form."""

MOST = 200
"""Forms for which one person's words are kept in one agreement; older ones go first."""


@action(Permission.ACCOUNT_CHANGE)
def keep_words(
    work: Work,
    user: User,
    *,
    agreement: Agreement,
    place: str,
    content: Mapping[str, Mapping[str, str]],
    base: str,
) -> KeptWords:
    """Keep what somebody typed (`words`) and chose (`choices`) so far, each by its field.

    Raises Invalid where it is too long.
    """
    work.unchanged = True
    policy.require(work.actor, Permission.AGREEMENT_READ, agreement, work.now)
    if len(json.dumps(content, ensure_ascii=False).encode()) > LARGEST:
        raise Invalid("This is too long to be kept while you type. Send it, or copy it elsewhere.")
    own = _own(user, agreement)
    held = work.session.scalars(own.where(KeptWords.place == place)).one_or_none()
    if held is None:
        for old in work.session.scalars(own.order_by(KeptWords.saved_at.desc()).offset(MOST - 1)):
            work.session.delete(old)
        held = KeptWords(user_id=user.id, agreement_id=agreement.id, place=place)
        work.session.add(held)
    held.content = {part: dict(given) for part, given in content.items()}
    held.base, held.saved_at = base, work.now
    return held


@action(Permission.ACCOUNT_CHANGE)
def let_go(work: Work, user: User, *, agreement: Agreement, place: str) -> User:
    """Forget what was kept for a form: it is sent, or not wanted any more."""
    work.unchanged = True
    work.session.execute(
        delete(KeptWords).where(
            KeptWords.user_id == user.id,
            KeptWords.agreement_id == agreement.id,
            KeptWords.place == place,
        )
    )
    return user


@action(Permission.UPKEEP_SWEEP)
def sweep_out(work: Work, workspace: Workspace, *, kept: datetime, seen: datetime) -> Workspace:
    """Delete what was kept before one moment, and who was last seen before the other."""
    work.unchanged = True
    work.session.execute(delete(KeptWords).where(KeptWords.saved_at < kept))
    work.session.execute(delete(Presence).where(Presence.seen_at < seen))
    return workspace


def _own(user: User, agreement: Agreement) -> Select[KeptWords]:
    return select(KeptWords).where(
        KeptWords.user_id == user.id, KeptWords.agreement_id == agreement.id
    )

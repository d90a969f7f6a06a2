"""A stamp says in which state of the record a page was made; nothing shown changes without it.

Every action writes what happened to the record in its own transaction, so the last entries, each by
its number and hash, name the state of everything that pages show of an agreement, in every process
alike. What happens inside an organisation changes the stamps of its own people only.
Autosaved drafts, read marks and presence are no events: what shows them is never kept by a stamp.
"""

import re
import uuid
from collections.abc import Collection

from sqlalchemy import ColumnElement, ScalarSelect, String, Uuid, bindparam, cast, select
from sqlalchemy.orm import Session

from app.domain.events import INTERNAL
from app.models.agreements import Agreement
from app.models.audit import AuditEntry
from app.models.rounds import Round

_NUMBERS = re.compile(r"(\d+):[0-9a-f]{64}")
_AGREEMENT = bindparam("agreement", type_=Uuid())
_OWN = bindparam("own", type_=Uuid(), expanding=True)


def _last(*conditions: ColumnElement[bool]) -> ScalarSelect[str]:
    return (
        select(cast(AuditEntry.seq, String) + ":" + AuditEntry.hash)
        .where(*conditions)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
        .scalar_subquery()
    )


_LAST = (
    _last(AuditEntry.agreement_id == _AGREEMENT, AuditEntry.tag.not_in(sorted(INTERNAL))),
    _last(AuditEntry.agreement_id.is_(None)),
    _last(AuditEntry.agreement_id == _AGREEMENT, AuditEntry.only_for.in_(_OWN)),
)
"""The last entry about the agreement, about people and organisations, and inside one's own."""

_STAMP_AND_ROUND = (
    select(*_LAST, Round)
    .select_from(Agreement)
    .outerjoin(Round, Round.agreement_id == Agreement.id)
    .where(Agreement.id == _AGREEMENT)
    .order_by(Round.number.desc())
    .limit(1)
)


def stamp_and_round(
    session: Session, agreement_id: uuid.UUID, own: Collection[uuid.UUID] = ()
) -> tuple[str, Round | None]:
    """The stamp and the latest round of an agreement, in one statement whatever its size.

    `own` are the reader's organisations there.

    Ask for it before what is kept under it: then what is kept may be newer, but never older.
    """
    asked = {"agreement": agreement_id, "own": list(own)}
    here, network, inside, latest = session.execute(_STAMP_AND_ROUND, asked).one()
    return f"{here or ''}{network or ''}{inside or ''}", latest


def cursor_of(stamp: str) -> int:
    """The newest entry that a stamp names: nothing older is new to its page; 0 for an empty one."""
    return max(map(int, _NUMBERS.findall(stamp)), default=0)

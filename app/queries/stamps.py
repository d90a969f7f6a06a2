"""A stamp says in which state of the record a page was made; nothing shown changes without it.

Every action writes what happened to the record in its own transaction, so the last entries, each by
its number and hash, name the state of everything that pages show of an agreement, in every process
alike. What happens inside an organisation changes the stamps of its own people only.
Autosaved drafts, read marks and presence are no events: what shows them is never kept by a stamp.
"""

import re
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    Uuid,
    bindparam,
    cast,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.domain.events import INTERNAL
from app.models.agreements import Agreement
from app.models.audit import AuditEntry
from app.models.rounds import Round

_NUMBERS = re.compile(r"(\d+):[0-9a-f]{64}")


def _last(*conditions: ColumnElement[bool]) -> ScalarSelect[str]:
    return (
        select(cast(AuditEntry.seq, String) + ":" + AuditEntry.hash)
        .where(*conditions)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
        .correlate(Agreement)
        .scalar_subquery()
    )


_PLACE = tuple_(AuditEntry.agreement_id, AuditEntry.only_for, types=[Uuid(), Uuid()])
_LAST = (
    _last(AuditEntry.agreement_id == Agreement.id, AuditEntry.tag.not_in(sorted(INTERNAL))),
    _last(AuditEntry.agreement_id.is_(None)),
    _last(AuditEntry.agreement_id == Agreement.id, _PLACE.in_(bindparam("own", expanding=True))),
)
"""The last entry about the agreement, about people and organisations, and inside one's own."""


def _newest_first(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    rounds = asked.select_from(Agreement).outerjoin(Round, Round.agreement_id == Agreement.id)
    return rounds.order_by(Round.number.desc()).limit(1)


_STAMP_AND_ROUND = _newest_first(select(*_LAST, Round)).where(
    Agreement.id == bindparam("agreement", type_=Uuid())
)
_STATE = _newest_first(select(*_LAST, Round, Agreement)).where(
    Agreement.slug == bindparam("slug", type_=String())
)


def stamp_and_round(
    session: Session, agreement_id: uuid.UUID, own: Collection[uuid.UUID] = ()
) -> tuple[str, Round | None]:
    """The stamp and the latest round of an agreement, in one statement whatever its size.

    `own` are the reader's organisations there.

    Ask for it before what is kept under it: then what is kept may be newer, but never older.
    """
    asked = {"agreement": agreement_id, "own": [(agreement_id, one) for one in own]}
    *entries, latest = session.execute(_STAMP_AND_ROUND, asked).one()
    return _stamp(entries), latest


def state_of(
    session: Session, actor: Actor, slug: str
) -> tuple[Agreement | None, str, Round | None]:
    """The agreement of that name with its stamp and its latest round, in one statement as well."""
    own = [
        (held.agreement_id, held.organisation_id)
        for held in actor.standings
        if held.organisation_id is not None
    ]
    found = session.execute(_STATE, {"slug": slug, "own": own}).one_or_none()
    if found is None:
        return None, "", None
    *entries, latest, agreement = found
    return agreement, _stamp(entries), latest


def _stamp(entries: Sequence[str | None]) -> str:
    return "".join(entry or "" for entry in entries)


def cursor_of(stamp: str) -> int:
    """The newest entry that a stamp names: nothing older is new to its page; 0 for an empty one."""
    return max(map(int, _NUMBERS.findall(stamp)), default=0)

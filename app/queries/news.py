"""News: what came into the record since a cursor, for one reader, and who writes just now."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Select, String, Uuid, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app.access.actor import Actor, Role
from app.access.permissions import Permission
from app.access.policy import can
from app.domain.events import INTERNAL
from app.domain.news import KINDS, Deed, News, news_of
from app.kernel import clock
from app.kernel.errors import NotFound
from app.ledger import wording
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.audit import AuditEntry
from app.models.ballots import Ballot
from app.models.comments import Thread

MOST = 500
"""Nobody is told of more at once; what is left is told next time."""


@dataclass(frozen=True)
class Elsewhere:
    """What is new in one of somebody's agreements."""

    title: str
    slug: str
    news: News


def _told() -> tuple[Any, ...]:
    return (
        *(AuditEntry.seq, AuditEntry.tag, AuditEntry.data),
        *(AuditEntry.agreement_id, AuditEntry.only_for),
        *(Thread.number.label("thread"), Thread.clause_key, Thread.subject),
        *(AmendmentRow.label, AmendmentRow.number, AmendmentRow.clauses),
        Ballot.number.label("ballot"),
    )


_IS_NEWS = and_(
    AuditEntry.seq > bindparam("since", type_=Integer()),
    AuditEntry.tag.in_(list(KINDS)),
    or_(
        AuditEntry.tag.not_in(sorted(INTERNAL)),
        AuditEntry.only_for.in_(bindparam("own", type_=Uuid(), expanding=True)),
    ),
    or_(
        AuditEntry.actor_id.is_(None),
        AuditEntry.actor_id != bindparam("reader", type_=Uuid()),
    ),
)
_ITS_THREAD = and_(
    Thread.agreement_id == AuditEntry.agreement_id,
    Thread.number == AuditEntry.data["thread"].as_integer(),
)
_ITS_AMENDMENT = and_(
    AmendmentRow.agreement_id == AuditEntry.agreement_id,
    or_(
        AmendmentRow.label == AuditEntry.data["amendment"].as_string(),
        AmendmentRow.id == Thread.amendment_id,
    ),
)


def _here() -> Select[*tuple[Any, ...]]:
    """The agreement and, beside it, what is new there: at least one row where it exists."""
    return (
        select(Agreement, *_told())
        .select_from(Agreement)
        .outerjoin(AuditEntry, and_(AuditEntry.agreement_id == Agreement.id, _IS_NEWS))
        .outerjoin(Thread, _ITS_THREAD)
        .outerjoin(AmendmentRow, _ITS_AMENDMENT)
        .outerjoin(Ballot, Ballot.id == Thread.ballot_id)
        .where(Agreement.slug == bindparam("slug", type_=String()))
        .order_by(AuditEntry.seq)
        .limit(MOST)
    )


def _everywhere() -> Select[*tuple[Any, ...]]:
    """What is new in several agreements, the newest first."""
    return (
        select(*_told(), Agreement.title, Agreement.slug)
        .select_from(AuditEntry)
        .outerjoin(Thread, _ITS_THREAD)
        .outerjoin(AmendmentRow, _ITS_AMENDMENT)
        .outerjoin(Ballot, Ballot.id == Thread.ballot_id)
        .join(Agreement, Agreement.id == AuditEntry.agreement_id)
        .where(AuditEntry.agreement_id.in_(bindparam("agreements", expanding=True)), _IS_NEWS)
        .order_by(AuditEntry.seq.desc())
        .limit(2 * MOST)
    )


_HERE, _EVERYWHERE = _here(), _everywhere()
"""Built once: saying it takes longer than asking it."""


def news_in(
    session: Session, actor: Actor, slug: str, *, since: int, about: str = ""
) -> tuple[Agreement, News]:
    """An agreement and what others did there since an entry of the record: one statement.

    Raises NotFound where the actor may not know of the agreement.
    """
    asked = {"slug": slug, **_asked(actor, since)}
    rows = session.execute(_HERE, asked).all()
    if not rows or not can(actor, Permission.AGREEMENT_READ, rows[0].Agreement, clock.utcnow()):
        raise NotFound("There is no such agreement, or you take no part in it.")
    agreement: Agreement = rows[0].Agreement
    deeds = _deeds([row for row in rows if row.seq is not None], actor)
    return agreement, news_of(deeds, since=since, about=about)


def news_since(session: Session, actor: Actor, since: int) -> Sequence[Elsewhere]:
    """What others did in all the actor's agreements, the newest thousand deeds: one statement."""
    ids = sorted({standing.agreement_id for standing in actor.standings}, key=str)
    asked = {"agreements": ids, **_asked(actor, since)}
    held: dict[uuid.UUID, list[Any]] = {}
    for row in session.execute(_EVERYWHERE, asked).all():
        held.setdefault(row.agreement_id, []).append(row)
    found = [
        Elsewhere(rows[0].title, rows[0].slug, news_of(_deeds(rows[::-1], actor), since=since))
        for rows in held.values()
    ]
    return [one for one in found if one.news.deeds]


def _asked(actor: Actor, since: int) -> dict[str, Any]:
    own = sorted({one.organisation_id for one in actor.standings if one.organisation_id}, key=str)
    return {"since": since, "reader": actor.user_id, "own": own}


def _deeds(rows: Sequence[Any], actor: Actor) -> Iterator[Deed]:
    for row in rows:
        facilitates = actor.stands_in(row.agreement_id, Role.FACILITATOR)
        if KINDS[row.tag] == "desk" and not facilitates:
            continue
        if row.only_for and row.only_for not in actor.organisations_in(row.agreement_id):
            continue
        noun, name = wording.about(row.tag, row.data)
        # What is told of a thread is told to those who find it: the join is the right to know.
        if noun == "thread" and row.thread is None:
            continue
        yield Deed(
            seq=row.seq,
            tag=row.tag,
            noun=noun,
            name=str(name if name is not None else ""),
            on=_on(row) if noun == "thread" else "",
            clauses=tuple(_places(row, noun)),
            note=_note(row, noun),
        )


def _on(row: Any) -> str:
    if row.subject == "amendment":
        return str(row.label or "")
    return f"B{row.ballot}" if row.subject == "ballot" else ""


def _places(row: Any, noun: str) -> Iterable[str]:
    if noun == "thread":
        return [row.clause_key] if row.clause_key else []
    return list(row.clauses or ()) if noun == "amendment" else []


def _note(row: Any, noun: str) -> str:
    if noun == "thread":
        return f"t{row.thread}"
    return str(row.number) if noun == "amendment" and row.number else ""

"""What happened in an agreement: its entries in the record as sentences, and as they are exported.

What happens inside an organisation is told to its own people, and is in no export: there its
numbers are missing, as those of other agreements are. Two kinds of entries are held back there, and
from readers: where organisations stand on clauses, and votes of a ballot whose result is not out.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.events import EVENTS, INTERNAL
from app.kernel.said import said
from app.ledger import audit, wording
from app.models.agreements import Agreement
from app.models.audit import AuditEntry
from app.models.ballots import Ballot
from app.models.people import User
from app.queries import comments
from app.queries.comments import Speaker

NOUNS: Mapping[str, str] = {
    "thread": said("Comments"),
    "amendment": said("Amendments"),
    "ballot": said("Ballots"),
    "version": said("Versions"),
    "signing": said("Signing"),
    "agreement": said("Agreement"),
}
"""By what the entries can be narrowed: the noun they are about, and its heading."""

_STANCES = frozenset({"stance:taken", "stance:dropped"})
_VOTE = "vote:cast"
PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One entry: its sentence with {names}, what fills them, and what it is about.

    `who` is the organisation in it, `person` who acted, `holds` whether its hash is right,
    `is_inside` whether nobody but the reader's own organisation is told of it.
    """

    seq: int
    at: datetime
    sentence: str
    params: Mapping[str, Any]
    who: Speaker | None
    person: str
    noun: str
    name: Any
    hash: str
    holds: bool
    is_inside: bool


@dataclass(frozen=True)
class Activity:
    """A stretch of the record, the newest entry first; `older` leads to the next stretch."""

    entries: tuple[Entry, ...]
    older: int | None

    @property
    def hold(self) -> bool:
        """Whether every entry shown is what was written."""
        return all(entry.holds for entry in self.entries)


def activity_of(
    session: Session,
    agreement: Agreement,
    own: Collection[uuid.UUID] = (),
    *,
    noun: str = "",
    before: int | None = None,
) -> Activity:
    """One stretch of an agreement's record: three statements. `own` are the reader's organisations.

    What happened inside them is told beside the rest.
    """
    tags = [tag for tag, kind in EVENTS.items() if noun in {"", kind.about} and tag not in _STANCES]
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.agreement_id == agreement.id,
            AuditEntry.tag.in_(tags),
            or_(AuditEntry.tag.not_in(sorted(INTERNAL)), AuditEntry.only_for.in_(own)),
        )
        .order_by(AuditEntry.seq.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(AuditEntry.seq < before)
    rows = session.scalars(query).all()
    shown = rows[:PAGE]
    people = _people(session, shown)
    speakers = {who.name: who for who in comments.speakers(session, agreement.id).values()}
    entries = tuple(_entry(row, people, speakers) for row in shown)
    return Activity(entries, shown[-1].seq if len(rows) > PAGE else None)


def exported(session: Session, agreement: Agreement) -> Iterator[Mapping[str, Any]]:
    """Every public entry of an agreement with its hash, the oldest first, as anyone can check it.

    What is held back is there with its place in the chain alone.
    """
    waiting = _waiting_ballots(session, agreement.id)
    rows = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.agreement_id == agreement.id, AuditEntry.tag.not_in(sorted(INTERNAL)))
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=500)
    )
    for row in rows:
        if row.tag in _STANCES or (row.tag == _VOTE and row.data.get("ballot") in waiting):
            yield {
                "seq": row.seq,
                "previous": row.previous,
                "hash": row.hash,
                "held_back": True,
            }
        else:
            yield {**audit.exported(row), "hash": row.hash}


def _waiting_ballots(session: Session, agreement_id: uuid.UUID) -> frozenset[int]:
    """The ballots of which nobody may know yet who chose what."""
    return frozenset(
        session.scalars(
            select(Ballot.number).where(
                Ballot.agreement_id == agreement_id,
                Ballot.counted_at.is_(None),
                Ballot.voided_at.is_(None),
                Ballot.shows_results.is_(False),
            )
        )
    )


def _people(session: Session, rows: Sequence[AuditEntry]) -> Mapping[uuid.UUID | None, str]:
    ids = {row.actor_id for row in rows if row.actor_id is not None}
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())


def _entry(
    row: AuditEntry,
    people: Mapping[uuid.UUID | None, str],
    speakers: Mapping[str, Speaker],
) -> Entry:
    noun, name = wording.about(row.tag, row.data)
    person = people.get(row.actor_id, "Concordat")
    organisation = str(row.data.get("organisation", ""))
    return Entry(
        seq=row.seq,
        at=row.at,
        sentence=wording.sentence(row.tag),
        params={**row.data, "actor": person, "organisation": organisation or said("the agreement")},
        who=speakers.get(organisation),
        person=person,
        noun=noun,
        name=name,
        hash=row.hash,
        holds=row.hash == audit.entry_hash(row),
        is_inside=row.tag in INTERNAL,
    )


def known(nouns: Iterable[str], asked: str) -> str:
    """The noun that was asked for, if there is such a one; else all."""
    return asked if asked in set(nouns) else ""

"""What a new version does to everything open, item by item: before it is out, and afterwards."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.domain import operations as ops
from app.domain.consequences import Consequence, Waiting, of_amendments
from app.domain.lifecycle import AmendmentState
from app.kernel.said import said, strung
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from app.models.people import Organisation
from app.queries.amendments import Who, colours_of
from app.queries.publication import CarriedAmendment, Publication

_ENDED = {AmendmentState.OBSOLETE: "obsolete", AmendmentState.FALLEN: "falls"}


@dataclass(frozen=True)
class CarriedLine:
    """One open amendment or comment and what becomes of it.

    `fate` is clean, attention, obsolete or falls of an amendment; same, moved, text changed or
    clause gone of a comment. `row` is the amendment, for asking what may be done.
    """

    number: str
    who: Who
    fate: str
    why: str
    is_mine: bool
    clause: str = ""
    quote: str = ""
    row: AmendmentRow | None = None


@dataclass(frozen=True)
class CarriedList:
    """All that is carried over, amendments first."""

    amendments: tuple[CarriedLine, ...]
    comments: tuple[CarriedLine, ...]
    follows: tuple[Consequence, ...] = ()

    @property
    def fates(self) -> Mapping[str, int]:
        """How many amendments have which fate."""
        return Counter(line.fate for line in self.amendments)

    @property
    def mine(self) -> tuple[CarriedLine, ...]:
        """What concerns the reader: their organisation's own amendments and comments."""
        return tuple(line for line in (*self.amendments, *self.comments) if line.is_mine)

    @property
    def changed_comments(self) -> tuple[CarriedLine, ...]:
        """Comments whose words changed or went."""
        return tuple(one for one in self.comments if one.fate in {"text changed", "clause gone"})


def coming_list(session: Session, coming: Publication) -> CarriedList:
    """What a publication would do, told before it is done: two statements."""
    agreement_id = coming.standing.version.agreement_id
    ids = [one.row.organisation_id for one in coming.amendments]
    who = _speakers(
        session, agreement_id, [*ids, *(thread.organisation_id for thread, _ in coming.comments)]
    )
    amendments = tuple(
        CarriedLine(
            number=one.row.label,
            who=who[one.row.organisation_id],
            fate=one.fate,
            why=strung(dict.fromkeys(reason.sentence for reason in one.rebased.reasons)),
            is_mine=False,
            row=one.row,
        )
        for one in coming.amendments
    )
    comments = tuple(
        _comment(thread, carried.state, who[thread.organisation_id], None)
        for thread, carried in coming.comments
    )
    return CarriedList(amendments, comments, _follows(coming.amendments))


def carried_list(
    session: Session, agreement: Agreement, version: Version, mine: uuid.UUID | None
) -> CarriedList:
    """What a version did to all that was open when it came out: four statements.

    `mine` is the organisation of the reader.
    """
    rows = session.scalars(_amendments(agreement, version)).all()
    threads = session.scalars(_threads(agreement, version)).all()
    who = _speakers(
        session, agreement.id, [one.organisation_id for held in (rows, threads) for one in held]
    )
    amendments = tuple(
        CarriedLine(
            number=row.label,
            who=who[row.organisation_id],
            fate=_ENDED.get(AmendmentState(row.state), row.rebase_state),
            why=strung(row.rebase_reasons) or _ending(row),
            is_mine=mine is not None and row.organisation_id == mine,
            row=row,
        )
        for row in rows
    )
    comments = tuple(
        _comment(thread, thread.anchor_state.replace("_", " "), who[thread.organisation_id], mine)
        for thread in threads
    )
    return CarriedList(amendments, comments)


def _amendments(agreement: Agreement, version: Version) -> Select[AmendmentRow]:
    """Those that were carried to the version, and those that ended when it came out."""
    ended = and_(AmendmentRow.state.in_(_ENDED), AmendmentRow.decided_at == version.published_at)
    return (
        select(AmendmentRow)
        .where(
            AmendmentRow.agreement_id == agreement.id,
            AmendmentRow.version_id == version.id,
            or_(AmendmentRow.rebase_state != "", ended),
        )
        .order_by(AmendmentRow.number)
    )


def _threads(agreement: Agreement, version: Version) -> Select[Thread]:
    """Comments on the text that were there before the version: they followed, or stayed behind."""
    before = (
        select(Version.id)
        .where(Version.agreement_id == agreement.id, Version.number == version.number - 1)
        .scalar_subquery()
    )
    return (
        select(Thread)
        .where(
            Thread.agreement_id == agreement.id,
            Thread.clause_key.is_not(None),
            Thread.started_at < version.published_at,
            or_(
                and_(Thread.version_id == version.id, Thread.anchor_state != "clause_gone"),
                and_(Thread.version_id == before, Thread.anchor_state == "clause_gone"),
            ),
        )
        .order_by(Thread.number)
    )


def _comment(thread: Thread, fate: str, who: Who, mine: uuid.UUID | None) -> CarriedLine:
    return CarriedLine(
        number=f"C{thread.number}",
        who=who,
        fate=fate,
        why="",
        is_mine=mine is not None and thread.organisation_id == mine,
        clause=thread.clause_key or "",
        quote=thread.quote,
    )


def _ending(row: AmendmentRow) -> str:
    return row.reason if row.state in _ENDED else ""


def _follows(carried: Sequence[CarriedAmendment]) -> tuple[Consequence, ...]:
    """What the new text does to amendments beside the words: some fall, some become one."""
    labels = {one.row.id: one.row.label for one in carried}
    return of_amendments(
        Waiting(
            label=one.row.label,
            fate=one.fate,
            says=ops.operations_hash(one.rebased.operations),
            primary=labels.get(one.row.primary_id, "what it amends") if one.row.primary_id else "",
            why=strung(dict.fromkeys(reason.sentence for reason in one.rebased.reasons)),
        )
        for one in carried
    )


def _speakers(
    session: Session, agreement_id: uuid.UUID, ids: Iterable[uuid.UUID | None]
) -> Mapping[uuid.UUID | None, Who]:
    """Organisations as pages show them; none is the facilitator."""
    colours = colours_of(agreement_id)
    rows = session.execute(
        select(Organisation.id, Organisation.name, Organisation.code).where(
            Organisation.id.in_({one for one in ids if one is not None})
        )
    )
    found: dict[uuid.UUID | None, Who] = {None: Who(said("the facilitator"))}
    for key, name, code in rows:
        found[key] = Who(name, code, colours.get(key, 0))
    return found

"""The head of an agreement's pages: what it is called, where it is in its life, its rooms."""

import uuid
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from app.access.actor import Actor, Role
from app.domain.lifecycle import AgreementState, AmendmentState
from app.kernel import clock
from app.kernel.keeping import Shelf
from app.kernel.said import said
from app.models.agreements import Agreement, Participant, Version
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot
from app.models.base import UTCDateTime
from app.models.clauses import ClauseRow
from app.models.comments import Thread
from app.models.decisions import Disposition
from app.models.people import Organisation
from app.models.rounds import Round
from app.models.signatures import SignatureRequest
from app.models.workspace import Workspace
from app.queries.agreements import known_to
from app.queries.answers import is_said
from app.queries.head_facts import called, facts_of
from app.queries.reading import session as this_session
from app.queries.stamps import stamp_and_round, state_of

_A = AgreementState
_NAMES = (
    *(
        said("Drafting"),
        said("Consultation"),
        said("Voting"),
        said("Consolidation"),
        said("Adoption"),
        said("Signing"),
        said("In force"),
    ),
)
_PLACES: Mapping[AgreementState, int] = {
    _A.DRAFTING: 0,
    _A.CONSULTATION: 1,
    _A.VOTING: 2,
    _A.CONSOLIDATION: 3,
    _A.PUBLISHED: 3,
    _A.ADOPTION: 4,
    _A.ADOPTED: 4,
    _A.SIGNING: 5,
    _A.IN_FORCE: 6,
    _A.TERMINATED: 6,
    _A.ABANDONED: 0,
}
_NOW_CALLED: Mapping[AgreementState, str] = {
    _A.PUBLISHED: said("Version {version} published"),
    _A.ADOPTED: said("Adopted"),
    _A.TERMINATED: said("Terminated"),
    _A.ABANDONED: said("Abandoned"),
}


@dataclass(frozen=True)
class Phase:
    """One step in the life of an agreement, and whether it is over, going on, or to come."""

    name: str
    state: Literal["done", "now", "later"]


@dataclass(frozen=True)
class Room:
    """A page of the agreement that has a name; `count` is how much is there, or waits there."""

    key: str
    name: str
    address: str
    count: int | None = None


@dataclass(frozen=True)
class OwnOrganisation:
    """The organisation the reader is there for, as pages show it."""

    id: uuid.UUID
    name: str
    code: str
    colour: int
    checks_drafts: bool = False


_Counted = tuple[Row[Any], OwnOrganisation | None]
_KEPT: Shelf[_Counted] = Shelf(2_000)


@dataclass(frozen=True)
class Head:
    """All that the strip at the top of an agreement's pages shows.

    `held` is the latest round, `stamp` the state of the record (see queries/stamps), `audience`
    whom the reader is there for: what is kept for several readers is kept for one audience.
    """

    title: str
    slug: str
    state: AgreementState
    facts_bold: str
    facts: str
    deadline: datetime | None
    deadline_words: str
    timezone: str
    phases: tuple[Phase, ...]
    rooms: tuple[Room, ...]
    version: int
    round: int
    participants: int
    noun: str
    nouns: str
    mine: OwnOrganisation | None
    is_facilitator: bool
    held: Round | None
    stamp: str
    audience: Hashable


def head_of(actor: Actor, agreement: Agreement) -> Head:
    """The head as the actor sees it: one statement, one more when the record has gone on."""
    own = actor.organisations_in(agreement.id)
    return _head(actor, agreement, *stamp_and_round(this_session(), agreement.id, own))


def agreement_and_head(actor: Actor, slug: str) -> tuple[Agreement, Head]:
    """The agreement of that name and its head, in as many statements as its head alone.

    Raises NotFound where the actor may not know of it.
    """
    agreement, stamp, latest = state_of(this_session(), actor, slug)
    known = known_to(actor, agreement)
    return known, _head(actor, known, stamp, latest)


def _head(actor: Actor, agreement: Agreement, stamp: str, latest: Round | None) -> Head:
    session, now = this_session(), clock.utcnow()
    facilitates = bool(actor.stands_in(agreement.id, Role.FACILITATOR))
    counts, mine = _counted(session, actor, agreement.id, latest, stamp, now)
    state = AgreementState(agreement.state)
    deadline, deadline_words = _deadline(state, latest, counts.voting_closes, now)
    noun = counts.noun or "organisation"
    one, several = called(noun)
    return Head(
        title=agreement.title,
        slug=agreement.slug,
        state=state,
        facts_bold=said("Version {version}", version=counts.version)
        if counts.version
        else said("Draft"),
        facts=facts_of(agreement, counts, noun),
        deadline=deadline,
        deadline_words=deadline_words,
        timezone=agreement.timezone,
        phases=_phases(state, latest, counts.version or 0, counts.ballots),
        rooms=_rooms(agreement, counts, facilitates=facilitates),
        version=counts.version or 0,
        round=latest.number if latest else 0,
        participants=counts.participants,
        noun=one,
        nouns=several,
        mine=mine,
        is_facilitator=facilitates,
        held=latest,
        stamp=stamp,
        audience=actor.stands_in(agreement.id),
    )


def _counted(
    session: Session,
    actor: Actor,
    agreement_id: uuid.UUID,
    latest: Round | None,
    stamp: str,
    now: datetime,
) -> _Counted:
    """What is counted and the reader's own organisation, asked once for each stamp and audience."""
    key = (agreement_id, stamp, actor.stands_in(agreement_id))
    kept = _KEPT.get(key)
    # That a ballot closes is in no record: the next one to close is asked for.
    if kept and (kept[0].voting_closes is None or kept[0].voting_closes > now):
        return kept
    held = latest.id if latest is not None and latest.settled_at is None else uuid.UUID(int=0)
    own = _own(actor, agreement_id)
    asked = {"agreement": agreement_id, "held": held, "now": now, "own_id": own}
    row: Row[Any] = session.execute(_COUNTED, asked).one()
    made = row, OwnOrganisation(*row[-len(_MINE) :]) if row.mine is not None else None
    if stamp:
        _KEPT.put(key, made)
    return made


def _counts() -> list[ColumnElement[Any]]:
    """Everything that is counted, each as a query of its own inside one statement."""
    agreement_id = bindparam("agreement", type_=Uuid())
    takes_part = and_(Participant.agreement_id == agreement_id, Participant.left_at.is_(None))
    newest = (
        select(func.max(Version.number))
        .where(Version.agreement_id == agreement_id)
        .scalar_subquery()
    )
    found: dict[str, ScalarSelect[Any]] = {
        "noun": select(Workspace.noun).limit(1).scalar_subquery(),
        "version": newest,
        "clauses": _clauses(agreement_id, newest),
        "participants": _count(Participant, takes_part),
        "parties": _count(Participant, takes_part, Participant.kind == "party"),
        "countries": select(func.count(func.distinct(Organisation.country)))
        .join(Participant, Participant.organisation_id == Organisation.id)
        .where(takes_part, Participant.kind == "party")
        .scalar_subquery(),
        "amendments": _count(
            AmendmentRow,
            AmendmentRow.agreement_id == agreement_id,
            AmendmentRow.state.not_in((AmendmentState.DRAFT, AmendmentState.CHECKED)),
        ),
        "threads": _count(Thread, Thread.agreement_id == agreement_id),
        "ballots": _count(Ballot, Ballot.agreement_id == agreement_id, Ballot.voided_at.is_(None)),
        "voting_closes": _voting_closes(agreement_id),
        "unsigned": _count(
            SignatureRequest,
            SignatureRequest.agreement_id == agreement_id,
            SignatureRequest.state == "requested",
        ),
    }
    columns: list[ColumnElement[Any]] = [query.label(name) for name, query in found.items()]
    return [*columns, _unanswered().label("unanswered")]


def _voting_closes(agreement_id: BindParameter[uuid.UUID]) -> ScalarSelect[Any]:
    """When the next of the open ballots closes."""
    return (
        select(func.min(Ballot.closes_at))
        .where(
            Ballot.agreement_id == agreement_id,
            Ballot.voided_at.is_(None),
            Ballot.counted_at.is_(None),
            Ballot.closes_at > bindparam("now", type_=UTCDateTime()),
        )
        .scalar_subquery()
    )


def _clauses(
    agreement_id: BindParameter[uuid.UUID], newest: ScalarSelect[Any]
) -> ScalarSelect[Any]:
    """The clauses of a version as people count them: those with a number, not their points."""
    above, top = aliased(ClauseRow), aliased(ClauseRow)
    return (
        select(func.count())
        .select_from(ClauseRow)
        .join(Version, Version.id == ClauseRow.version_id)
        .outerjoin(above, and_(above.version_id == Version.id, above.key == ClauseRow.parent))
        .outerjoin(top, and_(top.version_id == Version.id, top.key == above.parent))
        .where(
            Version.agreement_id == agreement_id,
            Version.number == newest,
            ClauseRow.kind == "clause",
            ClauseRow.text != "",
            or_(
                above.kind.is_(None),
                above.kind != "clause",
                top.kind.is_(None),
                top.kind != "clause",
            ),
        )
        .scalar_subquery()
    )


def _count(rows: type[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows).where(*conditions).scalar_subquery()


def _unanswered() -> ColumnElement[int]:
    """How many threads and amendments of the round wait for an answer of the facilitator."""
    held = bindparam("held", type_=Uuid())
    threads = _count(
        Thread,
        Thread.round_id == held,
        is_said(),
        ~exists().where(Disposition.round_id == held, Disposition.thread_id == Thread.id),
    )
    amendments = _count(
        AmendmentRow,
        AmendmentRow.round_id == held,
        AmendmentRow.state == AmendmentState.PROPOSED,
        ~exists().where(Disposition.round_id == held, Disposition.amendment_id == AmendmentRow.id),
    )
    return threads + amendments


_HOME, _PART, _OWN = aliased(Agreement), aliased(Participant), aliased(Organisation)
_MINE = (_OWN.id.label("mine"), _OWN.name, _OWN.code, _PART.colour, _OWN.checks_drafts)
_COUNTED: Select[Any] = (
    select(*_counts(), *_MINE)
    .select_from(_HOME)
    .outerjoin(
        _PART,
        and_(
            _PART.agreement_id == _HOME.id,
            _PART.organisation_id == bindparam("own_id", type_=Uuid()),
        ),
    )
    .outerjoin(_OWN, _OWN.id == _PART.organisation_id)
    .where(_HOME.id == bindparam("agreement", type_=Uuid()))
)
"""Built once: saying it takes longer than asking it."""


def _deadline(
    state: AgreementState, latest: Round | None, voting_closes: datetime | None, now: datetime
) -> tuple[datetime | None, str]:
    """The next moment at which something ends, or the last one where nothing is to come."""
    if state is _A.CONSULTATION and latest is not None:
        if now < latest.closes_at:
            return latest.closes_at, said("Comments and amendments close")
        return latest.closes_at, said("Comments and amendments closed")
    if voting_closes is not None:
        return voting_closes, said("Voting closes")
    return None, ""


def _phases(
    state: AgreementState, latest: Round | None, version: int, ballots: int
) -> tuple[Phase, ...]:
    """Every step; voting is left out once it is passed without a ballot."""
    place = _PLACES[state]
    names: list[str] = list(_NAMES)
    if state is _A.CONSULTATION and latest is not None:
        names[1] = said("Consultation, round {number}", number=latest.number)
    if state in _NOW_CALLED:
        names[place] = said(_NOW_CALLED[state], version=version)
    if state is _A.ABANDONED:
        return (Phase(names[0], "now"),)
    return tuple(
        Phase(name, "done" if at < place else "now" if at == place else "later")
        for at, name in enumerate(names)
        if at >= place or at != _PLACES[_A.VOTING] or ballots
    )


def _rooms(agreement: Agreement, counts: Row[Any], *, facilitates: bool) -> tuple[Room, ...]:
    home = f"/agreements/{agreement.slug}"

    def room(key: str, name: str, count: int | None = None) -> Room:
        return Room(key, name, home if key == "text" else f"{home}/{key}", count)

    rooms = [
        room("text", said("Text")),
        room("comments", said("Comments"), counts.threads),
        room("amendments", said("Amendments"), counts.amendments),
        room("ballots", said("Ballots"), counts.ballots),
        room("versions", said("Versions"), counts.version or 0),
        room("word", said("Word")),
        room("participants", said("Participants"), counts.participants),
        room("signing", said("Signing"), counts.unsigned or None),
        room("activity", said("Activity")),
    ]
    if facilitates:
        rooms.insert(5, room("desk", said("Desk"), counts.unanswered))
    return tuple(rooms)


def _own(actor: Actor, agreement_id: uuid.UUID) -> uuid.UUID:
    """The organisation the actor speaks for, else one whose member they are there; nil for none."""
    held = {standing.organisation_id for standing in actor.stands_in(agreement_id)} - {None}
    return actor.voice_in(agreement_id) or min(held, key=str, default=None) or uuid.UUID(int=0)

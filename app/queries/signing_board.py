"""Adoption and signing as pages show them: what is still missing, who has signed, what came in."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.access.actor import Actor, Role
from app.domain import placeholders
from app.domain.ballots import BallotOutcome
from app.domain.generated import Party, filled
from app.domain.lifecycle import AgreementState, CopyState, RequestState
from app.domain.signatures import Progress, progress
from app.kernel.errors import NotFound
from app.models.agreements import Agreement, Execution, Participant, Seat, Version
from app.models.ballots import Ballot
from app.models.clauses import tree_of
from app.models.files import StoredFile
from app.models.people import Organisation, User
from app.models.signatures import SignatureRequest, SignedCopy
from app.queries import signatures
from app.queries.agreements import parties_of, party_line
from app.queries.comments import Speaker
from app.queries.reading import session as this_session
from app.queries.versions import latest_version


@dataclass(frozen=True)
class Copy:
    """A signed copy. `row` is for asking what the reader may do with it."""

    row: SignedCopy
    id: uuid.UUID
    file_id: uuid.UUID
    name: str
    size: int
    state: CopyState
    findings: tuple[str, ...]
    received_at: datetime
    received_from: str
    judged_at: datetime | None
    judged_by: str
    reason: str

    @property
    def waits(self) -> bool:
        """Whether nobody has counted or refused it."""
        return self.state in {CopyState.RECEIVED, CopyState.DOUBTFUL}


@dataclass(frozen=True)
class PartyLine:
    """One party: its details, who signs for it, its request and the copies it handed in.

    `participant` and `request` are the rows that actions take.
    """

    participant: Participant
    who: Speaker
    slug: str
    details: Party
    missing: tuple[str, ...]
    confirmed_at: datetime | None
    signatories: tuple[str, ...]
    request: SignatureRequest | None
    copies: tuple[Copy, ...]

    @property
    def state(self) -> RequestState | None:
        """What has become of its request; None before it was asked."""
        return RequestState(self.request.state) if self.request else None

    @property
    def counted(self) -> Copy | None:
        """The copy that counts."""
        return next((one for one in self.copies if one.state is CopyState.COUNTED), None)

    @property
    def waiting(self) -> Copy | None:
        """The copy that waits for the facilitator."""
        return next((one for one in self.copies if one.waits), None)


@dataclass(frozen=True)
class FrozenText:
    """The execution version: its file, and the ballot that adopted it."""

    file_id: uuid.UUID
    name: str
    size: int
    sha256: str
    version: int
    version_hash: str
    adopted_at: datetime
    ballot: int | None


@dataclass(frozen=True)
class Asked:
    """The ballot on the whole text, as far as it has come."""

    number: int
    version: int
    closes_at: datetime
    is_counted: bool
    outcome: str


@dataclass(frozen=True)
class Candidate:
    """The text that would be adopted: its version, blanks left, and whether its parties are right.

    `stale` names the parties whose details have changed since the text was frozen.
    """

    number: int
    hash: str
    blanks: tuple[str, ...]
    stale: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """Everything that the signing room shows."""

    state: AgreementState
    parties: tuple[PartyLine, ...]
    mine: PartyLine | None
    ballot: Asked | None
    candidate: Candidate | None
    frozen: FrozenText | None
    progress: Progress
    last: PartyLine | None
    in_force_at: datetime | None

    @property
    def is_asked(self) -> bool:
        """Whether the parties have been asked to sign."""
        return any(party.request for party in self.parties)


def board_of(actor: Actor, agreement: Agreement) -> Board:
    """The room as the actor sees it; the statements don't grow with the number of parties."""
    session = this_session()
    state = AgreementState(agreement.state)
    requests = {one.organisation_id: one for one in signatures.requests_of(session, agreement.id)}
    parties = _parties(session, agreement, requests)
    frozen = _frozen(session, agreement.id)
    states = [RequestState(request.state) for request in requests.values()]
    signed = [party for party in parties if party.state is RequestState.SIGNED]
    return Board(
        state=state,
        parties=parties,
        mine=_mine(actor, agreement.id, parties),
        ballot=None if requests else _asked(session, agreement.id),
        candidate=None if frozen else _candidate(session, agreement.id),
        frozen=frozen,
        progress=progress(states, agreement.threshold),
        last=max(signed, key=_decided, default=None),
        in_force_at=agreement.in_force_at,
    )


def party_of(board: Board, slug: str) -> PartyLine:
    """One party of the room by its organisation's slug. Raises NotFound."""
    for party in board.parties:
        if party.slug == slug:
            return party
    raise NotFound("There is no such party in this agreement.")


def copy_of(party: PartyLine, copy_id: uuid.UUID) -> Copy:
    """One copy of a party. Raises NotFound, also where it is another party's."""
    for copy in party.copies:
        if copy.id == copy_id:
            return copy
    raise NotFound("There is no such copy of this party.")


def execution_bytes(session: Session, agreement_id: uuid.UUID) -> bytes:
    """The file that was handed out to be signed; empty before adoption."""
    found = session.execute(
        select(StoredFile.content)
        .join(Execution, Execution.file_id == StoredFile.id)
        .where(Execution.agreement_id == agreement_id)
        .order_by(Execution.adopted_at.desc())
        .limit(1)
    ).scalar()
    return found or b""


def _parties(
    session: Session,
    agreement: Agreement,
    requests: Mapping[uuid.UUID, SignatureRequest],
) -> tuple[PartyLine, ...]:
    """Every party of today by name, with who signs for it."""
    rows = session.scalars(
        select(Participant)
        .join(Participant.organisation)
        .where(
            Participant.agreement_id == agreement.id,
            Participant.kind == "party",
            Participant.left_at.is_(None),
        )
        .options(joinedload(Participant.organisation), joinedload(Participant.agreement))
        .order_by(Organisation.slug)
    ).all()
    seats: defaultdict[uuid.UUID | None, list[str]] = defaultdict(list)
    for participant_id, name in session.execute(
        select(Seat.participant_id, User.name)
        .join(User, User.id == Seat.user_id)
        .where(Seat.agreement_id == agreement.id, Seat.role == Role.SIGNATORY)
        .order_by(User.name)
    ):
        seats[participant_id].append(name)
    people = _people(session, requests.values())
    return tuple(
        _line(row, tuple(seats[row.id]), requests.get(row.organisation_id), people) for row in rows
    )


def _people(session: Session, requests: Iterable[SignatureRequest]) -> Mapping[uuid.UUID, str]:
    """The names of everybody who handed in or judged a copy: one statement."""
    ids = {
        person
        for request in requests
        for copy in request.copies
        for person in (copy.received_from, copy.judged_by)
        if person is not None
    }
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())


def _line(
    row: Participant,
    signatories: tuple[str, ...],
    request: SignatureRequest | None,
    people: Mapping[uuid.UUID, str],
) -> PartyLine:
    organisation = row.organisation
    return PartyLine(
        participant=row,
        who=Speaker(organisation.name, organisation.code, row.colour),
        slug=organisation.slug,
        details=_details(organisation, request),
        missing=signatures.missing_details(organisation),
        confirmed_at=row.details_confirmed_at,
        signatories=signatories,
        request=request,
        copies=tuple(_copy(copy, people) for copy in request.copies) if request else (),
    )


def _details(organisation: Organisation, request: SignatureRequest | None) -> Party:
    """What the signature page says: the profile, and from the opening of signing on the frozen."""
    if request is None:
        return party_line(organisation)
    return Party(code=organisation.code, **request.details)


def _copy(copy: SignedCopy, people: Mapping[uuid.UUID, str]) -> Copy:
    return Copy(
        row=copy,
        id=copy.id,
        file_id=copy.file_id,
        name=copy.file.name,
        size=copy.file.size,
        state=CopyState(copy.state),
        findings=tuple(copy.findings),
        received_at=copy.received_at,
        received_from=people.get(copy.received_from, ""),
        judged_at=copy.judged_at,
        judged_by=people.get(copy.judged_by, "") if copy.judged_by else "",
        reason=copy.reason,
    )


def _mine(actor: Actor, agreement_id: uuid.UUID, parties: Sequence[PartyLine]) -> PartyLine | None:
    """The party the actor belongs to, where they sign or speak for it first."""
    standings = actor.stands_in(agreement_id)
    seats = (Role.SIGNATORY, Role.LEGAL_CONTACT)
    spoken = {one.organisation_id for one in standings if one.role in seats}
    own = spoken or {one.organisation_id for one in standings}
    return next((one for one in parties if one.participant.organisation_id in own), None)


def _asked(session: Session, agreement_id: uuid.UUID) -> Asked | None:
    ballot = signatures.adoption_ballot(session, agreement_id)
    if ballot is None:
        return None
    version = session.scalars(select(Version.number).where(Version.id == ballot.version_id)).one()
    return Asked(
        number=ballot.number,
        version=version,
        closes_at=ballot.closes_at,
        is_counted=ballot.counted_at is not None,
        outcome=ballot.outcome,
    )


def _candidate(session: Session, agreement_id: uuid.UUID) -> Candidate | None:
    version = latest_version(session, agreement_id)
    if version is None:
        return None
    tree = tree_of(version)
    today = filled(tree, parties_of(session, agreement_id))
    stale = sorted(
        today.nodes[key].text.split(" | ")[0]
        for key in today.nodes
        if key not in tree.nodes or tree.nodes[key].text != today.nodes[key].text
    )
    return Candidate(
        number=version.number,
        hash=version.hash,
        blanks=tuple(placeholders.listed(tree)),
        stale=tuple(name for name in stale if name),
    )


def _frozen(session: Session, agreement_id: uuid.UUID) -> FrozenText | None:
    row = session.execute(
        select(
            StoredFile.id,
            StoredFile.name,
            StoredFile.size,
            StoredFile.sha256,
            Version.number,
            Version.hash,
            Execution.adopted_at,
            Ballot.number,
        )
        .select_from(Execution)
        .join(StoredFile, StoredFile.id == Execution.file_id)
        .join(Version, Version.id == Execution.version_id)
        .outerjoin(Ballot, Ballot.id == Execution.ballot_id)
        .where(Execution.agreement_id == agreement_id)
        .order_by(Execution.adopted_at.desc())
        .limit(1)
    ).one_or_none()
    return FrozenText(*row) if row else None


def _decided(party: PartyLine) -> datetime:
    if party.request is None or party.request.decided_at is None:
        raise AssertionError("a party that has signed did so at some moment")
    return party.request.decided_at


def is_carried(ballot: Asked | None) -> bool:
    """Whether the parties have said yes to the whole text."""
    return ballot is not None and ballot.outcome == BallotOutcome.CARRIED

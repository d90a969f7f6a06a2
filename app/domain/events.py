"""What can happen. One frozen dataclass per kind; its fields are all that the record keeps.

Events hold ids, numbers, labels and commitments (salted hashes), never the words people wrote:
words can be
erased, the record can't. `tag` names the kind as noun:verb; `about` names the noun a reader may
open, found by
the field of the same name.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """Something that happened and is worth keeping for ever."""

    tag: ClassVar[str]
    about: ClassVar[str] = "agreement"

    def to_json(self) -> dict[str, Any]:
        """The fields as they are stored."""
        return asdict(self)


@dataclass(frozen=True)
class NetworkFounded(Event):
    tag = "workspace:founded"
    about = "network"
    name: str


@dataclass(frozen=True)
class OrganisationAdded(Event):
    tag = "organisation:added"
    about = "organisation"
    organisation: str


@dataclass(frozen=True)
class OrganisationChanged(Event):
    tag = "organisation:changed"
    about = "organisation"
    organisation: str


@dataclass(frozen=True)
class PersonInvited(Event):
    tag = "person:invited"
    about = "organisation"
    organisation: str
    role: str


@dataclass(frozen=True)
class InvitationRevoked(Event):
    tag = "person:invitation_revoked"
    about = "organisation"
    organisation: str


@dataclass(frozen=True)
class PersonJoined(Event):
    tag = "person:joined"
    about = "organisation"
    organisation: str


@dataclass(frozen=True)
class PersonRemoved(Event):
    tag = "person:removed"
    about = "organisation"
    organisation: str
    person: str


@dataclass(frozen=True)
class AccountChanged(Event):
    tag = "account:changed"
    about = "account"
    person: str


@dataclass(frozen=True)
class AgreementStarted(Event):
    tag = "agreement:started"
    title: str
    template: str


@dataclass(frozen=True)
class AgreementImported(Event):
    tag = "agreement:imported"
    title: str
    file: str
    sha256: str
    unmapped: int


@dataclass(frozen=True)
class ParticipantAdded(Event):
    tag = "participant:added"
    organisation: str
    kind: str


@dataclass(frozen=True)
class ParticipantLeft(Event):
    tag = "participant:left"
    organisation: str


@dataclass(frozen=True)
class SeatGiven(Event):
    tag = "seat:given"
    organisation: str
    role: str
    person: str


@dataclass(frozen=True)
class SeatTaken(Event):
    tag = "seat:taken"
    organisation: str
    role: str
    person: str


@dataclass(frozen=True)
class DraftEdited(Event):
    tag = "draft:edited"
    clauses: tuple[str, ...]
    commitment: str


@dataclass(frozen=True)
class BlanksFilled(Event):
    tag = "draft:filled"
    names: tuple[str, ...]


@dataclass(frozen=True)
class RoundOpened(Event):
    tag = "round:opened"
    about = "round"
    round: int
    version: int
    closes_at: str


@dataclass(frozen=True)
class RoundExtended(Event):
    tag = "round:extended"
    about = "round"
    round: int
    closes_at: str


@dataclass(frozen=True)
class AgreementAbandoned(Event):
    tag = "agreement:abandoned"


@dataclass(frozen=True)
class AgreementTerminated(Event):
    tag = "agreement:terminated"


@dataclass(frozen=True)
class ThreadStarted(Event):
    tag = "comment:made"
    about = "thread"
    thread: int
    organisation: str
    kind: str
    clause: str
    commitment: str


@dataclass(frozen=True)
class ReplyAdded(Event):
    tag = "comment:replied"
    about = "thread"
    thread: int
    organisation: str
    commitment: str


@dataclass(frozen=True)
class CommentEdited(Event):
    tag = "comment:edited"
    about = "thread"
    thread: int
    commitment: str


@dataclass(frozen=True)
class CommentRetracted(Event):
    tag = "comment:retracted"
    about = "thread"
    thread: int


@dataclass(frozen=True)
class ThreadResolved(Event):
    tag = "comment:resolved"
    about = "thread"
    thread: int


@dataclass(frozen=True)
class ThreadReopened(Event):
    tag = "comment:reopened"
    about = "thread"
    thread: int


@dataclass(frozen=True)
class AmendmentDrafted(Event):
    tag = "amendment:drafted"
    organisation: str


@dataclass(frozen=True)
class DraftDiscarded(Event):
    tag = "amendment:discarded"
    organisation: str


@dataclass(frozen=True)
class AmendmentProposed(Event):
    tag = "amendment:proposed"
    about = "amendment"
    amendment: str
    organisation: str
    clauses: tuple[str, ...]
    operations: str


@dataclass(frozen=True)
class AmendmentWithdrawn(Event):
    tag = "amendment:withdrawn"
    about = "amendment"
    amendment: str
    organisation: str


@dataclass(frozen=True)
class AmendmentSupported(Event):
    tag = "amendment:supported"
    about = "amendment"
    amendment: str
    organisation: str


@dataclass(frozen=True)
class SupportWithdrawn(Event):
    tag = "amendment:unsupported"
    about = "amendment"
    amendment: str
    organisation: str


@dataclass(frozen=True)
class AmendmentDecided(Event):
    tag = "amendment:decided"
    about = "amendment"
    amendment: str
    state: str
    ballot: int | None = None


@dataclass(frozen=True)
class AmendmentRebased(Event):
    tag = "amendment:rebased"
    about = "amendment"
    amendment: str
    state: str
    version: int


@dataclass(frozen=True)
class BallotOpened(Event):
    tag = "ballot:opened"
    about = "ballot"
    ballot: int
    wording: str
    closes_at: str


@dataclass(frozen=True)
class BallotExtended(Event):
    tag = "ballot:extended"
    about = "ballot"
    ballot: int
    closes_at: str


@dataclass(frozen=True)
class VoteCast(Event):
    """The choice is kept only for a roll call; a confidential ballot's record does not know it."""

    tag = "vote:cast"
    about = "ballot"
    ballot: int
    organisation: str
    choice: str | None


@dataclass(frozen=True)
class BallotCounted(Event):
    tag = "ballot:counted"
    about = "ballot"
    ballot: int
    outcome: str
    tally: dict[str, int]


@dataclass(frozen=True)
class BallotVoided(Event):
    tag = "ballot:voided"
    about = "ballot"
    ballot: int


@dataclass(frozen=True)
class VotingStarted(Event):
    tag = "agreement:voting"


@dataclass(frozen=True)
class ConsolidationStarted(Event):
    tag = "agreement:consolidation"
    round: int


@dataclass(frozen=True)
class CommentAnswered(Event):
    tag = "disposition:given"
    about = "thread"
    thread: int
    outcome: str
    commitment: str


@dataclass(frozen=True)
class AmendmentAnswered(Event):
    tag = "disposition:answered"
    about = "amendment"
    amendment: str
    outcome: str
    commitment: str


@dataclass(frozen=True)
class ConflictResolved(Event):
    tag = "conflict:resolved"
    about = "conflict"
    clause: str
    conflict: str
    choice: str


@dataclass(frozen=True)
class ResolutionUndone(Event):
    tag = "conflict:reopened"
    about = "conflict"
    clause: str
    conflict: str


@dataclass(frozen=True)
class FacilitatorEdited(Event):
    tag = "text:edited"
    clauses: tuple[str, ...]
    commitment: str


@dataclass(frozen=True)
class FacilitatorEditUndone(Event):
    tag = "text:unedited"
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class VersionPublished(Event):
    tag = "version:published"
    about = "version"
    version: int
    hash: str


@dataclass(frozen=True)
class VersionAdopted(Event):
    tag = "version:adopted"
    about = "version"
    version: int
    hash: str
    file: str


@dataclass(frozen=True)
class SigningOpened(Event):
    tag = "signing:opened"
    about = "signing"
    version: int
    asked: int


@dataclass(frozen=True)
class PartyDetailsConfirmed(Event):
    tag = "party:confirmed"
    about = "signing"
    organisation: str


@dataclass(frozen=True)
class SignedCopyReceived(Event):
    tag = "copy:received"
    about = "signing"
    organisation: str
    sha256: str


@dataclass(frozen=True)
class SignedCopyJudged(Event):
    tag = "copy:judged"
    about = "signing"
    organisation: str
    state: str


@dataclass(frozen=True)
class SignatureDeclined(Event):
    tag = "signature:declined"
    about = "signing"
    organisation: str


@dataclass(frozen=True)
class EnteredIntoForce(Event):
    tag = "agreement:in_force"
    signed: int
    asked: int


def _kinds(of: type[Event]) -> dict[str, type[Event]]:
    return {kind.tag: kind for kind in of.__subclasses__()}


EVENTS = _kinds(Event)
"""Every kind of event by its tag."""

"""Deciding: ballots, answers, conflicts, versions, signatures."""

from dataclasses import dataclass

from app.domain.event import Event


@dataclass(frozen=True)
class AmendmentDecided(Event):
    tag = "amendment:decided"
    about = "amendment"
    amendment: str
    state: str
    ballot: int | None = None


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
    """The choice is kept only for a roll call; a confidential ballot's record does not know it.

    The hash of an entry is shown while its choice is held back; the salt keeps it from being
    guessed by trying every answer.
    """

    tag = "vote:cast"
    about = "ballot"
    ballot: int
    organisation: str
    choice: str | None
    salt: str = ""


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

"""The desk: answers taken back, who answers what, what goes together, texts kept for use again."""

from dataclasses import dataclass

from app.domain.event import Event


@dataclass(frozen=True)
class CommentAnswerUndone(Event):
    tag = "disposition:undone"
    about = "thread"
    thread: int


@dataclass(frozen=True)
class AmendmentAnswerUndone(Event):
    tag = "disposition:unanswered"
    about = "amendment"
    amendment: str


@dataclass(frozen=True)
class ContributionsAssigned(Event):
    """Who answers some contributions; without a person they are anybody's."""

    tag = "desk:assigned"
    round: int
    contributions: tuple[str, ...]
    person: str | None


@dataclass(frozen=True)
class ContributionsGrouped(Event):
    tag = "desk:grouped"
    round: int
    contributions: tuple[str, ...]
    goes_with: str


@dataclass(frozen=True)
class ContributionsSeparated(Event):
    tag = "desk:separated"
    round: int
    contributions: tuple[str, ...]


@dataclass(frozen=True)
class SavedAnswerKept(Event):
    tag = "saved_answer:kept"
    saved: str


@dataclass(frozen=True)
class SavedAnswerChanged(Event):
    tag = "saved_answer:changed"
    saved: str


@dataclass(frozen=True)
class SavedAnswerDeleted(Event):
    tag = "saved_answer:deleted"
    saved: str


@dataclass(frozen=True)
class BundleProposed(Event):
    tag = "bundle:proposed"
    about = "bundle"
    bundle: int
    amendments: tuple[str, ...]
    closes_at: str


@dataclass(frozen=True)
class AmendmentPulled(Event):
    tag = "bundle:pulled"
    about = "bundle"
    bundle: int
    amendment: str
    organisation: str


@dataclass(frozen=True)
class BundleAccepted(Event):
    """What was left of a bundle is accepted; each amendment has its own event beside this one."""

    tag = "bundle:accepted"
    about = "bundle"
    bundle: int
    amendments: tuple[str, ...]


@dataclass(frozen=True)
class AnswersReported(Event):
    """Everything an organisation said in a round has its answer; `answers` is the round's number.

    `outcomes` are the numbers of its contributions, each with what was decided.
    """

    tag = "answers:reported"
    about = "answers"
    answers: int
    organisation: str
    code: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class PersonReminded(Event):
    """Somebody was reminded of what they still owe; `person` is their id."""

    tag = "person:reminded"
    about = "agreement"
    person: str
    owes: tuple[str, ...]


@dataclass(frozen=True)
class AlternativesDeclared(Event):
    """Amendments that exclude each other: adopting one fells the others."""

    tag = "alternatives:declared"
    about = "amendments"
    round: int
    amendments: tuple[str, ...]

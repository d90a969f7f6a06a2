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

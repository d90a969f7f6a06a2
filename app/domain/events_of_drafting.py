"""Drafting together: drafts, rounds, comments, amendments."""

from dataclasses import dataclass

from app.domain.event import Event


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
class TemplateFollowed(Event):
    tag = "template:followed"
    template: str
    version: str


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
class AmendmentProposed(Event):
    tag = "amendment:proposed"
    about = "amendment"
    amendment: str
    organisation: str
    clauses: tuple[str, ...]
    operations: str


@dataclass(frozen=True)
class WordFileImported(Event):
    tag = "word:imported"
    organisation: str
    file: str
    sha256: str
    version: int
    amendments: tuple[str, ...]
    threads: tuple[int, ...]


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
class AmendmentRebased(Event):
    tag = "amendment:rebased"
    about = "amendment"
    amendment: str
    state: str
    version: int


@dataclass(frozen=True)
class Mentioned(Event):
    """`mentioned` are organisations by name; `codes` and `people` are whom to tell."""

    tag = "comment:mentioned"
    about = "thread"
    thread: int
    mentioned: tuple[str, ...]
    codes: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class StanceTaken(Event):
    """Which clause and which stance is in the commitment alone: they are not everybody's."""

    tag = "stance:taken"
    organisation: str
    commitment: str


@dataclass(frozen=True)
class StanceDropped(Event):
    tag = "stance:dropped"
    organisation: str

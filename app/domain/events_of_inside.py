"""What happens inside one organisation. Kept in the record, and told to nobody else.

`organisation_id` says whose it is; an empty one is the facilitator's own.
"""

from dataclasses import dataclass

from app.domain.event import Event


@dataclass(frozen=True)
class AmendmentDrafted(Event):
    tag = "amendment:drafted"
    is_internal = True
    organisation: str
    organisation_id: str = ""


@dataclass(frozen=True)
class DraftDiscarded(Event):
    tag = "amendment:discarded"
    is_internal = True
    organisation: str
    organisation_id: str = ""


@dataclass(frozen=True)
class DraftsImported(Event):
    tag = "word:drafts_imported"
    is_internal = True
    organisation: str
    organisation_id: str
    file: str
    sha256: str
    version: int


@dataclass(frozen=True)
class CheckAsked(Event):
    tag = "draft:check_asked"
    about = "draft"
    is_internal = True
    organisation: str
    organisation_id: str
    draft: str


@dataclass(frozen=True)
class DraftChecked(Event):
    tag = "draft:checked"
    about = "draft"
    is_internal = True
    organisation: str
    organisation_id: str
    draft: str
    operations: str


@dataclass(frozen=True)
class DraftSentBack(Event):
    tag = "draft:sent_back"
    about = "draft"
    is_internal = True
    organisation: str
    organisation_id: str
    draft: str
    operations: str


@dataclass(frozen=True)
class InternalNoteKept(Event):
    tag = "inside:noted"
    about = "inside"
    is_internal = True
    organisation: str
    organisation_id: str
    inside: str
    commitment: str


@dataclass(frozen=True)
class InternalReplyAdded(Event):
    tag = "inside:replied"
    about = "inside"
    is_internal = True
    organisation: str
    organisation_id: str
    inside: str
    commitment: str


@dataclass(frozen=True)
class InternalRemarkEdited(Event):
    tag = "inside:edited"
    about = "inside"
    is_internal = True
    organisation: str
    organisation_id: str
    inside: str
    commitment: str


@dataclass(frozen=True)
class InternalRemarkRetracted(Event):
    tag = "inside:retracted"
    about = "inside"
    is_internal = True
    organisation: str
    organisation_id: str
    inside: str


@dataclass(frozen=True)
class InternalNoteOpened(Event):
    tag = "inside:opened"
    about = "inside"
    is_internal = True
    organisation: str
    organisation_id: str
    inside: str
    thread: int


@dataclass(frozen=True)
class MentionedInside(Event):
    """`people` are the colleagues to tell."""

    tag = "inside:mentioned"
    about = "inside"
    is_internal = True
    organisation: str
    organisation_id: str
    inside: str
    people: tuple[str, ...]

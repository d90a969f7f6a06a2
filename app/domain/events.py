"""What can happen. One frozen dataclass per kind; its fields are all that the record keeps.

Events hold ids, numbers, labels and commitments (salted hashes), never the words people wrote:
words can be
erased, the record can't. `tag` names the kind as noun:verb; `about` names the noun a reader may
open, found by
the field of the same name.
"""

from app.domain.event import Event
from app.domain.events_of_deciding import (
    AmendmentAnswered,
    AmendmentDecided,
    BallotCounted,
    BallotExtended,
    BallotOpened,
    BallotVoided,
    CommentAnswered,
    ConflictResolved,
    ConsolidationStarted,
    EnteredIntoForce,
    FacilitatorEdited,
    FacilitatorEditUndone,
    PartyDetailsConfirmed,
    ResolutionUndone,
    SignatureDeclined,
    SignedCopyJudged,
    SignedCopyReceived,
    SigningOpened,
    VersionAdopted,
    VersionPublished,
    VoteCast,
    VotingStarted,
)
from app.domain.events_of_drafting import (
    AmendmentDrafted,
    AmendmentProposed,
    AmendmentRebased,
    AmendmentSupported,
    AmendmentWithdrawn,
    BlanksFilled,
    CommentEdited,
    CommentRetracted,
    DraftDiscarded,
    DraftEdited,
    ReplyAdded,
    RoundExtended,
    RoundOpened,
    SupportWithdrawn,
    ThreadReopened,
    ThreadResolved,
    ThreadStarted,
)
from app.domain.events_of_people import (
    AccountChanged,
    AgreementAbandoned,
    AgreementImported,
    AgreementStarted,
    AgreementTerminated,
    InvitationRevoked,
    NetworkFounded,
    OrganisationAdded,
    OrganisationChanged,
    ParticipantAdded,
    ParticipantLeft,
    PersonInvited,
    PersonJoined,
    PersonRemoved,
    SeatGiven,
    SeatTaken,
)

__all__ = [
    "EVENTS",
    "AccountChanged",
    "AgreementAbandoned",
    "AgreementImported",
    "AgreementStarted",
    "AgreementTerminated",
    "AmendmentAnswered",
    "AmendmentDecided",
    "AmendmentDrafted",
    "AmendmentProposed",
    "AmendmentRebased",
    "AmendmentSupported",
    "AmendmentWithdrawn",
    "BallotCounted",
    "BallotExtended",
    "BallotOpened",
    "BallotVoided",
    "BlanksFilled",
    "CommentAnswered",
    "CommentEdited",
    "CommentRetracted",
    "ConflictResolved",
    "ConsolidationStarted",
    "DraftDiscarded",
    "DraftEdited",
    "EnteredIntoForce",
    "Event",
    "FacilitatorEditUndone",
    "FacilitatorEdited",
    "InvitationRevoked",
    "NetworkFounded",
    "OrganisationAdded",
    "OrganisationChanged",
    "ParticipantAdded",
    "ParticipantLeft",
    "PartyDetailsConfirmed",
    "PersonInvited",
    "PersonJoined",
    "PersonRemoved",
    "ReplyAdded",
    "ResolutionUndone",
    "RoundExtended",
    "RoundOpened",
    "SeatGiven",
    "SeatTaken",
    "SignatureDeclined",
    "SignedCopyJudged",
    "SignedCopyReceived",
    "SigningOpened",
    "SupportWithdrawn",
    "ThreadReopened",
    "ThreadResolved",
    "ThreadStarted",
    "VersionAdopted",
    "VersionPublished",
    "VoteCast",
    "VotingStarted",
]


def _kinds(of: type[Event]) -> dict[str, type[Event]]:
    return {kind.tag: kind for kind in of.__subclasses__()}


EVENTS = _kinds(Event)
"""Every kind of event by its tag."""

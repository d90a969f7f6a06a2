"""Every event as a sentence: for the activity page, the inbox and the subject of a mail.

The {names} are the event's fields; {actor} is who did it. A door translates the sentence and
fills it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain import events as e
from app.domain.words import named
from app.kernel.said import Moment, Said, said

SENTENCES: Mapping[type[e.Event], str] = {
    e.NetworkFounded: "The network {name} was founded.",
    e.OrganisationAdded: "{actor} added {organisation} to the network.",
    e.OrganisationChanged: "{actor} changed the profile of {organisation}.",
    e.PersonInvited: "{actor} invited a colleague to {organisation}.",
    e.InvitationRevoked: "{actor} took back an invitation to {organisation}.",
    e.PersonJoined: "{actor} joined {organisation}.",
    e.PersonAdded: "{actor} gave somebody an account in {organisation}.",
    e.PersonRemoved: "{actor} ended a membership in {organisation}.",
    e.AccountChanged: "{actor} changed their account.",
    e.AgreementStarted: "{actor} started {title} from the template {template}.",
    e.AgreementImported: "{actor} started {title} from the file {file}.",
    e.ParticipantAdded: "{organisation} takes part as {kind}.",
    e.ParticipantLeft: "{organisation} left the agreement.",
    e.SeatGiven: "{actor} gave a seat as {role} for {organisation}.",
    e.SeatTaken: "{actor} ended a seat as {role} for {organisation}.",
    e.DraftEdited: "{actor} edited the draft.",
    e.BlanksFilled: "{actor} filled blanks in the draft.",
    e.TemplateFollowed: "The agreement follows version {version} of its template.",
    e.RoundOpened: "Round {round} opened on version {version}; it closes {closes_at}.",
    e.RoundExtended: "{actor} extended round {round} until {closes_at}.",
    e.AgreementAbandoned: "{actor} abandoned the agreement.",
    e.AgreementTerminated: "{actor} recorded that the agreement is terminated.",
    e.ThreadStarted: "{actor} commented for {organisation} (comment {thread}).",
    e.ReplyAdded: "{actor} replied for {organisation} to comment {thread}.",
    e.CommentEdited: "{actor} edited a comment in thread {thread}.",
    e.CommentRetracted: "{actor} retracted a comment in thread {thread}.",
    e.ThreadResolved: "{actor} resolved comment {thread}.",
    e.ThreadReopened: "{actor} reopened comment {thread}.",
    e.Mentioned: "{actor} mentioned {mentioned} in comment {thread}.",
    e.StanceTaken: "{organisation} said where it stands on a clause.",
    e.StanceDropped: "{organisation} took back where it stands on a clause.",
    e.AmendmentDrafted: "{organisation} keeps a draft amendment.",
    e.DraftDiscarded: "{organisation} discarded a draft amendment.",
    e.DraftsImported: "{organisation} brought the Word file {file} back as drafts.",
    e.CheckAsked: "{actor} asks a colleague to check a draft amendment of {organisation}.",
    e.DraftChecked: "{actor} checked a draft amendment of {organisation}.",
    e.DraftSentBack: "{actor} sent a draft amendment of {organisation} back.",
    e.InternalNoteKept: "{actor} wrote a note that only {organisation} sees.",
    e.InternalReplyAdded: "{actor} replied to a note that only {organisation} sees.",
    e.InternalRemarkRetracted: "{actor} took words back in a note that only {organisation} sees.",
    e.InternalNoteOpened: "{actor} opened an internal note to everybody, as comment {thread}.",
    e.AmendmentProposed: "{organisation} proposed amendment {amendment}.",
    e.WordFileImported: "{organisation} brought the Word file {file} back.",
    e.AmendmentWithdrawn: "{organisation} withdrew amendment {amendment}.",
    e.AmendmentSupported: "{organisation} supports amendment {amendment}.",
    e.SupportWithdrawn: "{organisation} no longer supports amendment {amendment}.",
    e.AmendmentDecided: "Amendment {amendment} is {state}.",
    e.AmendmentRebased: "Amendment {amendment} was carried to version {version}: {state}.",
    e.BallotOpened: "Ballot {ballot} opened; it closes {closes_at}.",
    e.BallotExtended: "{actor} extended ballot {ballot} until {closes_at}.",
    e.VoteCast: "{organisation} voted in ballot {ballot}.",
    e.BallotCounted: "Ballot {ballot} was counted: {outcome}.",
    e.BallotVoided: "{actor} declared ballot {ballot} void.",
    e.VotingStarted: "The round is over; voting began.",
    e.ConsolidationStarted: "{actor} began to consolidate round {round}.",
    e.CommentAnswered: "{actor} answered comment {thread}: {outcome}.",
    e.AmendmentAnswered: "{actor} answered amendment {amendment}: {outcome}.",
    e.CommentAnswerUndone: "{actor} took back the answer to comment {thread}.",
    e.AmendmentAnswerUndone: "{actor} took back the answer to amendment {amendment}.",
    e.ContributionsAssigned: "{actor} said who answers {contributions} of round {round}.",
    e.ContributionsGrouped: "{actor} put {contributions} together with {goes_with}.",
    e.ContributionsSeparated: "{actor} let {contributions} stand alone.",
    e.SavedAnswerKept: "{actor} kept an answer for use again.",
    e.SavedAnswerChanged: "{actor} changed a kept answer.",
    e.SavedAnswerDeleted: "{actor} deleted a kept answer.",
    e.AlternativesDeclared: "{actor} declared that {amendments} exclude each other.",
    e.BundleProposed: "{actor} proposes to accept {amendments} together (bundle {bundle}); any "
    "party may pull one out until {closes_at}.",
    e.AmendmentPulled: "{organisation} pulled {amendment} out of bundle {bundle}.",
    e.BundleAccepted: "What was left of bundle {bundle} is accepted: {amendments}.",
    e.AnswersReported: "All that {organisation} said in round {answers} is answered: {outcomes}.",
    e.PersonReminded: "{actor} reminds: {owes}.",
    e.ConflictResolved: "{actor} resolved a conflict.",
    e.ResolutionUndone: "{actor} undid the resolution of a conflict.",
    e.FacilitatorEdited: "{actor} edited the text with a reason.",
    e.FacilitatorEditUndone: "{actor} undid an edit of the text.",
    e.VersionPublished: "Version {version} was published.",
    e.VersionAdopted: "Version {version} was adopted.",
    e.SigningOpened: "Signing of version {version} opened; parties asked: {asked}.",
    e.PartyDetailsConfirmed: "{organisation} confirmed its details for the signature page.",
    e.SignedCopyReceived: "A signed copy of {organisation} arrived.",
    e.SignedCopyJudged: "The signed copy of {organisation} is {state}.",
    e.SignatureDeclined: "{organisation} declined to sign.",
    e.EnteredIntoForce: "The agreement entered into force; signed by {signed} of {asked}.",
}

FOR_NO_ORGANISATION: Mapping[type[e.Event], str] = {
    e.SeatGiven: said("{actor} gave a seat as {role}."),
    e.ThreadStarted: said("{actor} commented as facilitator (comment {thread})."),
    e.ReplyAdded: said("{actor} replied as facilitator to comment {thread}."),
}
"""The sentence where the event names no organisation: the facilitator's own."""

STATES: Mapping[str, str] = {
    "clean": said("it still fits"),
    "attention": said("it needs a look"),
    "falls": said("it falls"),
    "duplicate_of": said("a duplicate"),
    "deferred": said("kept for the next round"),
}
"""How states read that don't read as they are called."""

_STATE_FIELDS = frozenset({"role", "kind", "state", "outcome"})


def sentence(tag: str) -> str:
    """The sentence of an event's kind, unfilled."""
    return SENTENCES[e.EVENTS[tag]]


def told(tag: str, data: Mapping[str, Any], actor: str, zone: str) -> Said:
    """What happened as a full sentence, its moments in a zone, its states as people read them."""
    words = {name: _word(name, value, zone) for name, value in data.items()}
    unfilled = sentence(tag)
    if not data.get("organisation"):
        unfilled = FOR_NO_ORGANISATION.get(e.EVENTS[tag], unfilled)
    return said(unfilled, **{**words, "actor": actor or "Concordat"})


def _word(name: str, value: Any, zone: str) -> Any:
    if name.endswith("_at") and value:
        return Moment(datetime.fromisoformat(value), zone)
    if name in _STATE_FIELDS:
        return STATES.get(value) or named(value)
    return value


def about(tag: str, data: Mapping[str, Any]) -> tuple[str, Any]:
    """What a reader may open: the noun, and the number or name that finds it."""
    noun = e.EVENTS[tag].about
    return noun, data.get(noun)

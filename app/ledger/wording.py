"""Every event as a sentence: for the activity page, the inbox and the subject of a mail.

The {names} are the event's fields; {actor} is who did it. A door translates the sentence and
fills it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain import events as e
from app.domain.words import named
from app.kernel.said import Moment, Said, said, taken

SENTENCES: Mapping[type[e.Event], str] = {
    e.NetworkFounded: said("The network {name} was founded."),
    e.OrganisationAdded: said("{actor} added {organisation} to the network."),
    e.OrganisationChanged: said("{actor} changed the profile of {organisation}."),
    e.PersonInvited: said("{actor} invited a colleague to {organisation}."),
    e.InvitationRevoked: said("{actor} took back an invitation to {organisation}."),
    e.PersonJoined: said("{actor} joined {organisation}."),
    e.PersonAdded: said("{actor} gave somebody an account in {organisation}."),
    e.PersonRemoved: said("{actor} ended a membership in {organisation}."),
    e.AccountChanged: said("{actor} changed their account."),
    e.AgreementStarted: said("{actor} started {title} from the template {template}."),
    e.AgreementImported: said("{actor} started {title} from the file {file}."),
    e.ParticipantAdded: said("{organisation} takes part as {kind}."),
    e.ParticipantLeft: said("{organisation} left the agreement."),
    e.SeatGiven: said("{actor} gave a seat as {role} for {organisation}."),
    e.SeatTaken: said("{actor} ended a seat as {role} for {organisation}."),
    e.DraftEdited: said("{actor} edited the draft."),
    e.BlanksFilled: said("{actor} filled blanks in the draft."),
    e.TemplateFollowed: said("The agreement follows version {version} of its template."),
    e.RoundOpened: said("Round {round} opened on version {version}; it closes {closes_at}."),
    e.RoundExtended: said("{actor} extended round {round} until {closes_at}."),
    e.AgreementAbandoned: said("{actor} abandoned the agreement."),
    e.AgreementTerminated: said("{actor} recorded that the agreement is terminated."),
    e.ThreadStarted: said("{actor} commented for {organisation} (comment {thread})."),
    e.ReplyAdded: said("{actor} replied for {organisation} to comment {thread}."),
    e.CommentEdited: said("{actor} edited a comment in thread {thread}."),
    e.CommentRetracted: said("{actor} retracted a comment in thread {thread}."),
    e.ThreadResolved: said("{actor} resolved comment {thread}."),
    e.ThreadReopened: said("{actor} reopened comment {thread}."),
    e.Mentioned: said("{actor} mentioned {mentioned} in comment {thread}."),
    e.StanceTaken: said("{organisation} said where it stands on a clause."),
    e.StanceDropped: said("{organisation} took back where it stands on a clause."),
    e.AmendmentDrafted: said("{organisation} keeps a draft amendment."),
    e.DraftDiscarded: said("{organisation} discarded a draft amendment."),
    e.DraftsImported: said("{organisation} brought the Word file {file} back as drafts."),
    e.CheckAsked: said("{actor} asks a colleague to check a draft amendment of {organisation}."),
    e.DraftChecked: said("{actor} checked a draft amendment of {organisation}."),
    e.DraftSentBack: said("{actor} sent a draft amendment of {organisation} back."),
    e.InternalNoteKept: said("{actor} wrote a note that only {organisation} sees."),
    e.InternalReplyAdded: said("{actor} replied to a note that only {organisation} sees."),
    e.MentionedInside: said("{actor} mentioned a colleague where only {organisation} sees it."),
    e.InternalRemarkEdited: said("{actor} changed words in a note that only {organisation} sees."),
    e.InternalRemarkRetracted: said(
        "{actor} took words back in a note that only {organisation} sees."
    ),
    e.InternalNoteOpened: said(
        "{actor} opened an internal note to everybody, as comment {thread}."
    ),
    e.AmendmentProposed: said("{organisation} proposed amendment {amendment}."),
    e.WordFileImported: said("{organisation} brought the Word file {file} back."),
    e.AmendmentWithdrawn: said("{organisation} withdrew amendment {amendment}."),
    e.AmendmentSupported: said("{organisation} supports amendment {amendment}."),
    e.SupportWithdrawn: said("{organisation} no longer supports amendment {amendment}."),
    e.AmendmentDecided: said("Amendment {amendment} is {state}."),
    e.AmendmentRebased: said("Amendment {amendment} was carried to version {version}: {state}."),
    e.BallotOpened: said("Ballot {ballot} opened; it closes {closes_at}."),
    e.BallotExtended: said("{actor} extended ballot {ballot} until {closes_at}."),
    e.VoteCast: said("{organisation} voted in ballot {ballot}."),
    e.BallotCounted: said("Ballot {ballot} was counted: {outcome}."),
    e.BallotVoided: said("{actor} declared ballot {ballot} void."),
    e.VotingStarted: said("The round is over; voting began."),
    e.ConsolidationStarted: said("{actor} began to consolidate round {round}."),
    e.CommentAnswered: said("{actor} answered comment {thread}: {outcome}."),
    e.AmendmentAnswered: said("{actor} answered amendment {amendment}: {outcome}."),
    e.CommentAnswerUndone: said("{actor} took back the answer to comment {thread}."),
    e.AmendmentAnswerUndone: said("{actor} took back the answer to amendment {amendment}."),
    e.ContributionsAssigned: said("{actor} said who answers {contributions} of round {round}."),
    e.ContributionsGrouped: said("{actor} put {contributions} together with {goes_with}."),
    e.ContributionsSeparated: said("{actor} let {contributions} stand alone."),
    e.SavedAnswerKept: said("{actor} kept an answer for use again."),
    e.SavedAnswerChanged: said("{actor} changed a kept answer."),
    e.SavedAnswerDeleted: said("{actor} deleted a kept answer."),
    e.AlternativesDeclared: said("{actor} declared that {amendments} exclude each other."),
    e.BundleProposed: said(
        "{actor} proposes to accept {amendments} together (bundle {bundle}); any "
        "party may pull one out until {closes_at}."
    ),
    e.AmendmentPulled: said("{organisation} pulled {amendment} out of bundle {bundle}."),
    e.BundleAccepted: said("What was left of bundle {bundle} is accepted: {amendments}."),
    e.AnswersReported: said(
        "All that {organisation} said in round {answers} is answered: {outcomes}."
    ),
    e.PersonReminded: said("{actor} reminds: {owes}."),
    e.ConflictResolved: said("{actor} resolved a conflict."),
    e.ResolutionUndone: said("{actor} undid the resolution of a conflict."),
    e.FacilitatorEdited: said("{actor} edited the text with a reason."),
    e.FacilitatorEditUndone: said("{actor} undid an edit of the text."),
    e.VersionPublished: said("Version {version} was published."),
    e.VersionAdopted: said("Version {version} was adopted."),
    e.SigningOpened: said("Signing of version {version} opened; parties asked: {asked}."),
    e.PartyDetailsConfirmed: said("{organisation} confirmed its details for the signature page."),
    e.SignedCopyReceived: said("A signed copy of {organisation} arrived."),
    e.SignedCopyJudged: said("The signed copy of {organisation} is {state}."),
    e.SignatureDeclined: said("{organisation} declined to sign."),
    e.EnteredIntoForce: said("The agreement entered into force; signed by {signed} of {asked}."),
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
    return taken(value)


def about(tag: str, data: Mapping[str, Any]) -> tuple[str, Any]:
    """What a reader may open: the noun, and the number or name that finds it."""
    noun = e.EVENTS[tag].about
    return noun, data.get(noun)

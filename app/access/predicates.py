"""Questions of one line: who acts on what, and when; each carries the sentence for its no."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.access.actor import Actor, Role
from app.domain.lifecycle import AgreementState, AmendmentState, CopyState, RequestState, is_open


@dataclass(frozen=True)
class Ask:
    """What is asked: may this actor do it to this row at this moment."""

    actor: Actor
    subject: Any
    now: datetime

    @property
    def agreement_id(self) -> uuid.UUID:
        """The agreement the subject is, or belongs to."""
        found = agreement_id_of(self.subject)
        if found is None:
            raise AssertionError("this belongs to no agreement")
        return found

    @property
    def state(self) -> AgreementState:
        """Where that agreement is in its life."""
        holder = _holder(self.subject)
        return AgreementState(getattr(holder, "agreement", holder).state)


def agreement_id_of(subject: Any) -> uuid.UUID | None:
    """The agreement a row is or belongs to, directly or through its thread, request or note."""
    holder = _holder(subject)
    if hasattr(holder, "agreement_id"):
        found: uuid.UUID | None = holder.agreement_id
        return found
    own: uuid.UUID | None = holder.id if hasattr(holder, "adopted_version") else None
    return own


def _holder(subject: Any) -> Any:
    for step in ("thread", "request", "note"):
        if not hasattr(subject, "agreement_id") and hasattr(subject, step):
            return getattr(subject, step)
    return subject


class Question(Protocol):
    """A predicate with the sentence for its no."""

    reason: str
    __name__: str

    def __call__(self, ask: Ask) -> bool:
        """Answer."""


def otherwise(reason: str) -> Callable[[Callable[[Ask], bool]], Question]:
    """Give a predicate its sentence."""

    def named(predicate: Callable[[Ask], bool]) -> Question:
        predicate.reason = reason  # type: ignore[attr-defined]
        return predicate  # type: ignore[return-value]

    return named


@otherwise("Sign in to do this.")
def is_signed_in(ask: Ask) -> bool:
    return ask.actor.user_id is not None


@otherwise("Only the system does this.")
def is_system(ask: Ask) -> bool:
    return ask.actor.is_system


@otherwise("Only the system does this, or the facilitator.")
def is_system_or_facilitator(ask: Ask) -> bool:
    return ask.actor.is_system or is_facilitator(ask)


@otherwise("Only an operator of this network may do this.")
def is_operator(ask: Ask) -> bool:
    return ask.actor.is_operator


@otherwise("Only an administrator of this organisation may do this.")
def administers_it(ask: Ask) -> bool:
    organisation = getattr(ask.subject, "organisation_id", None) or ask.subject.id
    return ask.actor.is_operator or organisation in ask.actor.administers


@otherwise("This is somebody else's account.")
def is_oneself(ask: Ask) -> bool:
    return ask.actor.user_id is not None and ask.actor.user_id == ask.subject.id


@otherwise("Only members of an organisation start an agreement.")
def belongs_somewhere(ask: Ask) -> bool:
    return ask.actor.is_operator or bool(ask.actor.organisations)


@otherwise("You take no part in this agreement.")
def takes_part(ask: Ask) -> bool:
    return bool(ask.actor.stands_in(ask.agreement_id))


@otherwise("Only the facilitator of this agreement may do this.")
def is_facilitator(ask: Ask) -> bool:
    return bool(ask.actor.stands_in(ask.agreement_id, Role.FACILITATOR))


@otherwise("Only the facilitator, or an administrator of that organisation, gives its seats.")
def is_facilitator_or_administers_it(ask: Ask) -> bool:
    return is_facilitator(ask) or ask.subject.organisation_id in ask.actor.administers


@otherwise("Only people with a seat at a party, and the facilitator, take part in the discussion.")
def discusses(ask: Ask) -> bool:
    return is_facilitator(ask) or any(
        standing.is_party and standing.role is not Role.MEMBER
        for standing in ask.actor.stands_in(ask.agreement_id)
    )


@otherwise("Only the legal contact of a party proposes changes for it.")
def speaks_for_a_party(ask: Ask) -> bool:
    return is_facilitator(ask) or any(
        standing.is_party for standing in ask.actor.stands_in(ask.agreement_id, Role.LEGAL_CONTACT)
    )


@otherwise("Only who speaks or votes for a party may do this.")
def speaks_or_votes_for_a_party(ask: Ask) -> bool:
    return any(
        standing.is_party
        for role in (Role.LEGAL_CONTACT, Role.VOTER)
        for standing in ask.actor.stands_in(ask.agreement_id, role)
    )


@otherwise("Only the organisation that proposed it may do this.")
def speaks_for_its_organisation(ask: Ask) -> bool:
    typed_in = ask.subject.entered_by is not None and ask.subject.entered_by == ask.actor.user_id
    if ask.subject.organisation_id is None or typed_in:
        return is_facilitator(ask)
    return any(
        standing.organisation_id == ask.subject.organisation_id
        for standing in ask.actor.stands_in(ask.agreement_id, Role.LEGAL_CONTACT)
    )


@otherwise("An organisation doesn't support its own amendment.")
def speaks_for_another_party(ask: Ask) -> bool:
    return any(
        standing.is_party and standing.organisation_id != ask.subject.organisation_id
        for standing in ask.actor.stands_in(ask.agreement_id, Role.LEGAL_CONTACT)
    )


@otherwise("Only the person who wrote this may change it.")
def wrote_it(ask: Ask) -> bool:
    return ask.actor.user_id is not None and ask.actor.user_id == ask.subject.author_id


@otherwise("Only the person who started this thread, or the facilitator, resolves it.")
def started_it_or_facilitates(ask: Ask) -> bool:
    its_own = ask.subject.organisation_id in ask.actor.organisations_in(ask.agreement_id)
    return is_facilitator(ask) or (its_own and ask.actor.user_id == ask.subject.started_by)


@otherwise("Only people on the roll of this ballot may vote.")
def is_on_the_roll(ask: Ask) -> bool:
    return any(may_cast(ask.actor, entry) for entry in ask.subject.roll)


def may_cast(actor: Actor, entry: Any) -> bool:
    """Whether somebody casts the vote of a line of a roll: named in it, and still a member there.

    A seat that ended since the roll was frozen takes no vote away: a facilitator could end it.
    """
    named = str(actor.user_id) in entry.casters
    return named and entry.organisation_id in actor.organisations


@otherwise("Only the people of that party, and the facilitator, may do this.")
def acts_for_its_party(ask: Ask) -> bool:
    if is_facilitator(ask) or ask.subject.organisation_id in ask.actor.administers:
        return True
    return any(
        standing.organisation_id == ask.subject.organisation_id
        and standing.role in (Role.LEGAL_CONTACT, Role.SIGNATORY)
        for standing in ask.actor.stands_in(ask.agreement_id)
    )


@otherwise("Only the signatory of that party may decline.")
def signs_for_it(ask: Ask) -> bool:
    return any(
        standing.organisation_id == ask.subject.organisation_id
        for standing in ask.actor.stands_in(ask.agreement_id, Role.SIGNATORY)
    )


def _in_states(*states: AgreementState, no: str) -> Question:
    def is_in_state(ask: Ask) -> bool:
        return ask.state in states

    is_in_state.__name__ = "agreement_is_" + "_or_".join(states)
    return otherwise(no)(is_in_state)


_S = AgreementState
is_alive = _in_states(
    *(state for state in _S if state not in (_S.TERMINATED, _S.ABANDONED)),
    no="This agreement has ended.",
)
is_drafting = _in_states(
    _S.DRAFTING, no="The text is no longer drafted directly; changes come as amendments now."
)
may_open_round = _in_states(
    _S.DRAFTING,
    _S.PUBLISHED,
    _S.IN_FORCE,
    no="A round opens on a draft, on a published version or on a version in force.",
)
may_be_adopted = _in_states(
    _S.DRAFTING, _S.PUBLISHED, no="Only a draft or a published version is put to adoption."
)
before_adoption = _in_states(
    _S.DRAFTING,
    _S.CONSULTATION,
    _S.VOTING,
    _S.CONSOLIDATION,
    _S.PUBLISHED,
    _S.ADOPTION,
    no="The text is adopted; it can't be abandoned any more.",
)
is_being_adopted = _in_states(_S.ADOPTION, no="No text is up for adoption.")
is_consolidating = _in_states(
    _S.CONSOLIDATION, no="This is decided during consolidation, after the round and its ballots."
)
is_adopted = _in_states(_S.ADOPTED, no="Signing opens once a text is adopted.")
is_being_signed = _in_states(
    _S.SIGNING, _S.IN_FORCE, no="Signed copies are taken from the opening of signing on."
)
is_in_force = _in_states(_S.IN_FORCE, no="Only an agreement in force can be terminated.")
before_signing = _in_states(
    *(state for state in _S if state not in (_S.SIGNING, _S.IN_FORCE, _S.TERMINATED, _S.ABANDONED)),
    no="The parties' details are frozen once signing is open.",
)


def _round_of(ask: Ask) -> Any:
    subject = getattr(ask.subject, "thread", ask.subject)
    return getattr(subject, "round", subject)


@otherwise("The round is closed; nothing more is accepted in it.")
def round_is_open(ask: Ask) -> bool:
    found = _round_of(ask)
    return found is not None and is_open(ask.now, found.opens_at, found.closes_at)


@otherwise("The round is still open; this comes after its deadline.")
def round_is_over(ask: Ask) -> bool:
    return ask.subject.settled_at is None and ask.now >= ask.subject.closes_at


@otherwise("This round is settled; its version is published.")
def round_is_unsettled(ask: Ask) -> bool:
    return _round_of(ask).settled_at is None


@otherwise("The round is closed; the facilitator alone may still answer.")
def round_is_open_or_facilitates(ask: Ask) -> bool:
    return round_is_open(ask) or is_facilitator(ask)


@otherwise("This is no longer a draft.")
def amendment_is_draft(ask: Ask) -> bool:
    return ask.subject.state in (AmendmentState.DRAFT, AmendmentState.CHECKED)


@otherwise("This amendment is decided, withdrawn or not yet proposed.")
def amendment_is_proposed(ask: Ask) -> bool:
    return bool(ask.subject.state == AmendmentState.PROPOSED)


@otherwise("This amends an amendment already; propose an amendment to the first one instead.")
def amendment_is_primary(ask: Ask) -> bool:
    return ask.subject.primary_id is None


@otherwise("Nothing about this amendment waits to be confirmed.")
def amendment_needs_attention(ask: Ask) -> bool:
    return bool(ask.subject.rebase_state == "attention") and amendment_is_proposed(ask)


@otherwise("The ballot is not open; no vote is accepted.")
def ballot_is_open(ask: Ask) -> bool:
    # A clock that was set back must not let a vote in behind the count.
    return ballot_is_uncounted(ask) and is_open(
        ask.now, ask.subject.opens_at, ask.subject.closes_at
    )


@otherwise("The ballot is counted or void.")
def ballot_is_uncounted(ask: Ask) -> bool:
    return ask.subject.counted_at is None and ask.subject.voided_at is None


@otherwise("The ballot is still open; it is counted after its deadline.")
def ballot_is_over(ask: Ask) -> bool:
    return bool(ask.now >= ask.subject.closes_at) and ask.subject.voided_at is None


@otherwise("The deadline of this bundle has passed; nothing is pulled out of it any more.")
def bundle_is_open(ask: Ask) -> bool:
    # A clock that was set back must not let anybody in behind the acceptance.
    return ask.subject.accepted_at is None and is_open(
        ask.now, ask.subject.opens_at, ask.subject.closes_at
    )


@otherwise("Until its deadline anybody may pull something out of this bundle.")
def bundle_is_over(ask: Ask) -> bool:
    return bool(ask.now >= ask.subject.closes_at)


@otherwise("This invitation is used, revoked or too old. Ask for a new one.")
def invitation_stands(ask: Ask) -> bool:
    invitation = ask.subject
    return (
        invitation.accepted_at is None
        and invitation.revoked_at is None
        and ask.now < invitation.expires_at
    )


@otherwise("This invitation is used or revoked already.")
def invitation_is_unused(ask: Ask) -> bool:
    return ask.subject.accepted_at is None and ask.subject.revoked_at is None


@otherwise("This party was already counted, or the request is void.")
def request_is_live(ask: Ask) -> bool:
    return ask.subject.state in (RequestState.REQUESTED, RequestState.DECLINED)


@otherwise("This copy is judged already.")
def copy_is_unjudged(ask: Ask) -> bool:
    return ask.subject.state in (CopyState.RECEIVED, CopyState.DOUBTFUL)

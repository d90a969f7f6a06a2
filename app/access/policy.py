"""The one table of rights: permission → who, when. Asked by the gate, by queries and by pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.access import insiders as i
from app.access import predicates as p
from app.access.actor import Actor
from app.access.permissions import Permission
from app.kernel.errors import NotAllowed, WrongMoment


@dataclass(frozen=True)
class Rule:
    """Who may do it, and when; every question must be answered yes.

    A no to `who` is the wrong person (NotAllowed), a no to `when` the wrong moment (WrongMoment).
    """

    who: tuple[p.Question, ...] = (p.is_signed_in,)
    when: tuple[p.Question, ...] = ()


def _facilitator(*when: p.Question) -> Rule:
    return Rule((p.is_signed_in, p.is_facilitator), when)


RULES: Mapping[Permission, Rule] = {
    Permission.NETWORK_MANAGE: Rule((p.is_signed_in, p.is_operator)),
    Permission.ORGANISATION_EDIT: Rule((p.is_signed_in, p.administers_it)),
    Permission.ORGANISATION_INVITE: Rule((p.is_signed_in, p.administers_it)),
    Permission.INVITATION_ACCEPT: Rule((), (p.invitation_stands,)),
    Permission.INVITATION_REVOKE: Rule(
        (p.is_signed_in, p.administers_it), (p.invitation_is_unused,)
    ),
    Permission.ACCOUNT_CHANGE: Rule((p.is_signed_in, p.is_oneself)),
    Permission.AGREEMENT_START: Rule((p.is_signed_in, p.belongs_somewhere)),
    Permission.AGREEMENT_READ: Rule((p.is_signed_in, p.takes_part)),
    Permission.AGREEMENT_INVITE: _facilitator(p.is_alive),
    Permission.AGREEMENT_ABANDON: _facilitator(p.before_adoption),
    Permission.AGREEMENT_TERMINATE: _facilitator(p.is_in_force),
    Permission.SEAT_GIVE: Rule((p.is_signed_in, p.is_facilitator_or_administers_it), (p.is_alive,)),
    Permission.PARTY_CONFIRM: Rule((p.is_signed_in, p.acts_for_its_party), (p.before_signing,)),
    Permission.DRAFT_EDIT: _facilitator(p.is_drafting),
    Permission.TEMPLATE_UPGRADE: _facilitator(p.round_is_open),
    Permission.TEMPLATE_FOLLOW: _facilitator(p.is_alive),
    Permission.ROUND_OPEN: _facilitator(p.may_open_round),
    Permission.ROUND_EXTEND: _facilitator(p.round_is_open),
    Permission.ROUND_CLOSE: _facilitator(p.round_is_over),
    Permission.COMMENT_START: Rule((p.is_signed_in, p.discusses), (p.round_is_open,)),
    Permission.COMMENT_REPLY: Rule(
        (p.is_signed_in, p.discusses), (p.round_is_open_or_facilitates,)
    ),
    Permission.COMMENT_EDIT: Rule(
        (p.is_signed_in, p.wrote_it, i.still_sits_for_it), (p.round_is_open_or_facilitates,)
    ),
    Permission.COMMENT_REACT: Rule(
        (p.is_signed_in, p.discusses), (p.round_is_open_or_facilitates,)
    ),
    Permission.THREAD_RESOLVE: Rule((p.is_signed_in, p.started_it_or_facilitates), (p.is_alive,)),
    Permission.STANCE_TAKE: Rule(
        (p.is_signed_in, p.speaks_or_votes_for_a_party), (p.round_is_open,)
    ),
    Permission.NOTE_KEEP: Rule((p.is_signed_in, i.sits_for_a_party), (p.is_alive,)),
    Permission.NOTE_REPLY: Rule((p.is_signed_in, i.sits_for_it), (p.is_alive, i.note_is_inside)),
    Permission.NOTE_EDIT: Rule(
        (p.is_signed_in, p.wrote_it, i.still_sits_for_it), (p.is_alive, i.note_is_inside)
    ),
    Permission.NOTE_OPEN: Rule(
        (p.is_signed_in, i.sits_for_it, i.opens_it), (p.is_alive, i.note_is_inside)
    ),
    Permission.AMENDMENT_DRAFT: Rule((p.is_signed_in, p.speaks_for_a_party), (p.round_is_open,)),
    Permission.AMENDMENT_EDIT: Rule(
        (p.is_signed_in, p.speaks_for_its_organisation), (p.amendment_is_draft, p.round_is_open)
    ),
    Permission.AMENDMENT_PROPOSE: Rule(
        (p.is_signed_in, p.speaks_for_its_organisation),
        (p.amendment_is_draft, p.round_is_open, i.draft_is_checked_if_wanted),
    ),
    Permission.AMENDMENT_ASK: Rule(
        (p.is_signed_in, p.speaks_for_its_organisation, i.belongs_to_its_organisation),
        (p.amendment_is_draft, p.round_is_open),
    ),
    Permission.AMENDMENT_CHECK: Rule(
        (p.is_signed_in, i.sits_for_it, i.belongs_to_its_organisation, i.did_not_write_it),
        (p.amendment_is_draft, p.round_is_open),
    ),
    Permission.AMENDMENT_AMEND: Rule(
        (p.is_signed_in, p.speaks_for_a_party),
        (p.round_is_open, p.amendment_is_proposed, p.amendment_is_primary),
    ),
    Permission.AMENDMENT_SUPPORT: Rule(
        (p.is_signed_in, p.speaks_for_another_party), (p.amendment_is_proposed,)
    ),
    Permission.AMENDMENT_WITHDRAW: Rule(
        (p.is_signed_in, p.speaks_for_its_organisation), (p.amendment_is_proposed,)
    ),
    Permission.AMENDMENT_CONFIRM: Rule(
        (p.is_signed_in, p.speaks_for_its_organisation), (p.amendment_needs_attention,)
    ),
    Permission.WORD_IMPORT: Rule((p.is_signed_in, p.speaks_for_a_party), (p.round_is_open,)),
    Permission.BALLOT_OPEN: _facilitator(p.round_is_unsettled, p.is_alive),
    Permission.ADOPTION_OPEN: _facilitator(p.may_be_adopted),
    Permission.BALLOT_EXTEND: _facilitator(p.ballot_is_open),
    Permission.BALLOT_VOID: _facilitator(p.ballot_is_uncounted),
    Permission.BALLOT_VOTE: Rule((p.is_signed_in, p.is_on_the_roll), (p.ballot_is_open,)),
    Permission.BALLOT_COUNT: Rule((p.is_system_or_facilitator,), (p.ballot_is_over,)),
    Permission.BUNDLE_PROPOSE: _facilitator(p.round_is_unsettled, p.is_consolidating),
    Permission.BUNDLE_PULL: Rule(
        (p.is_signed_in, p.speaks_or_votes_for_a_party), (p.bundle_is_open,)
    ),
    Permission.BUNDLE_ACCEPT: _facilitator(p.bundle_is_over, p.is_consolidating),
    Permission.REMINDER_SEND: _facilitator(p.is_alive),
    Permission.DESK_READ: _facilitator(),
    Permission.DISPOSITION_GIVE: _facilitator(p.round_is_unsettled),
    Permission.DESK_ARRANGE: _facilitator(p.round_is_unsettled),
    Permission.ANSWER_KEEP: _facilitator(p.is_alive),
    Permission.CONFLICT_RESOLVE: _facilitator(p.is_consolidating),
    Permission.TEXT_EDIT: _facilitator(p.is_consolidating),
    Permission.VERSION_PUBLISH: _facilitator(p.is_consolidating),
    Permission.VERSION_ADOPT: _facilitator(p.is_being_adopted),
    Permission.SIGNING_OPEN: _facilitator(p.is_adopted),
    Permission.COPY_HAND_IN: Rule(
        (p.is_signed_in, p.acts_for_its_party), (p.is_being_signed, p.request_is_live)
    ),
    Permission.COPY_JUDGE: _facilitator(p.is_being_signed, p.copy_is_unjudged),
    Permission.SIGNATURE_DECLINE: Rule(
        (p.is_signed_in, p.signs_for_it), (p.is_being_signed, p.request_is_live)
    ),
    Permission.UPKEEP_SWEEP: Rule((p.is_system,)),
}


def refusal(
    actor: Actor, permission: Permission, subject: Any, now: datetime
) -> NotAllowed | WrongMoment | None:
    """The no to a request, ready to raise; None if it is allowed."""
    rule, ask = RULES[permission], p.Ask(actor, subject, now)
    for question in rule.who:
        if not question(ask):
            return NotAllowed(question.reason)
    for question in rule.when:
        if not question(ask):
            return WrongMoment(question.reason)
    return None


def can(actor: Actor, permission: Permission, subject: Any, now: datetime) -> bool:
    """Whether it is allowed; what pages ask before they show a button."""
    return refusal(actor, permission, subject, now) is None


def require(actor: Actor, permission: Permission, subject: Any, now: datetime) -> None:
    """Let it pass, or raise NotAllowed (wrong person) or WrongMoment (wrong time)."""
    if no := refusal(actor, permission, subject, now):
        raise no

"""Questions about what stays inside one organisation: its notes, and checks of its drafts."""

from collections.abc import Collection

from app.access.actor import Role, Standing
from app.access.predicates import Ask, is_facilitator, otherwise
from app.domain.lifecycle import AmendmentState

_SEATS = frozenset({Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY})


@otherwise("Only people with a seat at a party keep internal notes.")
def sits_for_a_party(ask: Ask) -> bool:
    """Whether somebody has a seat at a party there."""
    return any(one.is_party for one in _seats(ask))


@otherwise("Only people with a seat for this organisation may do this.")
def sits_for_it(ask: Ask) -> bool:
    """Whether somebody has a seat for the row's organisation."""
    whose = ask.subject.organisation_id
    return whose is not None and any(one.organisation_id == whose for one in _seats(ask))


@otherwise("Only people with a seat for this organisation may do this.")
def still_sits_for_it(ask: Ask) -> bool:
    """Whether somebody has a seat for those whose words these are; some are the facilitator's."""
    whose = getattr(ask.subject, "note", ask.subject).organisation_id
    typed_in = getattr(ask.subject, "entered_by", None)
    if whose is None or (typed_in is not None and typed_in == ask.actor.user_id):
        return is_facilitator(ask)
    return any(one.organisation_id == whose for one in _seats(ask))


@otherwise("Only who wrote this note, or its legal contact, opens it to everybody.")
def opens_it(ask: Ask) -> bool:
    """Whether it is one's own note, or one speaks for its organisation."""
    return ask.actor.user_id == ask.subject.started_by or any(
        one.organisation_id == ask.subject.organisation_id
        for one in ask.actor.stands_in(ask.agreement_id, Role.LEGAL_CONTACT)
    )


@otherwise("The facilitator entered this for its organisation; nobody checks it there.")
def belongs_to_its_organisation(ask: Ask) -> bool:
    """Whether an organisation wrote it itself."""
    return ask.subject.organisation_id is not None and ask.subject.entered_by is None


@otherwise("You wrote these words. A colleague checks them.")
def did_not_write_it(ask: Ask) -> bool:
    """Whether the present wording is a colleague's."""
    return bool(ask.actor.user_id != (ask.subject.written_by or ask.subject.author_id))


@otherwise(
    "Your organisation proposes nothing unchecked. Ask a colleague to check this draft first."
)
def draft_is_checked_if_wanted(ask: Ask) -> bool:
    """Whether nothing keeps a draft inside that its organisation wants checked."""
    held = ask.subject.organisation
    if held is None or ask.subject.entered_by is not None or not held.checks_drafts:
        return True
    return bool(ask.subject.state == AmendmentState.CHECKED)


@otherwise("This note is open to everybody now. Go on in its thread.")
def note_is_inside(ask: Ask) -> bool:
    """Whether a note is not public yet."""
    return getattr(ask.subject, "note", ask.subject).opened_at is None


def _seats(ask: Ask) -> Collection[Standing]:
    """The seats somebody has for organisations there."""
    return ask.actor.stands_in(ask.agreement_id, *_SEATS)

"""Questions about what stays inside one organisation: its notes, and checks of its drafts."""

from app.access.actor import Role
from app.access.predicates import Ask, otherwise
from app.domain.lifecycle import AmendmentState

_SEATS = frozenset({Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY})


@otherwise("Only people with a seat at a party keep internal notes.")
def sits_for_a_party(ask: Ask) -> bool:
    """Whether somebody has a seat at a party there."""
    return any(one.is_party for one in ask.actor.stands_in(ask.agreement_id, *_SEATS))


@otherwise("Only people with a seat for this organisation may do this.")
def sits_for_it(ask: Ask) -> bool:
    """Whether somebody has a seat for the row's organisation."""
    return any(
        one.organisation_id is not None and one.organisation_id == ask.subject.organisation_id
        for one in ask.actor.stands_in(ask.agreement_id, *_SEATS)
    )


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

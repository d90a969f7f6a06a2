"""Who hears of what: only people who take part, today."""

import pytest
from sqlalchemy import delete

from app.access.actor import Role
from app.actions import agreements, comments, people
from app.domain import events as e
from app.domain import operations as ops
from app.ledger import recipients
from app.models.agreements import Seat
from app.models.people import Membership
from app.queries.people import actor_of
from tests.factories.agreements import TREE, add_party, make_case
from tests.factories.amendments import make_amendment
from tests.factories.people import START, make_user

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")
EXTENDED = e.RoundExtended(round=1, closes_at=START.isoformat())
STARTED = e.ThreadStarted(thread=1, organisation="Lille", kind="concern", clause="", commitment="c")
REPLIED = e.ReplyAdded(thread=1, organisation="Porto", commitment="c")
DECIDED = e.AmendmentDecided(amendment="A1", state="accepted")


@pytest.fixture
def case(session, clock):
    """Three parties, an observer, and another agreement that hears nothing of this one."""
    case = make_case()
    add_party(case, "Oslo", kind="observer")
    other = make_case("Lille")
    make_user("Passer By", of=other.organisations["Lille"])
    session.commit()
    return case


def hearers(session, agreement_id, event):
    told = recipients.of(agreement_id, event)
    return set() if told is None else set(session.scalars(told.people, told.values))


def told(session, case, event, agreement_id=None):
    """The first names of organisations and roles that hear of an event."""
    names = {person.id: name for name, person in case.people.items()}
    names[case.facilitator.id] = "facilitator"
    found = hearers(session, agreement_id or case.agreement.id, event)
    assert found <= set(names), "somebody outside the agreement hears"
    return {names[user_id] for user_id in found}


def test_everybody_with_a_seat_hears_of_a_deadline(session, case):
    everybody = {"facilitator", "Lille", "Porto", "Tartu", "Oslo"}
    assert told(session, case, EXTENDED) == everybody


def test_a_member_without_a_seat_is_spared(session, case):
    make_user("Quiet Colleague", of=case.organisations["Lille"])
    assert "Lille" in told(session, case, EXTENDED)


def test_those_who_facilitate_hear_of_contributions(session, case):
    assert told(session, case, STARTED) == {"facilitator"}
    second = make_user("Jan Novak")
    agreements.share_facilitation(case.actor("facilitator"), case.agreement, user_id=second.id)
    found = hearers(session, case.agreement.id, STARTED)
    assert found == {case.facilitator.id, second.id}


def test_writers_hear_of_what_follows_in_their_thread_and_nobody_else(session, case):
    thread = comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    comments.start_thread(case.actor("Tartu"), case.round, text="And this?", kind="question")
    comments.reply(case.actor("Porto"), thread, text="Because.")
    assert told(session, case, REPLIED) == {"Lille", "Porto"}


def test_an_organisation_hears_of_its_amendment_with_every_legal_contact(session, case):
    make_amendment(case, "Lille", DAYS_20)
    make_amendment(case, "Porto", DAYS_20)
    colleague = make_user("Luc Petit", of=case.organisations["Lille"])
    for role in (Role.LEGAL_CONTACT, Role.VOTER):
        agreements.give_seat(
            case.actor("facilitator"), case.participants["Lille"], user_id=colleague.id, role=role
        )
    found = hearers(session, case.agreement.id, DECIDED)
    assert found == {case.people["Lille"].id, colleague.id}


def test_what_was_typed_in_for_an_organisation_is_told_to_it_too(session, case):
    make_amendment(case, "facilitator", DAYS_20, on_behalf_of=case.organisations["Tartu"])
    assert told(session, case, DECIDED) == {"facilitator", "Tartu"}


def test_the_facilitators_own_amendment_concerns_the_facilitator_alone(session, case):
    make_amendment(case, "facilitator", DAYS_20)
    assert told(session, case, DECIDED) == {"facilitator"}


def test_who_left_hears_nothing_and_hears_again_on_coming_back(session, case):
    thread = comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    comments.reply(case.actor("Porto"), thread, text="Because.")
    make_amendment(case, "Lille", DAYS_20)
    facilitator = case.actor("facilitator")
    agreements.end_participation(facilitator, case.participants["Lille"])
    for event in (EXTENDED, REPLIED, DECIDED):
        assert "Lille" not in told(session, case, event)
    agreements.add_participant(
        facilitator, case.agreement, organisation=case.organisations["Lille"]
    )
    for event in (EXTENDED, REPLIED, DECIDED):
        assert "Lille" in told(session, case, event)


def test_who_was_removed_from_the_organisation_hears_nothing(session, case):
    comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    make_amendment(case, "Lille", DAYS_20)
    lille = case.organisations["Lille"]
    anne = make_user("Anne", of=lille, administrator=True)
    people.remove_person(actor_of(session, anne.id), lille, user_id=case.people["Lille"].id)
    for event in (EXTENDED, REPLIED, DECIDED):
        assert "Lille" not in told(session, case, event)


def test_a_seat_that_ended_is_silent_though_the_membership_goes_on(session, case):
    comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    session.execute(delete(Seat).where(Seat.user_id == case.people["Lille"].id))
    assert session.get(Membership, (case.people["Lille"].id, case.organisations["Lille"].id))
    assert told(session, case, REPLIED) == set()


def test_numbers_of_another_agreement_reach_nobody_here(session, case):
    other = make_case("Riga")
    comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    make_amendment(case, "Lille", DAYS_20)
    assert hearers(session, other.agreement.id, REPLIED) == set()
    assert hearers(session, other.agreement.id, DECIDED) == set()


def test_votes_and_drafts_are_told_to_nobody(session, case):
    for event in (
        e.VoteCast(ballot=1, organisation="Lille", choice="yes"),
        e.AmendmentDrafted(organisation="Lille"),
    ):
        assert told(session, case, event) == set()


def test_what_belongs_to_no_agreement_is_told_to_nobody(session, case):
    assert hearers(session, None, e.OrganisationAdded(organisation="Lille")) == set()

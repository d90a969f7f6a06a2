"""What waits for a person and what ends soon: theirs, all of it, and nothing of others."""

from datetime import timedelta

import pytest

from app.access.actor import Role
from app.actions import agreements, ballots, comments, consolidation, dispositions
from app.domain import operations as ops
from app.domain.lifecycle import AgreementState, CopyState, Outcome
from app.kernel import clock as kernel_clock
from app.models.agreements import Seat
from app.models.people import Membership
from app.queries import consolidations
from app.queries.home import deadlines_of, due_of, memberships_of
from app.queries.people import actor_of
from tests.actions.test_ballots import CLOSES, DURING, open_on, propose
from tests.actions.test_signatures import being_signed, hand_in, judge
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.amendments import make_draft
from tests.factories.contributions import consolidate, decide, reword
from tests.factories.people import START, make_organisation, make_user

AFTER = START + timedelta(days=30)
DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")


@pytest.fixture
def case(session, clock) -> Case:
    case = make_case()
    clock.set(DURING)
    return case


def verbs(case: Case, name: str) -> list[str]:
    return [due.verb for due in due_of(case.actor(name))]


def test_nothing_waits_where_nothing_happened(case):
    for name in ("facilitator", *case.people):
        assert verbs(case, name) == []


def test_a_vote_waits_until_it_is_cast_or_the_deadline_has_come(case, clock):
    ballot = open_on(case, propose(case, "Lille", "20"))
    (due,) = due_of(case.actor("Porto"))
    assert (due.verb, due.words, due.until) == ("Vote", "Do you want it?", CLOSES)
    assert (due.noun, due.value, due.slug) == ("ballot", 1, case.agreement.slug)
    assert "Porto has not voted" in due.small
    ballots.cast_vote(case.actor("Porto"), ballot, choice="no")
    assert verbs(case, "Porto") == []
    assert verbs(case, "Tartu") == ["Vote"]
    assert verbs(case, "facilitator") == []
    clock.set(CLOSES)
    assert verbs(case, "Tartu") == []


def test_a_confidential_vote_that_was_cast_waits_no_more(case):
    ballot = open_on(case, propose(case, "Lille", "20"), is_confidential=True)
    ballots.cast_vote(case.actor("Porto"), ballot, choice="no")
    assert verbs(case, "Porto") == []
    assert verbs(case, "Tartu") == ["Vote"]


def test_a_void_ballot_and_an_agreement_given_up_ask_for_no_vote(case):
    ballot = open_on(case, propose(case, "Lille", "20"))
    open_on(case, propose(case, "Porto", "10"))
    ballots.void_ballot(case.actor("facilitator"), ballot, reason="A typo.")
    assert [due.value for due in due_of(case.actor("Porto"))] == [2]
    agreements.abandon_agreement(case.actor("facilitator"), case.agreement)
    assert verbs(case, "Porto") == []
    assert deadlines_of(case.actor("Porto")) == []


def test_who_is_not_named_on_the_roll_is_not_asked(case, session):
    open_on(case, propose(case, "Lille", "20"))
    colleague = case.people["Tartu"]
    session.add(Membership(user_id=colleague.id, organisation_id=case.organisations["Porto"].id))
    session.add(
        Seat(
            agreement_id=case.agreement.id,
            participant_id=case.participants["Porto"].id,
            user_id=colleague.id,
            role=Role.VOTER,
        )
    )
    session.commit()
    assert [due.small for due in due_of(case.actor("Tartu"))] == ["Ballot 1. Tartu has not voted."]


def test_drafts_wait_for_their_organisation_while_the_round_is_open(case, clock):
    make_draft(case, "Lille", DAYS_20)
    (due,) = due_of(case.actor("Lille"))
    assert (due.verb, due.words, due.until) == ("Finish", "Your draft amendment", AFTER)
    make_draft(case, "Lille", DAYS_20)
    assert [due.words for due in due_of(case.actor("Lille"))] == ["Your 2 draft amendments"]
    for name in ("Porto", "facilitator"):
        assert verbs(case, name) == []
    clock.set(AFTER)
    assert verbs(case, "Lille") == []


def test_the_facilitators_own_draft_waits_for_the_facilitator(case):
    make_draft(case, "facilitator", DAYS_20)
    assert verbs(case, "facilitator") == ["Finish"]
    assert verbs(case, "Lille") == []


def test_a_draft_is_for_who_speaks_for_the_organisation_in_that_agreement(case, session):
    """Somebody who speaks for Lille elsewhere is a plain member here."""
    make_draft(case, "Lille", DAYS_20)
    other = make_case("Riga")
    elsewhere = agreements.add_participant(
        other.actor("facilitator"), other.agreement, organisation=case.organisations["Lille"]
    )
    session.add(
        Membership(user_id=other.people["Riga"].id, organisation_id=case.organisations["Lille"].id)
    )
    session.commit()
    agreements.give_seat(
        other.actor("facilitator"),
        elsewhere,
        user_id=other.people["Riga"].id,
        role=Role.LEGAL_CONTACT,
    )
    assert due_of(other.actor("Riga")) == []


def test_who_left_is_told_of_nothing_that_waits_in_the_agreement(case, session):
    make_draft(case, "Lille", DAYS_20)
    open_on(case, propose(case, "Porto", "20"))
    keeper = make_user("Anne", of=case.organisations["Lille"], administrator=True)
    agreements.end_participation(actor_of(session, keeper.id), case.participants["Lille"])
    assert due_of(case.actor("Lille")) == []
    assert deadlines_of(case.actor("Lille")) == []


def test_an_amendment_that_a_new_version_put_in_doubt_waits_for_its_organisation(case, session):
    row = propose(case, "Lille", "20")
    row.rebase_state = "attention"
    session.commit()
    (due,) = due_of(case.actor("Lille"))
    assert (due.verb, due.noun, due.value) == ("Confirm", "amendment", row.label)
    assert verbs(case, "Porto") == verbs(case, "facilitator") == []


def test_the_facilitator_is_asked_for_answers_once_the_round_is_over(case, clock, session):
    thread = comments.start_thread(case.actor("Porto"), case.round, text="Why?", kind="question")
    row = propose(case, "Lille", "20")
    assert verbs(case, "facilitator") == []
    clock.set(AFTER)
    facilitator = case.actor("facilitator")
    assert [due.words for due in due_of(facilitator)] == ["2 contributions have no answer"]
    assert verbs(case, "Porto") == []
    case.agreement.state = AgreementState.VOTING
    session.commit()
    assert [due.words for due in due_of(facilitator)] == ["1 contribution has no answer"]
    case.agreement.state = AgreementState.CONSULTATION
    session.commit()
    dispositions.answer_comments(
        facilitator, case.round, threads=[thread.id], outcome=Outcome.NOTED, answer="Thank you."
    )
    assert [due.words for due in due_of(facilitator)] == ["1 contribution has no answer"]
    dispositions.answer_amendment(
        facilitator, case.round, amendment_id=row.id, outcome=Outcome.DEFERRED, answer="Later."
    )
    assert due_of(facilitator) == []


def test_a_signatory_is_asked_until_a_copy_has_come(session, clock):
    case = being_signed()
    clock.set(CLOSES)
    (due,) = due_of(case.actor("Lille"))
    assert (due.verb, due.noun) == ("Sign", "signing")
    assert "You sign for Lille" in due.small
    copy = hand_in(session, case, "Lille")
    assert verbs(case, "Lille") == []
    assert [due.words for due in due_of(case.actor("facilitator"))] == ["One signed copy"]
    hand_in(session, case, "Porto")
    assert [due.words for due in due_of(case.actor("facilitator"))] == ["2 signed copies"]
    judge(case, copy, CopyState.REFUSED, reason="A page is missing.")
    assert verbs(case, "Lille") == ["Sign"]
    assert verbs(case, "facilitator") == ["Look"]


def test_what_ends_first_comes_first_and_what_never_ends_last(case, session):
    row = propose(case, "Lille", "20")
    make_draft(case, "Lille", DAYS_20)
    open_on(case, row)
    doubtful = propose(case, "Lille", "10")
    doubtful.rebase_state = "attention"
    session.commit()
    assert verbs(case, "Lille") == ["Vote", "Finish", "Confirm"]


def test_deadlines_are_those_ahead_in_ones_own_agreements(case, clock):
    open_on(case, propose(case, "Lille", "20"))
    make_case("Riga")
    found = deadlines_of(case.actor("Porto"))
    assert [(one.words, one.at) for one in found] == [
        ("Ballot 1 closes", CLOSES),
        ("Round 1 closes", AFTER),
    ]
    clock.set(AFTER - timedelta(seconds=1))
    assert len(deadlines_of(case.actor("Porto"))) == 1
    clock.set(AFTER)
    assert deadlines_of(case.actor("Porto")) == []


def test_one_reads_the_names_of_ones_own_organisations(case, session):
    assert memberships_of(case.actor("Porto")) == ["Porto"]
    session.add(
        Membership(user_id=case.people["Porto"].id, organisation_id=make_organisation("Aachen").id)
    )
    assert memberships_of(case.actor("Porto")) == ["Aachen", "Porto"]


def test_conflicts_wait_for_the_facilitator_until_they_are_settled(session):
    case = make_case()
    rows = [reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "30")]
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    with kernel_clock.at(AFTER):
        (due,) = due_of(case.actor("facilitator"))
        assert (due.verb, due.noun, due.slug) == ("Settle", "conflict", case.agreement.slug)
        assert due.words == "1 conflict between accepted amendments"
        assert due.small == "Version 2 waits for a decision."
        assert verbs(case, "Lille") == []
        standing = consolidations.standing_of(session, case.round)
        consolidation.resolve_conflict(
            case.actor("facilitator"),
            case.round,
            conflict=standing.merged.conflicts[0].id,
            choice="base",
            value=None,
            why="Neither.",
        )
        assert verbs(case, "facilitator") == []


def test_the_number_of_statements_does_not_grow(session, clock, count_statements):
    small = make_case("Lille")
    large = make_case(*(f"Hub {number}" for number in range(8)))
    with kernel_clock.at(DURING):
        for name in large.people:
            make_draft(large, name, DAYS_20)
            open_on(large, propose(large, name, "20"))
    clock.set(DURING)
    counts = []
    for case in (small, large):
        actor = case.actor(next(iter(case.people)))
        session.commit()
        with count_statements() as sent:
            due_of(actor)
            deadlines_of(actor)
        counts.append(len(sent))
    assert counts == [9, 9]

"""The strip at the top of an agreement: the right facts for whoever looks, in few statements."""

from datetime import timedelta

import pytest

from app.domain.lifecycle import AgreementState
from app.queries.heads import Phase, head_of
from tests.factories.agreements import add_party, make_case
from tests.factories.people import START, make_workspace


@pytest.fixture
def case(session, clock):
    make_workspace()
    return make_case()


def test_the_facts_count_and_name(case):
    head = head_of(case.actor("Lille"), case.agreement)
    assert head.facts_bold == "Version 1"
    assert head.facts == " · 3 hubs in 1 country · 5 clauses"
    assert head.mine.name == "Lille"
    assert head.mine.colour == case.participants["Lille"].colour


def test_observers_are_not_counted_among_the_parties(case):
    add_party(case, "Capital", kind="observer")
    facts = head_of(case.actor("Lille"), case.agreement).facts
    assert facts == " · 3 hubs in 1 country · 5 clauses"


def test_the_deadline_is_that_of_the_round_until_and_after_it(case, clock):
    closes = START + timedelta(days=30)
    head = head_of(case.actor("Lille"), case.agreement)
    assert (head.deadline, head.deadline_words) == (closes, "Comments and amendments close")
    clock.set(closes)
    head = head_of(case.actor("Lille"), case.agreement)
    assert (head.deadline, head.deadline_words) == (closes, "Comments and amendments closed")


def test_phases_are_over_going_on_or_to_come(case):
    phases = head_of(case.actor("Lille"), case.agreement).phases
    assert phases[:3] == (
        Phase("Drafting", "done"),
        Phase("Consultation, round 1", "now"),
        Phase("Voting", "later"),
    )


def test_voting_is_no_phase_where_it_was_passed_without_a_ballot(case):
    case.agreement.state = AgreementState.CONSOLIDATION
    names = [phase.name for phase in head_of(case.actor("Lille"), case.agreement).phases]
    assert names[:3] == ["Drafting", "Consultation", "Consolidation"]


@pytest.mark.parametrize("state", AgreementState)
def test_each_state_has_one_phase_that_goes_on(case, state):
    case.agreement.state = state
    phases = head_of(case.actor("Lille"), case.agreement).phases
    assert [phase.state for phase in phases].count("now") == 1


def test_only_the_facilitator_has_a_desk(case):
    keys = [room.key for room in head_of(case.actor("Lille"), case.agreement).rooms]
    assert "desk" not in keys
    head = head_of(case.actor("facilitator"), case.agreement)
    assert [room.count for room in head.rooms if room.key == "desk"] == [0]
    assert head.mine is None
    assert head.is_facilitator


def test_it_takes_two_statements_whatever_the_size(session, clock, count_statements):
    make_workspace()
    for case in (make_case("Lille"), make_case(*(f"Hub {number}" for number in range(20)))):
        actor = case.actor(next(iter(case.people)))
        session.commit()
        with count_statements() as sent:
            head_of(actor, case.agreement)
        # The stamp with the round; all counts with the reader's own organisation.
        assert len(sent) == 2

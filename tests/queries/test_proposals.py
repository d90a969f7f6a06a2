"""Amendments as the engine sees them: their base, their authors, the ballots on them."""

from datetime import timedelta

import pytest

from app.actions import amendments as act
from app.domain import operations as ops
from app.domain.lifecycle import AmendmentState
from app.models.ballots import Ballot, BallotOption
from app.queries import proposals
from tests.factories.agreements import TREE, make_case
from tests.factories.amendments import make_amendment, make_draft, rewording
from tests.factories.people import START, make_workspace

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")


@pytest.fixture
def case(session, clock):
    make_workspace()
    return make_case()


@pytest.fixture
def pair(case):
    """A1 of Lille, and A1.1 of Porto to it."""
    primary = make_amendment(case, "Lille", DAYS_20)
    step = rewording(case, "answer-time", "20", "25", primary)
    return primary, make_amendment(case, "Porto", step, to=primary)


def make_ballot(session, case, row, **facts):
    ballot = Ballot(
        agreement_id=case.agreement.id,
        round_id=case.round.id,
        version_id=case.version.id,
        question="Adopt it?",
        wording_hash="",
        choices=[],
        rule={},
        opened_by=case.facilitator.id,
        **{
            "number": 1,
            "subject": "amendment",
            "opens_at": START,
            "closes_at": START + timedelta(days=2),
            **facts,
        },
    )
    session.add(ballot)
    session.flush()
    session.add(BallotOption(ballot_id=ballot.id, amendment_id=row.id))
    session.commit()
    return ballot


def test_a_secondary_amendment_stands_on_its_primary(pair, session):
    primary, below = pair
    assert proposals.base_of(session, primary) == TREE
    assert "20 working" in proposals.base_of(session, below).find("answer-time").text
    assert "25 working" in proposals.text_with(session, below).find("answer-time").text


def test_the_engine_gets_primaries_by_number(pair):
    primary, below = pair
    found = proposals.as_domains([primary, below])
    assert [(one.number, one.primary) for one in found] == [(1, None), (2, 1)]
    assert proposals.as_domains([below]) == ()


def test_a_draft_is_never_merged(case):
    with pytest.raises(AssertionError):
        proposals.as_domain(make_draft(case, "Lille", DAYS_20), {})


def test_those_in_a_state_in_the_order_of_proposing(pair, case, session):
    primary, below = pair
    make_draft(case, "Tartu", DAYS_20)
    found = proposals.amendments_in(session, case.agreement.id, AmendmentState.PROPOSED)
    assert [row.label for row in found] == ["A1", "A1.1"]
    assert [row.id for row in proposals.secondaries_of(session, primary.id)] == [below.id]


def test_a_redline_knows_who_is_behind_each_number(pair, case, session):
    make_amendment(case, "facilitator", DAYS_20)
    rows = proposals.amendments_in(session, case.agreement.id, AmendmentState.PROPOSED)
    authors = proposals.authors_of(session, rows)
    assert [(one.label, one.name, one.colour) for one in authors.values()] == [
        ("A1", "Lille", 1),
        ("A1.1", "Porto", 2),
        ("A2", "the facilitator", 0),
    ]
    assert proposals.authors_of(session, []) == {}


def test_labels_count_primaries_and_below_each_primary_anew(pair, case, session):
    primary, _ = pair
    assert proposals.next_label_number(session, case.agreement.id) == 2
    assert proposals.next_secondary_number(session, primary.id) == 2


def test_a_ballot_is_deciding_from_its_opening_until_it_is_counted(pair, case, session):
    primary, below = pair
    ballot = make_ballot(session, case, primary)
    before, last = START - timedelta(seconds=1), START + timedelta(days=3)
    assert proposals.open_ballot_on(session, primary, before) is None
    assert proposals.open_ballot_on(session, primary, START).id == ballot.id
    assert proposals.open_ballot_on(session, primary, last).id == ballot.id
    assert proposals.open_ballot_on(session, below, START) is None
    ballot.counted_at = last
    session.commit()
    assert proposals.open_ballot_on(session, primary, last) is None


def test_a_straw_poll_decides_nothing(pair, case, session):
    primary, below = pair
    make_ballot(session, case, primary, subject="straw", outcome="carried")
    assert proposals.deciding_ballot(session, primary.id) is None
    second = make_ballot(session, case, below, number=2, outcome="lost")
    assert proposals.deciding_ballot(session, below.id).id == second.id


def test_withdrawn_ones_are_not_among_the_secondaries(pair, case, session):
    primary, below = pair
    act.withdraw_amendment(case.actor("Porto"), below)
    assert proposals.secondaries_of(session, primary.id) == []

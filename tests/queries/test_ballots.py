"""Ballots as they are stored: which are found, which are due, what they come to."""

from datetime import timedelta

import pytest

from app.access.actor import Role
from app.actions import agreements, ballots
from app.domain import ballots as law
from app.domain.clauses import digest
from app.kernel.errors import NotFound
from app.models.agreements import Seat
from app.models.people import Membership
from app.queries import ballots as found
from tests.actions.test_ballots import CLOSES, DURING, FIVE, count, open_on, propose, vote
from tests.factories.agreements import add_party, make_case
from tests.factories.people import make_user


@pytest.fixture
def case(session, clock):
    case = make_case(*FIVE)
    clock.set(DURING)
    return case


@pytest.fixture
def ballot(case):
    return open_on(case, propose(case, "Lille", "20"))


def test_a_ballot_comes_with_its_roll_and_options_in_a_few_statements(
    session, case, count_statements
):
    open_on(case, propose(case, "Lille", "20"), propose(case, "Porto", "10"))
    session.expire_all()
    agreement_id = case.agreement.id
    with count_statements() as sent:
        ballot = found.get_ballot(session, agreement_id, 1)
        assert sorted(entry.organisation.name for entry in ballot.roll) == sorted(FIVE)
        assert [one.amendment.organisation.name for one in ballot.options] == ["Lille", "Porto"]
        assert ballot.agreement.id == agreement_id
        assert ballot.version.number == 1
    assert len(sent) == 3


def test_a_ballot_is_found_in_its_own_agreement_only(session, case, ballot):
    other = make_case("Riga")
    for agreement_id, number in ((other.agreement.id, 1), (case.agreement.id, 2)):
        with pytest.raises(NotFound, match=f"no ballot {number}"):
            found.get_ballot(session, agreement_id, number)


def test_a_ballot_is_due_from_its_deadline_until_it_is_counted(session, case, ballot):
    assert found.due(session, CLOSES - timedelta(microseconds=1)) == []
    assert found.due(session, CLOSES) == [ballot]
    count(case, ballot)
    assert found.due(session, CLOSES) == []


def test_what_is_void_or_was_given_up_is_never_due(session, case, ballot):
    later = open_on(case, propose(case, "Porto", "10"))
    ballots.void_ballot(case.actor("facilitator"), ballot, reason="A typo.")
    assert found.due(session, CLOSES) == [later]
    agreements.abandon_agreement(case.actor("facilitator"), case.agreement)
    assert found.due(session, CLOSES) == []


def test_a_round_has_uncounted_ballots_until_they_are_counted_or_void(session, case, ballot):
    second = open_on(case, propose(case, "Porto", "10"))
    assert found.uncounted_in(session, case.round.id) == [ballot, second]
    count(case, ballot)
    ballots.void_ballot(case.actor("facilitator"), second, reason="A typo.")
    assert found.uncounted_in(session, case.round.id) == []


def test_todays_roll_has_the_parties_with_their_weights_and_named_voters(session, case):
    case.participants["Porto"].weight = 3
    add_party(case, "Oslo", kind="observer")
    agreements.end_participation(case.actor("facilitator"), case.participants["Turin"])
    names = {organisation.id: name for name, organisation in case.organisations.items()}
    roll = {
        names[one]: (weight, casters)
        for one, weight, casters in found.roll_today(session, case.agreement.id)
    }
    assert set(roll) == {"Lille", "Porto", "Tartu", "Riga"}
    assert roll["Porto"] == (3, [str(case.people["Porto"].id)])


def test_a_party_without_a_voter_is_on_the_roll_and_nobody_casts_for_it(session, case):
    session.query(Seat).filter_by(user_id=case.people["Riga"].id, role=Role.VOTER).delete()
    roll = {one: casters for one, _, casters in found.roll_today(session, case.agreement.id)}
    assert roll[case.organisations["Riga"].id] == []
    assert len(roll) == 5


def test_only_the_vote_that_counts_now_is_found(session, case, ballot):
    porto = case.organisations["Porto"].id
    assert found.live_vote(session, ballot.id, porto) is None
    vote(case, ballot, Porto="no")
    vote(case, ballot, Porto="yes")
    assert found.live_vote(session, ballot.id, porto).choice == "yes"


@pytest.mark.parametrize("is_confidential", [False, True])
def test_a_tally_counts_everybody_on_the_roll_openly_and_confidentially_alike(
    session, case, is_confidential
):
    ballot = open_on(case, propose(case, "Lille", "20"), is_confidential=is_confidential)
    vote(case, ballot, Lille="yes", Porto="no", Tartu="yes", Riga="abstain")
    tally = found.tally_of(session, ballot, law.VotingRule())
    assert tally.by_choice == {"yes": 2, "no": 1, "abstain": 1}
    assert tally.eligible == 5
    assert found.took_part(session, ballot) == 4


def test_a_changed_vote_is_one_vote(session, case, ballot):
    vote(case, ballot, Porto="no")
    vote(case, ballot, Porto="yes")
    assert found.took_part(session, ballot) == 1
    assert found.tally_of(session, ballot, law.VotingRule()).by_choice == {"yes": 1}


def test_weights_count_in_a_roll_call_where_the_rule_says_so(session, case):
    case.participants["Porto"].weight = 3
    session.commit()
    ballot = open_on(case, propose(case, "Lille", "20"))
    vote(case, ballot, Porto="yes", Lille="no")
    heads = found.tally_of(session, ballot, law.VotingRule())
    assert (heads.by_choice, heads.eligible) == ({"yes": 1, "no": 1}, 5)
    weighed = found.tally_of(session, ballot, law.VotingRule(count_by="weight"))
    assert (weighed.by_choice, weighed.eligible) == ({"yes": 3, "no": 1}, 7)


def test_who_joins_the_organisation_later_is_not_on_the_frozen_roll(session, case, ballot):
    newcomer = make_user("Nina", of=case.organisations["Porto"])
    assert session.get(Membership, (newcomer.id, case.organisations["Porto"].id))
    again = found.get_ballot(session, case.agreement.id, ballot.number)
    assert all(str(newcomer.id) not in entry.casters for entry in again.roll)


def test_the_wording_is_bound_by_what_each_option_does_in_its_order(session, case):
    first, second = propose(case, "Lille", "20"), propose(case, "Porto", "10")
    ballot = open_on(case, first, second)
    assert ballot.wording_hash == digest([first.operations_hash, second.operations_hash])
    assert found.wording_hash([second, first]) != ballot.wording_hash
    assert [row.id for row in found.options_of(session, ballot.id)] == [first.id, second.id]

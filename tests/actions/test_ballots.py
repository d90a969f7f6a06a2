from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.access.actor import Role
from app.actions import agreements, alternatives, amendments, ballots, people
from app.domain import ballots as law
from app.domain import operations as ops
from app.domain.lifecycle import AgreementState, AmendmentState
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.ledger import audit
from app.models.agreements import Seat
from app.models.amendments import AmendmentRow
from app.models.audit import AuditEntry
from app.models.ballots import Ballot, RollEntry, SecretVote, Vote
from app.models.people import Membership
from app.queries.people import actor_of
from tests.factories.agreements import TREE, Case, add_party, make_case
from tests.factories.people import START, make_user

DURING = START + timedelta(days=5)
CLOSES = START + timedelta(days=9)
FIVE = ("Lille", "Porto", "Tartu", "Riga", "Turin")


def propose(case: Case, name: str, days: str) -> AmendmentRow:
    text = TREE.find("answer-time").text.replace("15", days)
    operation = ops.replace_text(TREE, "answer-time", text)
    with clock.at(DURING):
        draft = amendments.draft_amendment(case.actor(name), case.round, operations=[operation])
        return amendments.propose_amendment(case.actor(name), draft)


def open_on(case: Case, *rows: AmendmentRow, rule: law.VotingRule | None = None, **more) -> Ballot:
    with clock.at(DURING):
        return ballots.open_ballot(
            case.actor("facilitator"),
            case.round,
            question="Do you want it?",
            rule=rule or law.VotingRule(),
            closes_at=CLOSES,
            amendments=rows,
            **more,
        )


def vote(case: Case, ballot: Ballot, **choices: str) -> None:
    with clock.at(DURING):
        for name, choice in choices.items():
            ballots.cast_vote(case.actor(name), ballot, choice=choice)


def count(case: Case, ballot: Ballot) -> Ballot:
    with clock.at(CLOSES):
        return ballots.count_ballot(case.actor("facilitator"), ballot)


def test_a_clock_that_is_set_back_lets_no_vote_in_behind_the_count(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    count(case, ballot)
    with clock.at(DURING), pytest.raises(WrongMoment):
        ballots.cast_vote(case.actor("Porto"), ballot, choice="yes")
    assert not session.scalars(select(Vote)).all()


def test_a_carried_ballot_accepts_its_amendment_and_says_why(session):
    case = make_case(*FIVE)
    row = propose(case, "Lille", "20")
    ballot = open_on(case, row)
    vote(case, ballot, Lille="yes", Porto="yes", Tartu="no", Riga="abstain")
    count(case, ballot)

    assert ballot.outcome == "carried"
    assert ballot.result["by_choice"] == {"yes": 2, "no": 1, "abstain": 1}
    explained = ballot.result["explanation"].format(**ballot.result["params"])
    assert explained == "2 yes, 1 no, 1 abstained: 2 of 3 meets the rule, so it is carried."
    session.refresh(row)
    assert row.state == AmendmentState.ACCEPTED


def test_a_vote_counts_until_just_before_the_deadline_and_not_at_it(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    with clock.at(CLOSES - timedelta(microseconds=1)):
        ballots.cast_vote(case.actor("Porto"), ballot, choice="yes")
    with clock.at(CLOSES), pytest.raises(WrongMoment):
        ballots.cast_vote(case.actor("Tartu"), ballot, choice="no")
    with clock.at(DURING - timedelta(seconds=1)), pytest.raises(WrongMoment):
        ballots.cast_vote(case.actor("Tartu"), ballot, choice="no")


def test_an_organisation_changes_its_vote_and_only_the_last_one_counts(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    vote(case, ballot, Porto="no")
    vote(case, ballot, Porto="yes")
    vote(case, ballot, Porto="yes")

    votes = session.scalars(select(Vote).where(Vote.ballot_id == ballot.id)).all()
    assert sorted((one.choice, one.is_live) for one in votes) == [("no", False), ("yes", True)]


def test_only_named_voters_of_the_roll_vote_and_only_for_what_is_asked(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    with clock.at(DURING):
        with pytest.raises(NotAllowed):
            ballots.cast_vote(case.actor("facilitator"), ballot, choice="yes")
        with pytest.raises(Invalid):
            ballots.cast_vote(case.actor("Lille"), ballot, choice="perhaps")


def test_who_left_the_organisation_since_the_roll_was_frozen_votes_no_more(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    person, organisation = case.people["Porto"], case.organisations["Porto"]
    keeper = make_user("Keeper", of=organisation, administrator=True)
    session.add(Membership(user_id=person.id, organisation_id=case.organisations["Tartu"].id))
    session.commit()
    people.remove_person(actor_of(session, keeper.id), organisation, user_id=person.id)
    with clock.at(DURING), pytest.raises(NotAllowed, match="Only people on the roll"):
        ballots.cast_vote(case.actor("Porto"), ballot, choice="yes")


def test_a_facilitator_takes_no_vote_away_by_ending_a_seat(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    seats = select(Seat).where(Seat.user_id == case.people["Porto"].id, Seat.role == Role.VOTER)
    seat = session.scalars(seats).one()
    agreements.end_seat(case.actor("facilitator"), case.participants["Porto"], seat_id=seat.id)
    vote(case, ballot, Porto="no")
    assert count(case, ballot).result["by_choice"]["no"] == 1


def test_a_party_is_not_put_out_while_a_ballot_is_open_but_may_go(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    porto, tartu = case.participants["Porto"], case.participants["Tartu"]
    with pytest.raises(Conflict, match="votes in ballot 1"):
        agreements.end_participation(case.actor("facilitator"), porto)
    keeper = make_user("Keeper", of=case.organisations["Porto"], administrator=True)
    agreements.end_participation(actor_of(session, keeper.id), porto)
    assert porto.left_at is not None
    count(case, ballot)
    agreements.end_participation(case.actor("facilitator"), tartu)
    assert tartu.left_at is not None


def test_the_roll_is_frozen_at_opening(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    add_party(case, "Gdansk")
    with clock.at(DURING), pytest.raises(NotAllowed):
        ballots.cast_vote(case.actor("Gdansk"), ballot, choice="yes")
    assert session.scalar(select(func.count()).select_from(RollEntry)) == 3


def test_counting_is_after_the_deadline_and_happens_once(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    vote(case, ballot, Porto="yes")
    with clock.at(CLOSES - timedelta(seconds=1)), pytest.raises(WrongMoment):
        ballots.count_ballot(case.actor("facilitator"), ballot)
    count(case, ballot)
    first = dict(ballot.result)
    entries = session.scalar(select(func.count()).select_from(AuditEntry))
    count(case, ballot)
    assert ballot.result == first
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == entries


def test_among_alternatives_one_wins_and_the_others_fall_with_what_amends_them(session):
    case = make_case(*FIVE)
    first, second = propose(case, "Lille", "20"), propose(case, "Porto", "10")
    changed = ops.apply(TREE, ops.from_json(second.operations))
    text = changed.find("answer-time").text.replace("A Hub", "Every Hub")
    with clock.at(DURING):
        draft = amendments.amend_amendment(
            case.actor("Tartu"),
            second,
            operations=[ops.replace_text(changed, "answer-time", text)],
        )
        secondary = amendments.propose_amendment(case.actor("Tartu"), draft)
    assert secondary.label == f"{second.label}.1"
    ballot = open_on(case, first, second)
    vote(case, ballot, Lille=first.label, Porto=second.label, Tartu=first.label, Riga=first.label)
    count(case, ballot)

    for row in (first, second, secondary):
        session.refresh(row)
    assert (first.state, second.state, secondary.state) == ("accepted", "fallen", "fallen")


def test_an_inquorate_ballot_and_a_straw_poll_decide_nothing(session):
    case = make_case(*FIVE)
    row = propose(case, "Lille", "20")
    ballot = open_on(case, row, rule=law.VotingRule(min_participation=(1, 2)))
    vote(case, ballot, Lille="yes", Porto="yes")
    assert count(case, ballot).outcome == "inquorate"
    straw = open_on(case, row, is_straw=True)
    vote(case, straw, Lille="yes", Porto="yes", Tartu="yes")
    assert count(case, straw).outcome == "carried"
    session.refresh(row)
    assert row.state == AmendmentState.PROPOSED


def test_a_confidential_ballot_knows_who_voted_and_what_was_voted_but_not_who_what(session):
    case = make_case(*FIVE)
    ballot = open_on(case, propose(case, "Lille", "20"), is_confidential=True)
    vote(case, ballot, Lille="yes", Porto="no", Tartu="yes")
    with clock.at(DURING), pytest.raises(Conflict, match="can't be changed"):
        ballots.cast_vote(case.actor("Lille"), ballot, choice="no")
    before = set(session.scalars(select(SecretVote.id)))
    count(case, ballot)

    assert ballot.result["by_choice"] == {"yes": 2, "no": 1}
    assert session.scalar(select(func.count()).select_from(Vote)) == 0
    assert before.isdisjoint(session.scalars(select(SecretVote.id)))
    cast = session.scalars(select(AuditEntry).where(AuditEntry.tag == "vote:cast")).all()
    assert {entry.data["choice"] for entry in cast} == {None}


def test_a_confidential_ballot_refuses_unequal_weights(session):
    case = make_case()
    case.participants["Lille"].weight = 3
    session.commit()
    with pytest.raises(Invalid, match="weights"):
        open_on(case, propose(case, "Lille", "20"), is_confidential=True)


def test_an_amendment_is_voted_on_once_at_a_time_and_not_withdrawn_meanwhile(session):
    case = make_case()
    row = propose(case, "Lille", "20")
    ballot = open_on(case, row)
    with pytest.raises(Conflict, match="ballot 1 already"):
        open_on(case, row)
    with clock.at(DURING), pytest.raises(Conflict, match="Ballot 1 is deciding"):
        amendments.withdraw_amendment(case.actor("Lille"), row)
    with clock.at(DURING):
        with pytest.raises(Invalid):
            ballots.void_ballot(case.actor("facilitator"), ballot, reason=" ")
        ballots.void_ballot(case.actor("facilitator"), ballot, reason="The wording was wrong.")
        with pytest.raises(WrongMoment):
            ballots.cast_vote(case.actor("Porto"), ballot, choice="yes")
        amendments.withdraw_amendment(case.actor("Lille"), row)
    assert row.state == AmendmentState.WITHDRAWN


def test_a_ballots_deadline_only_moves_later_while_it_is_open(session):
    case = make_case()
    ballot = open_on(case, propose(case, "Lille", "20"))
    facilitator = case.actor("facilitator")
    with clock.at(DURING):
        with pytest.raises(Invalid):
            ballots.extend_ballot(facilitator, ballot, closes_at=CLOSES)
        ballots.extend_ballot(facilitator, ballot, closes_at=CLOSES + timedelta(days=1))
    with clock.at(CLOSES):
        ballots.cast_vote(case.actor("Porto"), ballot, choice="yes")


@pytest.mark.parametrize(
    ("choices", "state"), [(("yes", "yes", "no"), "adoption"), (("no", "no", "yes"), "published")]
)
def test_a_whole_text_is_adopted_or_goes_back(session, choices, state):
    case = make_case(state=AgreementState.PUBLISHED)
    with clock.at(DURING):
        ballot = ballots.open_adoption(
            case.actor("facilitator"),
            case.agreement,
            question="Do you adopt this agreement?",
            rule=law.VotingRule(),
            closes_at=CLOSES,
        )
    assert ballot.wording_hash == case.version.hash
    vote(case, ballot, **dict(zip(("Lille", "Porto", "Tartu"), choices, strict=True)))
    count(case, ballot)
    assert case.agreement.state == state
    assert audit.verify(session)[1] is None


def excluding(case: Case, *rows: AmendmentRow) -> None:
    with clock.at(DURING):
        alternatives.declare_alternatives(
            case.actor("facilitator"), case.round, amendments=[row.id for row in rows]
        )


def test_a_carried_ballot_fells_what_excludes_the_winner(session):
    case = make_case(*FIVE)
    first, second = propose(case, "Lille", "20"), propose(case, "Porto", "10")
    excluding(case, first, second)
    ballot = open_on(case, first)
    vote(case, ballot, Lille="yes", Porto="yes", Tartu="yes")
    count(case, ballot)
    for row in (first, second):
        session.refresh(row)
    assert (first.state, second.state) == ("accepted", "fallen")
    assert second.reason == f"{first.label} was adopted instead."


def test_a_lost_ballot_fells_no_alternative(session):
    case = make_case(*FIVE)
    first, second = propose(case, "Lille", "20"), propose(case, "Porto", "10")
    excluding(case, first, second)
    ballot = open_on(case, first)
    vote(case, ballot, Lille="no", Porto="no", Tartu="no")
    count(case, ballot)
    session.refresh(second)
    assert second.state == "proposed"


def test_alternatives_are_never_put_to_two_ballots_at_once(session):
    case = make_case(*FIVE)
    first, second = propose(case, "Lille", "20"), propose(case, "Porto", "10")
    excluding(case, first, second)
    open_on(case, first)
    with pytest.raises(Conflict, match="A2 excludes A1, which ballot 1 decides"):
        open_on(case, second)


def test_what_two_ballots_decide_is_no_set_of_alternatives(session):
    case = make_case(*FIVE)
    first, second = propose(case, "Lille", "20"), propose(case, "Porto", "10")
    open_on(case, first)
    open_on(case, second)
    with pytest.raises(Conflict, match="Ballots 1 and 2 decide some of these apart"):
        excluding(case, first, second)

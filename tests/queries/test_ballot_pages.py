"""The pages of ballots: what each person may see of a ballot at each moment."""

import pytest

from app.actions import ballots
from app.kernel.errors import NotFound
from app.queries import ballot_pages as pages
from tests.actions.test_ballots import CLOSES, DURING, FIVE, count, open_on, propose, vote
from tests.factories.agreements import make_case


@pytest.fixture
def case(session, clock):
    case = make_case(*FIVE)
    clock.set(DURING)
    return case


def page(case, name, number=1):
    return pages.page_of(case.actor(name), case.agreement, number)


def choices(seen):
    return {seat.org.name: seat.choice for seat in seen.seats if seat.choice}


def voted(seen):
    return {seat.org.name for seat in seen.seats if seat.voted}


def test_while_open_one_sees_who_voted_and_ones_own_choice_and_no_count(case):
    ballot = open_on(case, propose(case, "Lille", "20"))
    vote(case, ballot, Lille="yes", Porto="no")
    seen = page(case, "Porto")
    assert seen.state == "open"
    assert (seen.mine.name, seen.my_choice) == ("Porto", "no")
    assert voted(seen) == {"Lille", "Porto"}
    assert choices(seen) == {}
    assert seen.tally is None and seen.decision is None
    assert [seat.org.name for seat in seen.seats if seat.mine] == ["Porto"]
    assert page(case, "facilitator").mine is None


def test_between_deadline_and_count_nothing_more_is_shown(case, clock):
    ballot = open_on(case, propose(case, "Lille", "20"))
    vote(case, ballot, Lille="yes")
    clock.set(CLOSES)
    seen = page(case, "Porto")
    assert (seen.state, seen.tally, choices(seen)) == ("closed", None, {})


def test_after_the_count_everybody_sees_who_voted_how(case, clock):
    ballot = open_on(case, propose(case, "Lille", "20"))
    vote(case, ballot, Lille="yes", Porto="abstain")
    count(case, ballot)
    clock.set(CLOSES)
    seen = page(case, "Turin")
    assert seen.state == "counted"
    assert set(choices(seen)) == {"Lille", "Porto"}
    assert seen.tally.by_choice == {"yes": 1, "abstain": 1}
    assert seen.decision.outcome == ballot.outcome


def test_the_count_is_shown_while_open_where_that_was_chosen_and_still_not_who(case):
    ballot = open_on(case, propose(case, "Lille", "20"), shows_results=True)
    vote(case, ballot, Lille="yes")
    seen = page(case, "Turin")
    assert seen.tally.by_choice == {"yes": 1}
    assert choices(seen) == {}


@pytest.mark.parametrize("shows_results", [False, True])
def test_a_confidential_ballot_never_shows_a_choice_and_no_count_while_open(
    case, clock, shows_results
):
    ballot = open_on(
        case, propose(case, "Lille", "20"), is_confidential=True, shows_results=shows_results
    )
    vote(case, ballot, Lille="yes", Porto="no")
    seen = page(case, "Lille")
    assert (seen.my_choice, seen.tally, seen.took_part) == ("voted", None, 2)
    assert voted(seen) == {"Lille", "Porto"}
    count(case, ballot)
    clock.set(CLOSES)
    counted = page(case, "Lille")
    assert counted.tally.by_choice == {"yes": 1, "no": 1}
    assert set(choices(counted).values()) == {"voted"}


def test_a_void_ballot_shows_neither_count_nor_choices(case):
    ballot = open_on(case, propose(case, "Lille", "20"))
    vote(case, ballot, Lille="yes")
    ballots.void_ballot(case.actor("facilitator"), ballot, reason="A typo.")
    seen = page(case, "Porto")
    assert (seen.state, seen.tally, choices(seen)) == ("void", None, {})


def test_the_wording_of_each_alternative_is_shown_as_what_it_changes(case):
    rows = [propose(case, "Lille", "20"), propose(case, "Porto", "10")]
    open_on(case, *rows)
    seen = page(case, "Tartu")
    assert [(one.label, one.org.name) for one in seen.options] == [("A1", "Lille"), ("A2", "Porto")]
    assert [one.org.colour for one in seen.options] == [1, 2]
    shown = [str(one.redline) for one in seen.options]
    assert "20" in shown[0] and "10" in shown[1] and shown[0] != shown[1]


def test_a_ballot_of_another_agreement_is_not_found(case):
    open_on(case, propose(case, "Lille", "20"))
    other = make_case("Riga")
    with pytest.raises(NotFound):
        page(other, "Riga")


def test_the_list_tells_the_newest_first_with_how_many_voted(case, clock):
    ballot = open_on(case, propose(case, "Lille", "20"))
    secret = open_on(case, propose(case, "Porto", "10"), is_confidential=True)
    vote(case, ballot, Lille="yes", Porto="no")
    vote(case, ballot, Porto="yes")
    vote(case, secret, Tartu="yes")
    count(case, ballot)
    clock.set(CLOSES)
    lines = pages.lines_of(case.agreement)
    assert [(line.number, line.took_part, line.entitled) for line in lines] == [
        (2, 1, 5),
        (1, 2, 5),
    ]
    assert [(line.state, line.outcome) for line in lines] == [
        ("closed", ""),
        ("counted", "carried"),
    ]


def test_only_open_amendments_that_fit_the_text_can_be_put_to_a_ballot(session, case):
    first = propose(case, "Lille", "20")
    doubtful = propose(case, "Porto", "10")
    own = propose(case, "facilitator", "5")
    doubtful.rebase_state = "attention"
    session.commit()
    assert pages.candidates(case.agreement) == [
        (str(first.id), f"{first.label} of Lille"),
        (str(own.id), f"{own.label} of the facilitator"),
    ]
    ids = [str(own.id), str(first.id), "nonsense", str(case.round.id)]
    assert [row.id for row in pages.amendments_by_id(case.agreement, ids)] == [first.id, own.id]
    other = make_case("Riga")
    assert pages.amendments_by_id(other.agreement, ids) == []


def test_a_page_takes_as_many_statements_for_five_alternatives_as_for_two(
    session, case, count_statements
):
    open_on(case, *(propose(case, name, "20") for name in FIVE[:2]))
    open_on(case, *(propose(case, name, days) for name, days in zip(FIVE, "56789", strict=True)))
    sizes = []
    for number in (1, 2):
        actor = case.actor("Porto")
        agreement = case.agreement
        session.commit()
        session.refresh(agreement)
        with count_statements() as sent:
            assert pages.page_of(actor, agreement, number).options
        sizes.append(len(sent))
    assert sizes[0] == sizes[1], sent
    with count_statements() as sent:
        assert len(pages.lines_of(agreement)) == 2
    assert len(sent) == 1

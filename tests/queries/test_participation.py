"""Who commented, proposed and voted in a round."""

from datetime import timedelta

import pytest

from app.actions import ballots, comments
from app.domain.ballots import VotingRule
from app.kernel import clock
from app.queries.participation import participation_in
from tests.factories.agreements import add_party, make_case
from tests.factories.contributions import DURING, comment, reword


def test_every_party_has_its_seat_with_what_it_did(session):
    case = make_case("Lille", "Porto", "Tartu")
    add_party(case, "Graz", kind="observer")
    thread = comment(case, "Lille")
    with clock.at(DURING):
        comments.reply(case.actor("Porto"), thread, text="Indeed.")
    reword(case, "Porto", "15", "20")
    part = participation_in(case.round)
    assert [(seat.org.name, seat.comments, seat.amendments) for seat in part.seats] == [
        ("Lille", 1, 0),
        ("Porto", 1, 1),
        ("Tartu", 0, 0),
    ]
    assert [seat.took_part for seat in part.seats] == [True, True, False]
    assert part.ballots == 0


@pytest.mark.parametrize("is_confidential", [False, True])
def test_a_vote_counts_once_however_often_it_is_changed(session, is_confidential):
    case = make_case("Lille", "Porto", "Tartu")
    row = reword(case, "Porto", "15", "20")
    with clock.at(DURING):
        ballot = ballots.open_ballot(
            case.actor("facilitator"),
            case.round,
            question="Adopt it?",
            rule=VotingRule(),
            closes_at=DURING + timedelta(days=2),
            amendments=[row],
            is_confidential=is_confidential,
        )
        ballots.cast_vote(case.actor("Lille"), ballot, choice="yes")
        if not is_confidential:
            ballots.cast_vote(case.actor("Lille"), ballot, choice="no")
    part = participation_in(case.round)
    assert [(seat.votes, seat.ballots) for seat in part.seats] == [(1, 1), (0, 1), (0, 1)]
    assert part.ballots == 1

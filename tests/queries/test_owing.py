"""Who owes what, by the phase of the agreement."""

from datetime import timedelta

from app.actions import ballots
from app.actions.reading import note_reading
from app.domain.ballots import VotingRule
from app.domain.lifecycle import AgreementState
from app.kernel import clock
from app.queries.owing import owing_in
from tests.factories.agreements import add_party, make_case
from tests.factories.contributions import AFTER, DURING, comment, reword


def owed(session, case, at):
    return {one.organisation: one.owes for one in owing_in(session, case.agreement, at)}


def test_in_an_open_round_parties_that_said_nothing_owe_a_word(session):
    case = make_case()
    add_party(case, "Oslo", kind="observer")
    comment(case, "Lille")
    reword(case, "Porto", "15", "20")
    assert owed(session, case, DURING) == {
        "Tartu": ("read the text of round 1", "comment on or amend the text of round 1")
    }
    with clock.at(DURING):
        note_reading(
            case.actor("Tartu"),
            case.people["Tartu"],
            agreement=case.agreement,
            version_id=case.version.id,
        )
    assert owed(session, case, DURING) == {"Tartu": ("comment on or amend the text of round 1",)}
    assert owed(session, case, AFTER) == {}


def test_a_ballot_is_owed_until_the_vote_is_cast(session):
    case = make_case()
    for name in ("Lille", "Tartu"):
        comment(case, name)
    row = reword(case, "Porto", "15", "20")
    with clock.at(DURING):
        ballot = ballots.open_ballot(
            case.actor("facilitator"),
            case.round,
            question="Adopt it?",
            rule=VotingRule(),
            closes_at=DURING + timedelta(days=2),
            amendments=[row],
        )
        ballots.cast_vote(case.actor("Lille"), ballot, choice="yes")
    vote = (f"vote in ballot {ballot.number}",)
    assert owed(session, case, DURING) == {"Porto": vote, "Tartu": vote}
    assert owed(session, case, DURING + timedelta(days=2)) == {}


def test_before_adoption_details_are_owed_until_confirmed(session):
    case = make_case("Lille", "Porto", state=AgreementState.PUBLISHED)
    case.participants["Lille"].details_confirmed_at = AFTER
    session.commit()
    assert owed(session, case, AFTER) == {"Porto": ("confirm the details for the signature page",)}

"""`concordat ballots close`."""

from datetime import timedelta

from sqlalchemy import select

from app.cli.ballots import COMMANDS
from app.domain.ballots import VotingRule
from app.models.ballots import Ballot
from tests.factories.agreements import make_case


def add_ballot(session, case, number, closes_at):
    session.add(
        Ballot(
            agreement_id=case.agreement.id,
            round_id=case.round.id,
            version_id=case.version.id,
            number=number,
            subject="straw",
            question="Go on like this?",
            wording_hash="0" * 64,
            choices=[["yes", "yes"], ["no", "no"], ["abstain", "abstain"]],
            rule=VotingRule(1, 2).to_json(),
            opens_at=closes_at - timedelta(days=1),
            closes_at=closes_at,
            opened_by=case.facilitator.id,
        )
    )
    session.commit()


def test_what_is_due_is_counted_once_and_the_rest_left_alone(session, clock, capsys):
    case = make_case()
    add_ballot(session, case, 1, clock.now - timedelta(minutes=1))
    add_ballot(session, case, 2, clock.now + timedelta(minutes=1))
    assert COMMANDS["ballots"](["close"]) == 0
    assert capsys.readouterr().out == "1 ballots counted\n"
    session.expire_all()
    counted = session.scalars(select(Ballot.number).where(Ballot.counted_at.is_not(None))).all()
    assert counted == [1]
    assert COMMANDS["ballots"](["close"]) == 0
    assert capsys.readouterr().out == "0 ballots counted\n"

"""`concordat audit verify`."""

from sqlalchemy import update

from app.actions.rounds import extend_round
from app.cli.audit import COMMANDS
from app.models.audit import AuditHead
from tests.factories.agreements import make_case


def test_it_says_whether_the_record_holds(session, clock, capsys):
    case = make_case()
    clock.go_on(days=1)
    extend_round(
        case.actor("facilitator"), case.round, closes_at=case.round.closes_at.replace(day=5)
    )
    assert COMMANDS["audit"](["verify"]) == 0
    assert capsys.readouterr().out.startswith("1 entries")
    session.execute(update(AuditHead).values(hash="0" * 64))
    session.commit()
    assert COMMANDS["audit"](["verify"]) == 1
    assert "concordat audit:" in capsys.readouterr().err

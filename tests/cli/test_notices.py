"""`concordat notices deliver`."""

from app.actions.rounds import extend_round
from app.cli.notices import COMMANDS
from tests.factories.agreements import make_case


def test_what_waits_is_sent_once(session, clock, mails, capsys):
    case = make_case()
    clock.go_on(days=1)
    extend_round(
        case.actor("facilitator"), case.round, closes_at=case.round.closes_at.replace(day=5)
    )
    assert COMMANDS["notices"](["deliver"]) == 0
    assert capsys.readouterr().out == "3 letters sent\n"
    assert len(mails()) == 3
    assert "Message-ID: <" in mails()[0]
    assert "Auto-Submitted: auto-generated" in mails()[0]
    assert COMMANDS["notices"](["deliver"]) == 0
    assert len(mails()) == 3


def test_a_mail_server_that_is_away_is_told(session, clock, app, capsys, monkeypatch):
    case = make_case()
    clock.go_on(days=1)
    extend_round(
        case.actor("facilitator"), case.round, closes_at=case.round.closes_at.replace(day=5)
    )
    mailman = app.extensions["mailman"]
    for name, value in (("backend", "smtp"), ("server", "127.0.0.1"), ("port", 1)):
        monkeypatch.setattr(mailman, name, value)
    assert COMMANDS["notices"](["deliver"]) == 1
    assert "tried again" in capsys.readouterr().err

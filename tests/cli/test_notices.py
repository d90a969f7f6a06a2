"""`concordat notices deliver`."""

from app.actions.rounds import extend_round
from app.cli import notices
from app.cli.notices import COMMANDS, word_link
from app.http import passes
from app.http.passes import Pass
from app.ledger.delivery import Letter
from tests.factories.agreements import make_case
from tests.queries.test_word_passes import seat_of


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


def test_a_legal_contact_can_answer_by_mail_where_mail_comes_in(session, app, mails):
    case = make_case()
    seat = seat_of(session, case, "Lille")
    app.config["MAIL_INBOUND"] = "word@example.org"
    try:
        link = word_link(seat.id, 3)
    finally:
        app.config["MAIL_INBOUND"] = ""
    token = link.address.rpartition("/")[2]
    assert link.reply_to == f"word+{token}@example.org"
    assert passes.read(token) == Pass(seat.id, 3)
    assert word_link(seat.id, 3).reply_to == ""
    letter = Letter("<1@concordat>", "a@example.org", "Open", "Take it.", link.reply_to)
    notices._send(letter)
    assert f"Reply-To: {link.reply_to}" in mails()[0]

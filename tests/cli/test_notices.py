"""`concordat notices deliver`."""

import io
import zipfile
from datetime import timedelta

import pytest

from app.actions.rounds import extend_round
from app.cli import notices
from app.cli.notices import COMMANDS, WordLetters
from app.domain.lifecycle import Outcome
from app.http import passes
from app.http.passes import Pass
from app.kernel import clock as kernel_clock
from app.ledger.delivery import Attached, Letter
from tests.factories.agreements import make_case
from tests.factories.contributions import answer, comment, consolidate
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


def test_a_file_goes_along_as_a_word_file(app, session, mails):
    letter = Letter(
        "<1@concordat>", "a@example.org", "Open", "Here.", "word+x@example.org",
        (Attached("copy.docx", b"PK\x03\x04"),),
    )  # fmt: skip
    notices._send(letter)
    (told,) = mails()
    assert "Reply-To: word+x@example.org" in told
    assert 'filename="copy.docx"' in told
    assert "wordprocessingml.document" in told


@pytest.fixture
def case(session):
    return make_case()


@pytest.fixture
def inbound(app):
    before = dict(app.config)
    app.config["MAIL_INBOUND"] = "word@example.org"
    yield app.config
    app.config.update(before)


def said(file):
    return zipfile.ZipFile(io.BytesIO(file.content)).read("word/comments.xml").decode()


def test_the_copy_comes_with_the_link_and_the_address_to_answer_to(session, case, inbound):
    comment(case, "Porto", "Too long.", key="answer-time")
    seat = seat_of(session, case, "Lille")
    letters = WordLetters()
    with kernel_clock.at(case.round.opens_at):
        link = letters.link(seat.id, 1, "copy")
        other = letters.link(seat_of(session, case, "Porto").id, 1, "copy")
    token = link.address.rpartition("/")[2]
    assert link.reply_to == f"word+{token}@example.org"
    assert passes.read(token) == Pass(seat.id, 1)
    assert link.file.name.endswith("-1.docx")
    assert "Too long." in said(link.file)
    assert other.file is link.file
    assert other.address != link.address


def test_the_answers_are_those_to_ones_own_organisation(session, case):
    mine = comment(case, "Lille", "Is this needed?", key="ending")
    other = comment(case, "Porto", "Too long.", key="answer-time")
    consolidate(case)
    answer(case, [mine, other], Outcome.NOTED, "We keep it.")
    letters = WordLetters()
    with kernel_clock.at(case.round.closes_at + timedelta(days=2)):
        told = [
            said(letters.link(seat_of(session, case, name).id, 1, "answers").file)
            for name in ("Lille", "Porto")
        ]
    assert ["Is this needed?" in words for words in told] == [True, False]
    assert ["Too long." in words for words in told] == [False, True]


def test_the_link_goes_alone_where_a_file_is_too_large_or_there_is_none(session, case, app):
    seat = seat_of(session, case, "Lille").id
    before = app.config["MAIL_ATTACHMENT_BYTES"]
    try:
        for most in (0, 100):
            app.config["MAIL_ATTACHMENT_BYTES"] = most
            with kernel_clock.at(case.round.opens_at):
                assert WordLetters().link(seat, 1, "copy").file is None
    finally:
        app.config["MAIL_ATTACHMENT_BYTES"] = before
    link = WordLetters().link(seat, 1, "answers")
    assert (link.file, link.reply_to) == (None, "")
    assert link.address


def test_a_round_that_is_over_offers_nothing_to_work_on(session, case):
    seat = seat_of(session, case, "Lille").id
    with kernel_clock.at(case.round.closes_at):
        assert WordLetters().link(seat, 1, "copy") is None
    case.participants["Lille"].left_at = case.round.opens_at
    session.commit()
    with kernel_clock.at(case.round.opens_at):
        assert WordLetters().link(seat, 1, "answers") is None

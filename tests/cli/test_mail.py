"""`concordat mail receive`: what comes by mail waits to be confirmed, and is never more."""

import io
import re
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.cli.mail import COMMANDS
from app.formats.docx import writer
from app.http import pass_uses, passes, quarantine
from app.http.passes import Pass
from app.http.uploads import DOCX, Upload
from app.kernel import clock
from tests.factories.agreements import TREE, make_case
from tests.formats.test_mail import letter
from tests.queries.test_word_passes import seat_of

receive = COMMANDS["mail receive"]


@pytest.fixture
def case(session):
    return make_case()


@pytest.fixture
def address(session, case):
    token = passes.written(Pass(seat_of(session, case, "Lille").id, 1))
    return f"word+{token}@example.org"


@pytest.fixture
def bring(monkeypatch, case):
    def brought(data, later=timedelta(days=3)):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
        with clock.at(case.round.opens_at + later):
            return receive([])

    return brought


def copy():
    return writer.write(TREE, status="", version="1")


def test_a_file_waits_for_its_person_who_gets_the_link(case, address, bring, mails):
    assert bring(letter(address, content=copy())) == 0
    (told,) = mails()
    assert f"To: {case.people['Lille'].email}" in told
    assert "Auto-Submitted: auto-replied" in told
    assert "In-Reply-To: <7@lille.example>" in told
    token = re.search(r"/back/(\S+)", told.replace("=\n", "")).group(1)
    held = quarantine.get(token, case.people["Lille"].id)
    assert held.name == "copy.docx"
    assert held.purpose == {"agreement": case.agreement.slug}


def test_without_the_token_nothing_is_taken_and_nobody_is_written_to(bring, mails, capsys):
    assert bring(letter("word@example.org", content=copy())) == 1
    assert "only in answer to a letter" in capsys.readouterr().err
    assert bring(letter(f"word+{'a' * 48}@example.org", content=copy())) == 1
    assert not mails()


def test_the_person_is_told_why_a_file_was_not_taken(address, bring, mails):
    assert bring(letter(address, names=())) == 0
    assert bring(letter(address, names=("a.docx", "b.docx"))) == 0
    assert bring(letter(address, content=b"PK\x03\x04 no")) == 0
    assert bring(letter(address, content=copy()), later=timedelta(days=31)) == 0
    told = mails()
    assert len(told) == 4
    assert all("was not taken in" in one for one in told)
    words = " ".join(" ".join(told).split())
    assert "no Word files" in words
    assert "held 2 Word files" in words
    assert "round on version 1 is over" in words


def test_what_a_machine_wrote_gets_no_answer(address, bring, mails):
    assert bring(letter(address, content=copy(), Auto_Submitted="auto-replied")) == 0
    assert not mails()


def test_a_letter_too_large_is_refused(address, bring, capsys):
    assert bring(b"To: x\n\n" + b"a" * (31 * 1024 * 1024)) == 1
    assert "larger than 30 MB" in capsys.readouterr().err


def test_a_letter_that_takes_a_gigabyte_to_be_understood_is_refused(address, bring, mails, capsys):
    words = letter(address, content=copy()).replace(
        b"Subject:", b"Content-Type: " + b"=?a?q?b?= " * 20_000 + b"\nSubject:"
    )
    assert bring(words) == 1
    assert "too large or too tangled" in capsys.readouterr().err
    assert mails() == []


def test_whoever_has_the_address_fills_no_mailbox_and_takes_nobodys_room(
    case, address, bring, mails, capsys
):
    for _ in range(5):
        assert bring(letter(address, content=copy())) == 0
    told = " ".join(" ".join(mails()).split())
    assert told.count("was read") == 3
    assert told.count("wait to be confirmed") == 2
    for _ in range(pass_uses.MOST_A_DAY - 5):
        assert bring(letter(address, names=())) == 0
    assert bring(letter(address, content=copy())) == 1
    assert "that is as many as it takes" in capsys.readouterr().err
    assert len(mails()) == pass_uses.MOST_A_DAY
    person = case.people["Lille"].id
    own = Upload("copy.docx", DOCX, copy())
    assert quarantine.put_returned(own, person, {"agreement": case.agreement.slug})

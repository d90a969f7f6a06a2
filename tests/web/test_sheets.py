"""Sheets: made once, never older than the record, and never shown to whom they are not for."""

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from markupsafe import Markup

from app.actions import amendments, comments
from app.domain import operations as ops
from app.models.base import db
from app.models.rounds import Round
from app.web.sheets import with_note
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START, make_workspace


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case()
    session.commit()
    return made


def post(case: Case, words: str, by: str = "Lille"):
    return comments.start_thread(case.actor(by), case.round, text=words, kind="concern")


def test_the_next_reader_sees_what_was_committed_elsewhere(app, client, case, sign_in):
    address = f"/agreements/{case.agreement.slug}"
    sign_in(client, case.people["Porto"])
    post(case, "First remark")
    assert "First remark" in client.get(address).text
    assert "Second remark" not in client.get(address).text
    actor, opened = case.actor("Lille"), case.round.id

    def elsewhere() -> None:
        with app.app_context():
            held = db.session.get_one(Round, opened)
            comments.start_thread(actor, held, text="Second remark", kind="concern")
            db.session.remove()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "Second remark" in client.get(address).text


def test_the_next_reader_sees_what_another_process_committed(client, case, sign_in, backend):
    address = f"/agreements/{case.agreement.slug}"
    sign_in(client, case.people["Porto"])
    post(case, "First remark")
    kept = client.get(address)
    held = {"If-None-Match": kept.headers["ETag"]}
    lists = f"{address}/comments"
    assert "First remark" in client.get(lists).text
    assert client.get(address, headers=held).status_code == 304
    person, moment = str(case.people["Lille"].id), (START + timedelta(days=2)).isoformat()
    arguments = [backend.url, case.agreement.slug, person, moment, "Said elsewhere"]
    db.session.remove()
    subprocess.run(
        [sys.executable, "-m", "tests.web.another_process", *arguments],
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
    )
    answer = client.get(address, headers=held)
    assert answer.status_code == 200
    assert "Said elsewhere" in answer.text
    assert "Said elsewhere" in client.get(lists).text


def test_nobody_gets_the_sheet_of_somebody_else(client, case, sign_in):
    address = f"/agreements/{case.agreement.slug}"
    step = ops.replace_text(TREE, "answer-time", TREE.find("answer-time").text.replace("15", "9"))
    draft = amendments.draft_amendment(case.actor("Lille"), case.round, operations=[step])
    amendments.propose_amendment(case.actor("Lille"), draft)
    for _ in range(2):
        own = sign_in(client, case.people["Lille"]).get(address).text
        other = sign_in(client, case.people["Porto"]).get(address).text
        assert "<span>yours</span>" in own
        assert "<span>yours</span>" not in other


def test_a_kept_sheet_invites_nobody_after_the_deadline(client, case, sign_in, clock):
    address = f"/agreements/{case.agreement.slug}"
    post(case, "In time")
    sign_in(client, case.people["Lille"])
    assert "/comments/new" in client.get(address).text
    clock.set(START + timedelta(days=30))
    assert "/comments/new" not in client.get(address).text


def test_notes_stand_folded_and_one_may_be_open(client, case, sign_in):
    thread = post(case, "The first words.\n\nAnd much more below them.")
    sign_in(client, case.people["Porto"])
    address = f"/agreements/{case.agreement.slug}"
    shown = client.get(address).text
    assert "The first words." in shown
    assert "much more below" not in shown
    assert f"/comments/{thread.number}/reply" not in shown
    opened = client.get(f"{address}?note=t{thread.number}").text
    assert "much more below" in opened
    assert f"/comments/{thread.number}/reply" in opened
    assert client.get(f"{address}?note=t99").status_code == 200


def test_opening_a_note_leaves_the_others_as_they_are():
    folded = Markup('<article class="note" id="n-t1">one</article><article id="n-2">two</article>')
    assert with_note(folded, "2", Markup("<b>open</b>")) == (
        '<article class="note" id="n-t1">one</article><b>open</b>'
    )
    assert with_note(folded, "t9", Markup("<b>open</b>")) == folded

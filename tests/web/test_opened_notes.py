"""One note alone: the thread with its form, the amendment with what may be done."""

from datetime import timedelta

import pytest

from app.actions import amendments, comments
from app.domain import operations as ops
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START, make_user, make_workspace


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case()
    session.commit()
    return made


def test_a_thread_comes_with_its_replies_and_the_form(client, case, sign_in):
    thread = comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    comments.reply(case.actor("Porto"), thread, text="Because.")
    sign_in(client, case.people["Porto"])
    found = client.get(f"/agreements/{case.agreement.slug}/notes/t{thread.number}").text
    assert "Because." in found
    assert "Reply as Porto" in found
    assert "<html" not in found


def test_an_amendment_comes_with_its_reason(client, case, sign_in):
    text = TREE.find("answer-time").text.replace("15", "20")
    step = ops.replace_text(TREE, "answer-time", text)
    draft = amendments.draft_amendment(
        case.actor("Lille"), case.round, operations=[step], rationale="Fair.\n\nAnd more."
    )
    amendments.propose_amendment(case.actor("Lille"), draft)
    sign_in(client, case.people["Porto"])
    found = client.get(f"/agreements/{case.agreement.slug}/notes/1").text
    assert "And more." in found
    assert "Amend it" in found


@pytest.mark.parametrize("name", ["t9", "9", "t", "nonsense", "t99999999999", "t²"])
def test_what_is_not_there_is_not_found(client, case, sign_in, name):
    sign_in(client, case.people["Porto"])
    address = f"/agreements/{case.agreement.slug}/notes/{name}"
    assert client.get(address).status_code == 404


def test_who_takes_no_part_finds_no_note(client, case, sign_in):
    comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    address = f"/agreements/{case.agreement.slug}/notes/t1"
    assert sign_in(client, make_user("Nobody Known")).get(address).status_code == 404

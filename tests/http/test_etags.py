"""Pages a browser may keep: 304 while nothing changed, the new page after anything did."""

from datetime import timedelta

import pytest

from app.actions import comments
from tests.factories.agreements import make_case
from tests.factories.people import START, make_workspace


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case()
    session.commit()
    comments.start_thread(made.actor("Lille"), made.round, text="Why?", kind="question")
    return made


@pytest.fixture
def again(client, case):
    """Ask for the text as a browser does that holds it: the answer, and its name the next time."""

    def ask(name: str = "", rest: str = ""):
        headers = {"If-None-Match": name} if name else {}
        return client.get(f"/agreements/{case.agreement.slug}{rest}", headers=headers)

    return ask


def test_an_unchanged_page_is_not_sent_again(client, case, sign_in, again):
    sign_in(client, case.people["Porto"])
    first = again()
    name = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    second = again(name)
    assert (second.status_code, second.data) == (304, b"")
    assert again(name, "?view=all").status_code == 200


def test_after_a_commit_the_new_page_is_sent(client, case, sign_in, again):
    sign_in(client, case.people["Porto"])
    name = again().headers["ETag"]
    comments.start_thread(case.actor("Lille"), case.round, text="Second remark", kind="concern")
    answer = again(name)
    assert answer.status_code == 200
    assert "Second remark" in answer.text


def test_a_deadline_that_passes_changes_the_page(client, case, sign_in, again, clock):
    sign_in(client, case.people["Lille"])
    name = again().headers["ETag"]
    clock.set(START + timedelta(days=30))
    answer = again(name)
    assert answer.status_code == 200
    assert "/comments/new" not in answer.text


def test_another_person_never_gets_a_304_for_it(client, case, sign_in, again):
    name = (sign_in(client, case.people["Lille"]), again())[1].headers["ETag"]
    sign_in(client, case.people["Porto"])
    assert again(name).status_code == 200


def test_what_is_personal_or_shown_once_is_not_kept(client, case, sign_in, again):
    sign_in(client, case.people["Lille"])
    assert again(rest="?note=t1").headers["Cache-Control"] == "no-store"
    address = f"/agreements/{case.agreement.slug}/comments/1/reply"
    client.post(address, data={"text": "Because."})
    told = again()
    assert "Your reply is posted." in told.text
    assert told.headers["Cache-Control"] == "no-store"


def test_signing_out_empties_what_was_kept(client, case, sign_in):
    sign_in(client, case.people["Lille"])
    assert client.post("/sign-out").headers.get("Clear-Site-Data") == '"cache"'

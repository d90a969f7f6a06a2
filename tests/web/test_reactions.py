"""Reactions by a press, with and without script."""

from datetime import timedelta

import pytest

from app.models.base import db
from app.models.comments import Comment
from app.models.reactions import ReactionRow
from tests.factories.agreements import Case, add_party, make_case
from tests.factories.people import START, make_workspace


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case("Lille", "Porto")
    add_party(made, "Oslo", kind="observer")
    session.commit()
    return made


@pytest.fixture
def here(case, client, sign_in) -> str:
    sign_in(client, case.people["Lille"])
    place = f"/agreements/{case.agreement.slug}/comments"
    client.post(f"{place}/new", data={"kind": "concern", "text": "Too short."})
    return place


def address(here: str) -> str:
    return f"{here}/1/react/{db.session.query(Comment).one().id}"


def test_a_press_gives_it_and_another_takes_it_back(client, case, sign_in, here):
    sign_in(client, case.people["Porto"])
    assert "Agree" in client.get(f"{here}/1").text
    answer = client.post(address(here), data={"kind": "agree", "back": "thread"})
    assert answer.status_code == 303
    assert "/comments/1#r-" in answer.location
    page = client.get(f"{here}/1").text
    assert 'value="-agree" aria-pressed="true" title="Person Porto"' in page
    assert "Agree 1" in page
    assert "Agree 1" in client.get(f"{here}/../notes/t1".replace("/comments/..", "")).text
    client.post(address(here), data={"kind": "-agree"})
    assert db.session.query(ReactionRow).count() == 0


def test_script_gets_the_buttons_alone(client, here):
    answer = client.post(address(here), data={"kind": "thanks"}, headers={"X-Part": "reactions"})
    assert answer.status_code == 200
    assert "Thanks 1" in answer.text
    assert "<html" not in answer.text


def test_an_observer_reads_who_reacted_and_presses_nothing(client, case, sign_in, here):
    client.post(address(here), data={"kind": "agree"})
    sign_in(client, case.people["Oslo"])
    page = client.get(f"{here}/1").text
    assert "Agree 1" in page
    assert "Person Lille" in page
    assert 'class="nod" name="kind"' not in page
    assert client.post(address(here), data={"kind": "agree"}).status_code == 403


def test_what_was_taken_back_has_no_reactions(client, here):
    client.post(address(here), data={"kind": "agree"})
    comment = db.session.query(Comment).one().id
    assert "Agree 1" in client.get(f"{here}/1").text
    client.post(f"{here}/1/retract/{comment}")
    assert "Agree 1" not in client.get(f"{here}/1").text

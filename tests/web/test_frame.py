"""The frame of pages is set once, and follows its reader, the agreement and the clock."""

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
    return made


def test_everybody_sees_their_own_name(client, case, sign_in):
    address = f"/agreements/{case.agreement.slug}"
    for name in ("Lille", "Porto", "Lille"):
        shown = sign_in(client, case.people[name]).get(address).text
        assert case.people[name].name in shown
    client.delete_cookie("session")
    assert "Sign in" in client.get("/sign-in").text
    assert 'href="/account"' not in client.get("/sign-in").text


def test_the_room_one_is_in_is_marked(client, case, sign_in):
    sign_in(client, case.people["Lille"])
    home = f"/agreements/{case.agreement.slug}"
    assert '<a href="/" aria-current="true">' in client.get("/").text
    assert f'<a href="{home}/comments" aria-current="page">' in client.get(f"{home}/comments").text
    assert f'<a href="{home}/comments">' in client.get(home).text


def test_the_strip_follows_what_happens_and_the_clock(client, case, sign_in, clock):
    sign_in(client, case.people["Lille"])
    home = f"/agreements/{case.agreement.slug}/comments"
    before = client.get(home).text
    assert "28 days left" in before and 'Comments <span class="n">0</span>' in before
    comments.start_thread(case.actor("Porto"), case.round, text="Why?", kind="question")
    assert 'Comments <span class="n">1</span>' in client.get(home).text
    clock.set(START + timedelta(days=5))
    assert "25 days left" in client.get(home).text


def test_a_reader_of_another_language_gets_their_own(client, case, sign_in, session):
    sign_in(client, case.people["Lille"])
    english = client.get("/agreements").text
    case.people["Lille"].language = "fr"
    session.commit()
    french = client.get("/agreements").text
    assert ('<html lang="fr">' in french) == (french != english)

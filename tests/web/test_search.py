"""The search page: from the box on every page to what was found."""

import re

import pytest

from tests.factories.agreements import make_case
from tests.factories.contributions import comment


@pytest.fixture
def case(session):
    return make_case()


def test_one_must_be_signed_in(client):
    assert client.get("/search?q=zebra").status_code in {302, 303, 401}


def test_the_box_is_on_every_page_and_leads_to_what_was_said(client, session, sign_in, case):
    comment(case, "Tartu", "A zebra & <b>friends</b>.", "answer-time")
    sign_in(client, case.people["Lille"])
    assert 'action="/search"' in client.get("/").text
    page = client.get("/search?q=zeb").text
    assert "<mark>zebra</mark>" in page and "One place has these words" in page
    assert f"/agreements/{case.agreement.slug}/comments/1" in page
    assert "<b>friends" not in page


def test_what_is_asked_is_kept_and_shown_as_words(client, session, sign_in, case):
    sign_in(client, case.people["Lille"])
    page = client.get('/search?q="><script>alert(1)</script>').text
    assert "<script>alert" not in page and "Nothing has these words" in page
    assert client.get("/search?q=x&in=nonsense&page=-3").status_code == 200
    assert client.get("/search").status_code == 200
    assert client.get("/search?q=x&agreement=not-mine").status_code == 404


def test_a_sort_is_shown_a_page_at_a_time(client, session, sign_in, case):
    for number in range(31):
        comment(case, "Tartu", f"zebra {number}", "answer-time")
    sign_in(client, case.people["Lille"])
    every = client.get("/search?q=zebra").text
    assert "All 31 comments" in every
    first = client.get("/search?q=zebra&in=comments").text
    assert 'rel="next"' in first and first.count("<mark>") == 30
    second = client.get("/search?q=zebra&in=comments&page=2").text
    assert 'rel="prev"' in second and second.count("<mark>") == 1
    beyond = client.get("/search?q=zebra&in=comments&page=9").text
    assert "31 places have these words" in beyond and beyond.count("<mark>") == 30


def test_every_hit_leads_to_a_page(client, session, sign_in, case):
    sign_in(client, case.people["Lille"])
    page = client.get("/search?q=the").text
    links = set(re.findall(r'<p class="hit"><a href="([^"#]+)', page))
    assert any("/templates/" in link for link in links)
    assert all(client.get(link).status_code == 200 for link in links)

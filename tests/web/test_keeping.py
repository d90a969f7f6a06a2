"""Words kept while they are typed: saved, offered, let go once they are sent."""

import json

import pytest
from sqlalchemy import select

from app.models.keeping import KeptWords
from tests.factories.agreements import make_case
from tests.factories.people import make_workspace


@pytest.fixture
def case(session, client, sign_in, clock):
    make_workspace()
    made = make_case()
    sign_in(client, made.people["Lille"])
    made.home = f"/agreements/{made.agreement.slug}"
    return made


def keep(case, client, words: str = "Too long.", place: str = "comment:ending"):
    content = json.dumps({"words": {"text": words}, "choices": {"kind": "concern"}})
    sent = {"place": place, "base": "v1", "content": content}
    return client.post(f"{case.home}/kept", data=sent)


def kept(session) -> list[str]:
    return list(session.scalars(select(KeptWords.place).order_by(KeptWords.place)))


def test_words_are_saved_with_the_time_of_the_agreement_and_empty_ones_are_let_go(
    case, client, session
):
    assert keep(case, client).json == {"saved": "10:00"}
    assert kept(session) == ["comment:ending"]
    assert keep(case, client, " ").json == {"saved": ""}
    assert kept(session) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"words": {}}',
        '{"words": 1, "choices": {}}',
        '{"words": {"text": "a\\u0000"}, "choices": {}}',
        '{"words": {"text": "a"}, "choices": {"kind": "\\ud800"}}',
        '{"words": {"\\u0000": "a"}, "choices": {}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_form_is_refused(case, client, session, content):
    sent = {"place": "comment:ending", "content": content}
    assert client.post(f"{case.home}/kept", data=sent).status_code == 422
    assert kept(session) == []


def test_a_stranger_keeps_nothing_here(case, client, session, sign_in):
    sign_in(client, make_case("Oslo").people["Oslo"])
    assert keep(case, client).status_code == 404
    assert kept(session) == []


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/agreements/xy", ""])
def test_discarding_goes_back_to_the_form_and_never_elsewhere(case, client, session, back):
    keep(case, client)
    sent = {"kept": "comment:ending", "kept-back": f"{case.home}/comments/new?clause=ending"}
    done = client.post(f"{case.home}/kept/discard", data=sent)
    assert done.location == sent["kept-back"] and kept(session) == []
    done = client.post(f"{case.home}/kept/discard", data={**sent, "kept-back": back})
    assert done.location == case.home


def test_what_is_sent_and_taken_is_let_go_and_a_refusal_keeps_it(case, client, session):
    keep(case, client)
    form = f"{case.home}/comments/new?clause=ending"
    refused = client.post(form, data={"kept": "comment:ending", "text": "", "kind": "concern"})
    assert refused.status_code == 422 and kept(session) == ["comment:ending"]
    sent = {"kept": "comment:ending", "text": "Too long.", "kind": "concern"}
    taken = client.post(form, data=sent)
    assert taken.status_code == 303 and kept(session) == []
    assert f"kept-sent={case.agreement.slug}/comment:ending" in taken.headers["Set-Cookie"]
    sent["kept"] = "No place"
    assert client.post(form, data=sent).status_code == 303

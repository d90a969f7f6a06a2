"""Forms of ours are taken, forms of others are not."""

import re

import pytest

from tests.factories.people import make_user


@pytest.fixture
def signed_in(strict_client, session, sign_in):
    user = make_user()
    session.commit()
    return sign_in(strict_client, user)


def token_of(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/account").text)[1]


def test_a_form_needs_its_token(signed_in):
    assert signed_in.post("/account/sessions/end").status_code == 400
    assert (
        signed_in.post("/account/sessions/end", data={"csrf_token": "made up"}).status_code == 400
    )
    form = {"csrf_token": token_of(signed_in)}
    assert signed_in.post("/account/sessions/end", data=form).status_code == 303


def test_signing_in_needs_a_token_too(strict_client):
    form = {"email": "claire@example.org", "password": "seven green herons wait"}
    answer = strict_client.post("/sign-in", data=form)
    assert answer.status_code == 400
    assert "nothing was changed" in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_form_must_come_from_here(signed_in, headers, status):
    form = {"csrf_token": token_of(signed_in)}
    answer = signed_in.post("/account/sessions/end", data=form, headers=headers)
    assert answer.status_code == status

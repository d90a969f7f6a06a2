"""Guessing is slowed down, and nobody can lock another person out."""

import pytest

from app.http.limits import GUARDED


@pytest.fixture
def guess(client):
    def send(email, address="10.0.0.1", **headers):
        return client.post(
            "/sign-in",
            data={"email": email, "password": "not this one"},
            environ_base={"REMOTE_ADDR": address},
            headers=headers,
        ).status_code

    return send


def test_five_guesses_a_minute_for_one_account(guess):
    assert [guess("claire@example.org") for _ in range(6)] == [200] * 5 + [429]
    assert guess("CLAIRE@example.org ") == 429
    assert guess("claire@example.org", address="10.0.0.2") == 200


def test_twenty_guesses_a_minute_from_one_address(guess):
    answers = [guess(f"p{number}@example.org") for number in range(21)]
    assert answers == [200] * 20 + [429]


def test_a_forged_header_buys_no_further_guess(guess):
    for number in range(5):
        guess("claire@example.org", **{"X-Forwarded-For": f"10.1.0.{number}"})
    assert (
        guess("claire@example.org", **{"X-Forwarded-For": "10.2.0.1", "Forwarded": "for=1.2.3.4"})
        == 429
    )


def test_the_refusal_says_what_to_do(guess, client):
    for _ in range(6):
        guess("claire@example.org")
    answer = client.post(
        "/sign-in", data={"email": "claire@example.org"}, environ_base={"REMOTE_ADDR": "10.0.0.1"}
    )
    assert "Wait a few minutes" in answer.text


def test_every_guarded_endpoint_exists(app):
    assert set(GUARDED) <= set(app.view_functions)


@pytest.mark.parametrize(
    ("method", "address", "typed"),
    [
        ("get", "/sign-in%00", {}),
        ("get", "/sign-in?next=%00", {}),
        ("get", "/sign-in?next=one&next=%00", {}),
        ("post", "/sign-in", {"email": "a\0@example.org"}),
        ("post", "/sign-in", {"email": ["one@example.org", "two\0"]}),
    ],
)
def test_nul_is_refused_wherever_it_comes(client, method, address, typed):
    assert client.open(address, method=method, data=typed).status_code == 400

"""What every answer says to the browser."""

import pytest

from tests.conftest import make_app
from tests.factories.people import make_user


@pytest.mark.parametrize("path", ["/healthz", "/sign-in", "/no-such-page", "/account"])
def test_every_answer_carries_the_policy(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_pages_are_kept_by_nobody(client, session, sign_in):
    for path in ("/sign-in", "/no-such-page"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    sign_in(client, make_user())
    answer = client.get("/account")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_over_https_the_browser_must_stay_there(backend, tmp_path):
    app = make_app(tmp_path, backend.url, base_url="https://agreements.example.org")
    client = app.test_client()
    answer = client.get("/sign-in", base_url="https://agreements.example.org")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert client.get("/sign-in", base_url="https://evil.example").status_code == 400

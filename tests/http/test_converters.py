"""The pieces of addresses."""

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from app.http import converters


@pytest.fixture
def match():
    app = Flask("test")
    converters.init_app(app)
    for kind in ("slug", "key", "number"):
        app.add_url_rule(f"/{kind}/<{kind}:value>", kind, lambda value: value)
    adapter = app.url_map.bind("localhost")

    def matched(path):
        try:
            return adapter.match(path)[1]["value"]
        except NotFound:
            return None

    return matched


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/slug/framework-2026", "framework-2026"),
        ("/slug/A", None),
        ("/slug/-a", None),
        ("/slug/a_b", None),
        ("/slug/" + "a" * 80, "a" * 80),
        ("/slug/" + "a" * 81, None),
        ("/key/answer-time", "answer-time"),
        ("/key/c4k0w8z1m2a", "c4k0w8z1m2a"),
        ("/key/4a", None),
        ("/key/a--b", None),
        ("/key/" + "a" * 28, "a" * 28),
        ("/key/" + "a" * 29, None),
        ("/number/7", 7),
        ("/number/0", None),
        ("/number/007", None),
        ("/number/2147483647", 2147483647),
        ("/number/2147483648", None),
    ],
)
def test_what_fits_and_what_does_not(match, path, value):
    assert match(path) == value

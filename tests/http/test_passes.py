"""A pass says whose it is and for which version, and can't be made elsewhere."""

import pytest

from app.http import passes
from app.http.passes import Pass
from app.kernel.errors import NotFound
from app.kernel.ids import new_id


@pytest.fixture(autouse=True)
def _in_app(app):
    with app.app_context():
        yield


def test_it_reads_as_it_was_written_in_any_letter_case():
    held = Pass(new_id(), 7)
    token = passes.written(held)
    assert len(token) == 48
    assert token == token.lower()
    assert passes.read(token) == passes.read(token.upper()) == held


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-1], lambda t: "b" + t[1:], lambda _: "", lambda t: t + "é"]
)
def test_a_changed_one_is_refused(spoil):
    token = "a" + passes.written(Pass(new_id(), 7))[1:]
    with pytest.raises(NotFound, match="cut short or was changed"):
        passes.read(spoil(token))


def test_another_secret_does_not_take_it(app):
    token = passes.written(Pass(new_id(), 1))
    app.secret_key, before = "another secret", app.secret_key
    try:
        with pytest.raises(NotFound):
            passes.read(token)
    finally:
        app.secret_key = before

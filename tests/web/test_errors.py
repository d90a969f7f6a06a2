"""Every refusal is a page with a sentence."""

from io import BytesIO

import pytest
from flask import Blueprint

from app.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongMoment
from tests.conftest import make_app
from tests.factories.people import make_user

REFUSALS = {
    "notfound": (NotFound("There is no such ballot."), 404),
    "notallowed": (NotAllowed("Only {role} can do this.", role="the <facilitator>"), 403),
    "wrongmoment": (WrongMoment("Round 2 closed at 18:00."), 409),
    "conflict": (Conflict("Somebody changed this."), 409),
    "invalid": (Invalid("Give a number of months."), 422),
}


@pytest.fixture(scope="module")
def refusing(tmp_path_factory):
    """A client of an application with pages that refuse."""
    folder = tmp_path_factory.mktemp("refusing")
    app = make_app(folder, f"sqlite:///{folder / 'x.sqlite3'}")
    door = Blueprint("refusing", __name__)

    @door.get("/refuse/<kind>")
    def refuse(kind):
        raise REFUSALS[kind][0]

    @door.get("/break")
    def fail():
        raise RuntimeError("a secret of ours")

    @door.post("/post-only")
    def post_only():
        return "posted"

    app.register_blueprint(door)
    app.before_request_funcs[None] = []
    app.testing = False
    return app.test_client()


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_has_its_status_and_its_sentence(refusing, kind):
    error, status = REFUSALS[kind]
    answer = refusing.get(f"/refuse/{kind}")
    assert answer.status_code == status
    assert str(error).replace("<", "&lt;").replace(">", "&gt;") in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content_type == "text/html; charset=utf-8"


def test_what_broke_is_not_shown(refusing):
    answer = refusing.get("/break")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "nothing was changed" in answer.text


def test_a_wrong_method_says_which_are_right(refusing):
    answer = refusing.get("/post-only")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_an_unknown_address_is_one_page_for_all(client, session, sign_in):
    nobody = client.get("/no/such/page")
    somebody = sign_in(client, make_user()).get("/no/such/page")
    assert (nobody.status_code, somebody.status_code) == (404, 404)
    assert "nothing at this address" in nobody.text


def test_what_is_too_large_is_refused_with_its_limit(strict_client, session, sign_in):
    form = {"email": "y" * 100_000, "password": "x"}
    stranger = strict_client.post("/sign-in", data=form)
    assert stranger.status_code == 413
    assert "64 kilobytes" in stranger.text
    sign_in(strict_client, make_user())
    form = {"text": "y" * 3_000_000}
    known = strict_client.post("/account/sessions/end", data=form)
    assert known.status_code == 413
    assert "2 megabytes" in known.text
    form = {"file": (BytesIO(b"y" * 3_000_000), "a.docx")}
    upload = strict_client.post("/account/sessions/end", data=form)
    assert upload.status_code == 400  # read, but without its token

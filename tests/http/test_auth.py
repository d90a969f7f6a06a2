"""Signing in, what is open to anyone, and what is done to an account."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from app.http import auth
from app.kernel.errors import Invalid
from app.models.audit import AuditEntry
from app.models.people import User
from tests.factories.people import make_user

ELSEWHERE = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\n//evil.example",
    "http:evil.example",
    "https://localhost@evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
)
GOOD = "seven green herons wait"


@pytest.fixture
def person(app, session):
    with app.test_request_context():
        hashed = auth.hash_password(GOOD)
    user = make_user(name="Claire Dumont")
    user.password = hashed
    session.commit()
    return user


def post(client, path, **form):
    return client.post(path, data=form)


def test_every_endpoint_but_the_named_ones_asks_for_a_sign_in(app, client):
    closed = {rule.endpoint for rule in app.url_map.iter_rules()} - auth.PUBLIC
    assert closed
    for rule in app.url_map.iter_rules():
        if rule.endpoint in auth.PUBLIC:
            continue
        method = "GET" if "GET" in rule.methods else "POST"
        values = {name: _sample(rule, name) for name in rule.arguments}
        with app.test_request_context():
            path = app.url_for(rule.endpoint, **values)
        answer = client.open(path, method=method)
        if method == "GET":
            assert answer.status_code == 302, rule
            assert "/sign-in" in answer.location, rule
        else:
            assert answer.status_code == 401, rule


def _sample(rule, name):
    kind = type(rule._converters[name]).__name__
    samples = {
        "UUIDConverter": "018f0000-0000-7000-8000-000000000000",
        "NumberConverter": 1,
        "IntegerConverter": 1,
    }
    return samples.get(kind, "a")


def test_what_anyone_may_open_is_there(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= auth.PUBLIC


def test_a_person_signs_in_and_out(client, person):
    answer = post(client, "/sign-in", email="CLAIRE" + person.email[6:], password=GOOD)
    assert answer.status_code == 302
    page = client.get("/account")
    assert page.status_code == 200
    assert "Claire Dumont" in page.text
    assert post(client, "/sign-out").status_code == 302
    assert client.get("/account").status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person):
    wrong = post(client, "/sign-in", email=person.email, password="seven green herons")
    unknown = post(client, "/sign-in", email="nobody@example.org", password="seven green herons")
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", wrong.text) == strip.sub("", unknown.text)
    assert wrong.status_code == unknown.status_code


def test_a_person_without_a_password_cannot_sign_in_with_any(client, person, session):
    person.password = None
    session.commit()
    for password in ("", " ", "None", GOOD):
        post(client, "/sign-in", email=person.email, password=password)
        assert client.get("/account").status_code == 302


def test_a_removed_person_is_out_at_once(client, person, session):
    post(client, "/sign-in", email=person.email, password=GOOD)
    assert client.get("/account").status_code == 200
    person.active = False
    session.commit()
    assert client.get("/account").status_code == 302


def test_after_sign_in_one_is_where_one_wanted_to_be_but_never_elsewhere(client, person):
    login = {"email": person.email, "password": GOOD}
    wanted = post(client, "/sign-in?next=/account", **login)
    assert wanted.location.endswith("/account")
    for target in ELSEWHERE:
        post(client, "/sign-out")
        answer = client.post("/sign-in", query_string={"next": target}, data=login)
        there = urlsplit(answer.location or "/")
        assert (there.scheme, there.netloc) == ("", ""), target
        assert re.match(r"/(?![/\\])", answer.location or "/"), target


def test_changing_the_password_ends_the_other_sessions_and_is_recorded(
    app, client, person, session
):
    other = app.test_client()
    for browser in (client, other):
        post(browser, "/sign-in", email=person.email, password=GOOD)
    new = "nine patient otters sleep"
    answer = post(
        client, "/account/password", password=GOOD, new_password=new, new_password_confirm=new
    )
    assert answer.status_code == 302
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert session.scalars(select(AuditEntry.tag)).all() == ["account:changed"]
    assert post(other, "/sign-in", email=person.email, password=new).status_code == 302


def test_a_password_with_ones_own_name_is_refused_when_changing(client, person, session):
    post(client, "/sign-in", email=person.email, password=GOOD)
    own = "clairedumont1"
    answer = post(
        client, "/account/password", password=GOOD, new_password=own, new_password_confirm=own
    )
    assert "easy to guess" in answer.text
    assert session.scalars(select(AuditEntry.tag)).all() == []


def test_ending_all_sessions_keeps_this_one(app, client, person):
    other = app.test_client()
    for browser in (client, other):
        post(browser, "/sign-in", email=person.email, password=GOOD)
    assert post(client, "/account/sessions/end").status_code == 303
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_a_new_password_by_mail(app, client, person, session, mails):
    before = person.fs_uniquifier
    known = post(client, "/account/reset", email=person.email)
    unknown = post(client, "/account/reset", email="nobody@example.org")
    assert known.status_code == unknown.status_code
    assert len(mails()) == 1
    link = re.search(r"http://\S+/account/reset/\S+", mails()[0])[0]
    path = link.split("5000", 1)[-1] if ":5000" in link else link.split("localhost", 1)[1]
    new = "nine patient otters sleep"
    assert client.get(path).status_code == 200
    assert post(client, path, password=new, password_confirm=new).status_code == 302
    assert session.scalars(select(User.fs_uniquifier)).one() != before
    assert post(client, "/sign-in", email=person.email, password=new).status_code == 302
    assert client.get(path, follow_redirects=True).text.count("used already") == 1
    again = post(
        client, path, password="another good password", password_confirm="another good password"
    )
    assert again.status_code == 302
    assert session.scalars(select(AuditEntry.tag)).all() == ["account:changed"]


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "12 to 128 characters"),
        ("x" * 129, "12 to 128 characters"),
        ("aaaaaaaaaaaaaaa", "easy to guess"),
        ("concordatconcordat", "easy to guess"),
        ("password1234", "easy to guess"),
        ("clairedumont1", "easy to guess"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(app, password, sentence):
    with app.test_request_context(), pytest.raises(Invalid) as refusal:
        auth.hash_password(password, "Claire", "Dumont")
    assert sentence in str(refusal.value)
    assert refusal.value.field == "password"


def test_a_good_password_is_kept_as_argon2id(app):
    with app.test_request_context():
        assert auth.hash_password(GOOD, "Claire").startswith("$argon2id$")


def test_nobody_is_there_before_the_sign_in(app):
    with app.test_request_context():
        assert auth.current_actor().user_id is None
        assert auth.current_person() is None

"""What no page offers: others' names, others' rooms, forms without a token, words made to harm."""

import re
import uuid
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from app.actions import comments, inside, reactions, stances
from app.models.audit import AuditEntry
from app.models.base import db
from app.models.comments import Comment
from tests.factories import contributions
from tests.factories.agreements import make_case
from tests.factories.people import START, make_workspace

HARM = """<img src=x onerror="alert(1)">' onmouseover='alert(2)" onfocus="alert(3)"""
ROOMS = "/agreements/<slug:slug>"


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case()
    contributions.comment(made, "Tartu", "Too short.", "answer-time")
    contributions.reword(made, "Lille", "15", "20")
    session.commit()
    return made


def addresses(app, slug, method):
    """Every address of an agreement's rooms, with ids that are made up where they are needed."""
    given = {"slug": slug, "number": 1, "label": "A1", "key": "answer-time", "name": "lille"}
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(ROOMS) or method not in rule.methods:
            continue
        made_up = {one: given.get(one, uuid.UUID(int=7)) for one in rule.arguments}
        if "token" in rule.arguments:
            made_up["token"] = "made-up"
        yield adapter.build(rule.endpoint, made_up, method=method)


def recorded():
    return db.session.query(AuditEntry).count()


def test_who_takes_no_part_gets_nowhere_and_changes_nothing(app, client, case, sign_in):
    stranger = make_case("Oslo").people["Oslo"]
    db.session.commit()
    sign_in(client, stranger)
    before = recorded()
    for method in ("GET", "POST"):
        asked = list(addresses(app, case.agreement.slug, method))
        assert len(asked) > 30
        told = {one: client.open(one, method=method).status_code for one in asked}
        assert set(told.values()) <= {403, 404}, told
    assert recorded() == before


def test_who_is_not_signed_in_is_asked_to(app, client, case):
    for method in ("GET", "POST"):
        for one in addresses(app, case.agreement.slug, method):
            answer = client.open(one, method=method)
            assert answer.status_code in {302, 401, 403, 404}, one
            assert answer.status_code != 302 or "/sign-in" in answer.location, one


def test_no_form_is_taken_without_its_token(app, strict_client, case, sign_in):
    sign_in(strict_client, case.people["Lille"])
    before = recorded()
    for one in addresses(app, case.agreement.slug, "POST"):
        assert strict_client.post(one).status_code == 400, one
    assert recorded() == before


class Attributes(HTMLParser):
    """The names of all attributes of a page, and its elements."""

    def __init__(self, text):
        super().__init__()
        self.found, self.elements = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.found |= {name for name, _ in attrs}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_names_and_words_made_to_harm_are_shown_as_they_are(
    client, case, sign_in, session, language
):
    lille, porto = case.people["Lille"], case.people["Porto"]
    lille.name = porto.name = HARM
    case.organisations["Lille"].name = case.organisations["Porto"].name = HARM
    case.agreement.title = HARM
    lille.language = language
    session.commit()
    actor = case.actor("Lille")
    thread = contributions.comment(case, "Porto", f"{HARM} @{HARM}", "answer-time")
    comments.reply(actor, thread, text=f"@{HARM}")
    opening = db.session.query(Comment).filter_by(thread_id=thread.id).first()
    reactions.react(actor, opening, kind="agree", wanted=True)
    stances.take_stance(actor, case.round, clause="answer-time", value=-2, reason=HARM)
    note = inside.keep_note(actor, case.agreement, text=HARM)
    session.commit()
    sign_in(client, lille)
    room = f"/agreements/{case.agreement.slug}"
    rooms = ("", "?view=all", "/comments", "/comments/2", "/notes/t2", "/stances", "/amendments/A1")
    rooms += ("/stances/answer-time", "/inside", f"/inside/{note.id}", "/activity", "/brief")
    rooms += ("/participants", "/comments/new?clause=answer-time", "/word", "/mentionable")
    for address in ("/", "/notices", "/account", *(room + one for one in rooms)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.is_json:
            continue
        page = Attributes(answer.text)
        assert not {one for one in page.found if one.startswith("on")}, address
        assert "img" not in page.elements, address


@pytest.mark.parametrize("words", ["\x00", "a\x00b"])
def test_signs_no_database_keeps_are_no_accident(client, case, sign_in, words):
    sign_in(client, case.people["Lille"])
    room = f"/agreements/{case.agreement.slug}"
    forms = {
        "/comments/new?clause=answer-time": {"kind": "concern", "text": words, "quote": words},
        "/comments/1/reply": {"text": words},
        "/stances/answer-time": {"value": "1", "reason": words},
        "/inside": {"text": words},
        "/here": {"place": words, "doing": words},
        "/kept": {"place": words, "words": words},
    }
    for address, form in forms.items():
        assert client.post(room + address, data=form).status_code < 500, address
    for address in ("/search", f"{room}/mentionable", f"{room}/news", room, f"{room}/comments"):
        for name in ("q", "since", "note", "view", "page", "state", "clause", "by"):
            assert client.get(address, query_string={name: words}).status_code < 500, (
                address,
                name,
            )


def test_more_than_anybody_writes_is_refused_in_words(client, case, sign_in):
    sign_in(client, case.people["Lille"])
    room, much = f"/agreements/{case.agreement.slug}", "x" * 200_000
    before = recorded()
    forms = {
        "/comments/new?clause=answer-time": {"kind": "concern", "text": much},
        "/comments/1/reply": {"text": much},
        "/stances/answer-time": {"value": "1", "reason": much},
        "/stances/ending": {"value": "9" * 500},
        "/inside": {"text": much, "form_key": "k"},
        "/amendments/new?clause=answer-time": {"rationale": much},
    }
    for address, form in forms.items():
        answer = client.post(room + address, data=form)
        assert answer.status_code in {400, 413, 422}, address
        assert re.search(r'class="[^"]*(error|notice)', answer.text), address
    assert recorded() == before

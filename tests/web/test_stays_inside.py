"""What is internal never leaves: every address, every export, every letter, and every byte.

Words are planted inside Lille while the clock stands still. Others fetch every page before and
after: no planted word and no name of a planted row may stand in any answer, and an answer that was
the same twice before must be the same after, with its ETag. A parameter that this test doesn't know
fails it: say what there is to fetch.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions import ballots, rounds
from app.http.limits import limiter
from app.ledger.delivery import deliver
from app.models.comments import Comment
from app.models.files import StoredFile
from tests.actions.test_inside import colleague
from tests.factories.agreements import Case, add_party, make_case
from tests.factories.canaries import CANARIES, Inside, Public, make_public, opened, plant
from tests.factories.contributions import AFTER
from tests.factories.people import START, make_user, make_workspace

NOW = START + timedelta(days=5)
SKIPPED = {"static", "static_kept", "security.static"}
"""Files of the program: the same for everybody."""

RECORD = {"activity.index", "activity.export"}
"""They show numbers and hashes of the whole network's record, which goes on with every entry."""

PASSING = re.compile(
    rb'(name="(?:csrf_token|form_key)"[^>]*value="[^"]*")|(\bdata-form-key="[^"]*")'
    rb'|(nonce-[\w+/=-]+)|(<input[^>]*name="csrf_token"[^>]*>)|("token": ?"[^"]*")'
)
"""What is new in each answer, whatever happened."""


@pytest.fixture
def case(session, clock):
    clock.set(NOW)
    make_workspace()
    made = make_case()
    add_party(made, "Riga", kind="observer")
    colleague(made, session, "Marc Petit")
    return made


@pytest.fixture
def public(case) -> Public:
    return make_public(case, NOW)


def values(case: Case, public: Public, inside: Inside | None, session) -> dict[str, list[str]]:
    """What can stand for each parameter of an address."""
    first = session.query(Comment).filter_by(thread_id=public.thread.id).first()
    file = session.query(StoredFile).first()
    nobody = "01a1a0a3-0280-7128-8c53-136b9043c956"
    note, draft = (inside.note.id, inside.draft.id) if inside else (nobody, nobody)
    return {
        "number": ["1", "2"],
        "label": [public.amendment.label, "A2", f"{public.amendment.label}.1"],
        "key": ["answer-time", "ending"],
        "note_id": [str(note)],
        "remark_id": [str(inside.remark.id if inside else nobody)],
        "draft_id": [str(draft)],
        "comment_id": [str(first.id)],
        "file_id": [str(file.id if file else nobody)],
        "participant_id": [str(case.participants["Lille"].id)],
        "row": [nobody],
        "name": ["t1", "t2", "1", "2", f"i{str(note).replace('-', '')}"],
        "token": ["x" * 43],
        "waiting": ["x" * 43],
        "version": ["1.0.0"],
    }


CLOSE = {"another organisation": "Porto", "an observer": "Riga"}
COMPARED = ("another organisation", "the facilitator")
"""Whose answers are compared byte by byte; the others' are listened to."""

SLUGS = {"/templates/": "matchmaking", "/help/": "record", "/agreements/new/": "matchmaking"}
MORE = {
    "agreements.read": ("?view=all", "?view=now", "?note=t1", "?guidance=on"),
    "agreements.rest": ("?from=answers",),
    "amendments.index": (
        "?mine=1",
        "?state=draft",
        "?state=draft,+checked",
        "?organisation={code}",
    ),
    "amendments.new": ("?clause=answers", "?amends=A1", "?from={draft}", "?replaces=A1"),
    "comments.index": ("?state=open", "?clause=answers", "?organisation={code}"),
    "comments.start": ("?clause=answer-time", "?amendment=A1"),
    "activity.index": ("?about=amendment", "?about=inside", "?check=1", "?before=999"),
    "mentions.index": ("?inside=on",),
    "news.show": ("?since=0",),
    "reports.as_word": ("?organisation={code}",),
    "reports.as_table": ("?organisation={code}",),
    "search.show": (
        *("?q=qzyx", "?q=qzyxnote+qzyxwhy", "?q=days", "?q=writing", "?q=qzyxreply"),
        *("?q=qzyx&in=notes", "?q=qzyxedited&in=notes", "?q=qzyx&agreement={slug}&in=notes"),
    ),
    "versions.compare": ("?from=1&to=1",),
    "versions.as_word": ("?comments=1",),
    "word.copy": (
        *("?what=copy&comments=1", "?what=open&comments=1", "?what=answers&comments=1"),
        *("?what=chosen&amendments=A1&comments=1", "?what=chosen&amendments={draft}"),
    ),
}


def addresses(app: Flask, case: Case, known: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Every address that can be fetched, with its endpoint."""
    code = case.organisations["Lille"].code
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in SKIPPED:
            continue
        unknown = rule.arguments - set(known) - {"slug"}
        assert not unknown, f"Say in values() what can stand for {unknown} in {rule.rule}."
        slug = next((name for start, name in SLUGS.items() if rule.rule.startswith(start)), None)
        if slug is None:
            held = case.organisations["Lille"] if rule.rule.startswith("/network") else None
            slug = held.slug if held else case.agreement.slug
        made = [rule.rule]
        for name in rule.arguments:
            choices = [slug] if name == "slug" else known[name]
            if rule.endpoint == "signing.party":
                choices = [slug] if name == "slug" else [case.organisations["Lille"].slug]
            made = [
                re.sub(rf"<(?:\w+:)?{name}>", value, address)
                for address in made
                for value in choices
            ]
        for address in made:
            yield rule.endpoint, address
            for query in MORE.get(rule.endpoint, ()):
                yield (
                    rule.endpoint,
                    address
                    + query.format(code=code, draft=known["draft_id"][0], slug=case.agreement.slug),
                )


def fetched(client: FlaskClient, held: list[tuple[str, str]]) -> dict[str, tuple]:
    """What each address answers: status, ETag and all it holds, without what passes."""
    found = {}
    for _, address in held:
        limiter.reset()
        answer = client.get(address)
        body = PASSING.sub(b"", opened(answer.data))
        found[address] = (answer.status_code, answer.headers.get("ETag", ""), body)
        assert answer.status_code < 500, address
    return found


def readers(app: Flask, case: Case, session, sign_in) -> dict[str, FlaskClient]:
    """A browser for each of those who must not know."""
    operator = make_user("An operator", operator=True)
    people = {
        **{name: case.people[of] for name, of in CLOSE.items()},
        "the facilitator": case.facilitator,
        "the operator": operator,
    }
    found = {name: sign_in(app.test_client(), person) for name, person in people.items()}
    return {**found, "anybody": app.test_client()}


def leaks(found: dict[str, tuple], signs: tuple[bytes, ...]) -> list[tuple[str, bytes]]:
    """Where a sign of what was planted stands, unless the address itself names it."""
    return [
        (address, sign)
        for address, (_, _, body) in found.items()
        for sign in signs
        if sign in body and sign not in address.encode()
    ]


def test_nobody_else_sees_a_word_or_a_changed_byte(app, client, case, public, session, sign_in):
    known = values(case, public, None, session)
    before = list(addresses(app, case, known))
    others = readers(app, case, session, sign_in)
    earlier = {name: [fetched(others[name], before) for _ in "12"] for name in COMPARED}
    deliver(session, lambda _letter: None, "https://x.example", "Europe/Brussels")
    inside = plant(case, "Marc Petit", public)
    planted = list(addresses(app, case, values(case, public, inside, session)))
    # Its own people read first: what is kept of their pages is kept for nobody else.
    fetched(sign_in(app.test_client(), case.people["Lille"]), planted)
    steady = 0
    for name in COMPARED:
        first, second = earlier[name]
        third = fetched(others[name], before)
        for endpoint, address in before:
            if endpoint not in RECORD and first[address] == second[address]:
                assert third[address] == second[address], (name, address)
                steady += 1
    for name, browser in others.items():
        assert leaks(fetched(browser, planted), inside.signs) == [], name
    assert steady > 0.9 * len(COMPARED) * len(before), f"only {steady} could be compared"

    letters = []
    deliver(session, letters.append, "https://x.example", "Europe/Brussels")
    own = {case.people["Lille"].email, case.people["Marc Petit"].email}
    assert {letter.to for letter in letters} <= own
    assert letters
    for letter in letters:
        assert not any(word in letter.subject + letter.body for word in CANARIES)


def test_its_own_people_do_see_it(app, client, case, public, session, sign_in):
    """The same walk hears every canary where it may sing: so it is not deaf."""
    inside = plant(case, "Marc Petit", public)
    held = list(addresses(app, case, values(case, public, inside, session)))
    found = fetched(sign_in(app.test_client(), case.people["Lille"]), held)
    heard = {sign for _, sign in leaks(found, tuple(word.encode() for word in CANARIES))}
    assert heard == {word.encode() for word in CANARIES}


def test_nothing_comes_out_when_the_round_is_over(
    app, client, case, public, session, sign_in, clock
):
    inside = plant(case, "Marc Petit", public)
    others = readers(app, case, session, sign_in)
    clock.set(AFTER)
    ballots.count_ballot(case.actor("facilitator"), public.ballot)
    rounds.begin_consolidation(case.actor("facilitator"), case.round)
    held = list(addresses(app, case, values(case, public, inside, session)))
    for name in COMPARED:
        assert leaks(fetched(others[name], held), inside.signs) == [], name

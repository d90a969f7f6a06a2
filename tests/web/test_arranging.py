"""Edits beyond words: a clause added, moved, split, joined; each with a reason, each undone."""

import html
import re

import pytest
from sqlalchemy import select

from app.models.decisions import FacilitatorEdit
from app.queries.consolidations import standing_of
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, consolidate
from tests.factories.people import make_workspace


@pytest.fixture
def case(session, client, sign_in, clock):
    make_workspace()
    made = make_case()
    sign_in(client, made.facilitator)
    clock.set(AFTER)
    consolidate(made)
    made.desk = f"/agreements/{made.agreement.slug}/desk/consolidate"
    return made


def send(case, client, key: str, **sent: str):
    page = client.get(f"{case.desk}/{key}/arrange").text
    seen = html.unescape(re.search(r'name="seen"[^>]*value="([^"]*)"', page).group(1))
    return client.post(f"{case.desk}/{key}/arrange", data={"seen": seen, "why": "Why.", **sent})


def preview(case, session):
    session.expire_all()
    return standing_of(session, case.round).preview


def texts(case, session, parent: str) -> list[str]:
    return [node.text for node in preview(case, session).find(parent).children]


LIMIT = "Nothing here makes one Hub the agent of another."


def test_a_clause_is_added_shown_first_and_undone(case, client, session):
    sent = {"what": "add", "text": "A third thing."}
    looked = send(case, client, "scope-limit", **sent, do="look")
    assert looked.status_code == 200 and looked.text.count("A third thing.") == 2
    assert session.scalars(select(FacilitatorEdit)).all() == []
    assert send(case, client, "scope-limit", **sent).status_code == 303
    assert texts(case, session, "scope")[2] == "A third thing."
    undone = client.post(f"{case.desk}/scope-limit/edits/1/undo")
    assert undone.status_code == 303
    assert len(texts(case, session, "scope")) == 2


def test_a_clause_moves_behind_another_or_first_in_it(case, client, session):
    assert (
        send(case, client, "scope-limit", what="move", place="after:answer-time").status_code == 303
    )
    assert texts(case, session, "answers")[1] == LIMIT
    assert send(case, client, "scope-limit", what="move", place="first:scope").status_code == 303
    assert texts(case, session, "scope")[0] == LIMIT


def test_a_clause_is_split_at_an_empty_line_and_joined_again(case, client, session):
    cut = "A Hub answers a request\r\n\r\nwithin 15 working days."
    assert send(case, client, "answer-time", what="split", text=cut).status_code == 303
    assert texts(case, session, "answers")[:2] == [
        "A Hub answers a request",
        "within 15 working days.",
    ]
    assert send(case, client, "answer-time", what="join").status_code == 303
    assert texts(case, session, "answers")[0] == "A Hub answers a request within 15 working days."
    assert len(texts(case, session, "answers")) == 2


@pytest.mark.parametrize(
    ("key", "sent", "sentence"),
    [
        ("ending", {}, "Choose one of them."),
        ("ending", {"what": "join"}, "no clause behind this one"),
        ("ending", {"what": "move"}, "Choose where the clause goes."),
        ("ending", {"what": "move", "place": "after:nowhere"}, "Choose where the clause goes."),
        ("ending", {"what": "move", "place": "after:answers"}, "stands there already"),
        ("ending", {"what": "split", "text": "One."}, "Put an empty line"),
        ("ending", {"what": "add", "text": " "}, "Write the new clause."),
        ("ending", {"what": "add", "text": "New.", "why": " "}, "Give the reason"),
    ],
)
def test_what_makes_no_edit_is_refused_with_everything_kept(
    case, client, session, key, sent, sentence
):
    refused = send(case, client, key, **sent)
    assert refused.status_code == 422
    assert sentence in html.unescape(refused.text)
    assert session.scalars(select(FacilitatorEdit)).all() == []


def test_a_place_that_changed_meanwhile_is_refused_and_the_words_are_kept(case, client, session):
    page = client.get(f"{case.desk}/answer-time/arrange?what=split").text
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page).group(1)
    send(case, client, "answer-form", what="add", text="Behind it.")
    sent = {"seen": seen, "what": "add", "text": "Mine.", "why": "Why."}
    stale = client.post(f"{case.desk}/answer-time/arrange", data=sent)
    assert stale.status_code == 409 and "Mine.</textarea>" in stale.text
    assert "changed while you were writing" in stale.text


def test_only_the_facilitator_arranges(case, client, sign_in):
    sign_in(client, case.people["Lille"])
    assert client.get(f"{case.desk}/ending/arrange").status_code in {403, 404}

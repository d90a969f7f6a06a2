"""Consolidation in a browser without script: settle, undo, edit, publish."""

import html
import re

import pytest
from sqlalchemy import select

from app.access.actor import Role
from app.actions import presence
from app.domain import operations as ops
from app.domain import provenance
from app.domain.clauses import Clause, Kind
from app.domain.lifecycle import AgreementState, Outcome
from app.models.agreements import Seat, Version
from app.models.base import db
from app.models.decisions import FacilitatorEdit, ResolutionRow
from app.queries.consolidations import standing_of
from app.queries.versions import tree_by_id
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, comment, consolidate, decide, propose, reword
from tests.factories.people import make_workspace


@pytest.fixture
def case(session, client, sign_in, clock):
    make_workspace()
    made = make_case()
    sign_in(client, made.facilitator)
    made.desk = f"/agreements/{made.agreement.slug}/desk"
    clock.set(AFTER)
    return made


def accepted(case, *rows):
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    return rows


def field(page: str, name: str) -> str:
    return html.unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1))


def contested(case):
    return accepted(case, reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "10"))


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_a_conflict_is_shown_side_by_side_tried_decided_and_undone(case, client, session):
    contested(case)
    here = f"{case.desk}/consolidate/answer-time"
    page = client.get(here).text
    assert "Lille and Porto replace the same words." in page
    sent = {"conflict": field(page, "conflict"), "choice": "side-1", "why": "Slow is fine."}
    looked = client.post(here, data={**sent, "do": "look"})
    assert looked.status_code == 200
    assert "What would come of it" in looked.text and 'value="side-1" required checked' in (
        looked.text
    )
    assert session.scalars(select(ResolutionRow)).all() == []
    done = client.post(here, data={**sent, "do": "decide"})
    assert done.status_code == 303
    page = client.get(here).text
    assert "The wording of Lille (A1). Slow is fine." in page and "Decided by Sofie Maes" in page
    row = session.scalars(select(ResolutionRow)).one()
    again = client.post(here, data={**sent, "do": "decide"})
    assert again.status_code == 409 and "decided this just now" in again.text
    assert client.post(f"{here}/undo/{row.id}").status_code == 303
    assert "Conflict: the same words" in client.get(here).text
    assert client.post(f"{here}/undo/{case.round.id}").status_code == 404


@pytest.mark.parametrize(
    ("choice", "more", "text"),
    [
        ("base", {}, "within 15 working days"),
        ("side-2", {}, "within 10 working days"),
        ("own", {"own": "twelve\r\n", "why": "Between."}, "within twelve working days"),
    ],
)
def test_every_choice_leads_to_its_text(case, client, session, choice, more, text):
    contested(case)
    here = f"{case.desk}/consolidate/answer-time"
    sent = {"conflict": field(client.get(here).text, "conflict"), "choice": choice, **more}
    assert client.post(here, data=sent).status_code == 303
    assert text in standing_of(session, case.round).tree.find("answer-time").text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose one of them."),
        ({"choice": "nonsense"}, "Choose one of them."),
        ({"choice": "side-x"}, "Choose one of them."),
        ({"choice": "side-99"}, "Amendment 99 takes no part in this conflict."),
        ({"choice": "own", "own": "12", "why": " "}, "Give the reason for your own wording"),
        ({"choice": "order-1"}, "choose one wording or write your own"),
    ],
)
def test_a_choice_that_settles_nothing_is_refused_and_kept(case, client, session, sent, sentence):
    contested(case)
    here = f"{case.desk}/consolidate/answer-time"
    conflict = field(client.get(here).text, "conflict")
    refused = client.post(here, data={"conflict": conflict, "why": "My reason.", **sent})
    assert refused.status_code == 422
    assert sentence in words_of(refused.text)
    if sent.get("choice") != "own":
        assert "My reason." in refused.text
    assert session.scalars(select(ResolutionRow)).all() == []


def new(case, name: str, key: str):
    node = Clause(key, Kind.CLAUSE, text=f"{name} says so.")
    return propose(case, name, ops.insert_clause(TREE, "answers", "answer-time", node))


def test_clauses_at_one_place_are_put_in_order(case, client, session):
    accepted(case, new(case, "Lille", "c1111111111"), new(case, "Porto", "c2222222222"))
    here = f"{case.desk}/consolidate/answer-time"
    page = client.get(here).text
    assert "Both: first Porto, then Lille" in page
    sent = {"conflict": field(page, "conflict"), "choice": "order-2-1"}
    assert client.post(here, data=sent).status_code == 303
    keys = [node.key for node in standing_of(session, case.round).tree.find("answers").children]
    assert keys[1:3] == ["c2222222222", "c1111111111"]
    assert "New" in client.get(f"{case.desk}/consolidate").text


def test_three_clauses_at_one_place_get_a_number_each(case, client, session):
    keys = {"Lille": "c1111111111", "Porto": "c2222222222", "Tartu": "c3333333333"}
    rows = accepted(case, *(new(case, name, key) for name, key in keys.items()))
    here = f"{case.desk}/consolidate/answer-time"
    sent = {"conflict": field(client.get(here).text, "conflict"), "choice": "places"}
    places = {f"place-{row.number}": str(at) for row, at in zip(rows, (2, 3, 1), strict=True)}
    assert client.post(here, data={**sent, **places}).status_code == 303
    found = [node.key for node in standing_of(session, case.round).tree.find("answers").children]
    assert found[1:4] == ["c3333333333", "c1111111111", "c2222222222"]


def test_a_deletion_against_an_edit_is_told_in_words_and_settled(case, client, session):
    gone = propose(case, "Porto", ops.delete_clause(TREE, "ending"))
    accepted(case, gone, reword(case, "Lille", "three", "six", key="ending"))
    here = f"{case.desk}/consolidate/ending"
    page = client.get(here).text
    assert "Porto deletes this clause; Lille rewrites it." in page
    sent = {"conflict": field(page, "conflict"), "choice": "side-1"}
    assert client.post(here, data=sent).status_code == 303
    assert "ending" not in standing_of(session, case.round).tree.nodes
    assert "Decided" in client.get(f"{case.desk}/consolidate").text
    assert client.get(here).status_code == 200


def test_the_text_is_edited_with_a_reason_looked_at_and_undone(case, client, session):
    accepted(case, reword(case, "Lille", "15", "20"))
    here = f"{case.desk}/consolidate/answer-time"
    seen = field(client.get(here).text, "seen")
    text = "A Hub answers a request within 20 days, see [[ending]]."
    sent = {"heading": "", "text": text, "seen": seen, "why": "Shorter."}
    looked = client.post(f"{here}/edit", data={**sent, "do": "look"})
    assert looked.status_code == 200 and "Not saved yet" in looked.text
    assert session.scalars(select(FacilitatorEdit)).all() == []
    assert client.post(f"{here}/edit", data={**sent, "do": "edit"}).status_code == 303
    assert standing_of(session, case.round).preview.find("answer-time").text == text
    page = words_of(client.get(here).text)
    assert "Edits by hand" in page and "Shorter." in page
    stale = client.post(f"{here}/edit", data={**sent, "text": "Mine.", "do": "edit"})
    assert stale.status_code == 409
    assert "changed this clause just now" in stale.text and "Mine." in stale.text
    assert client.post(f"{here}/edits/1/undo").status_code == 303
    assert "15" not in standing_of(session, case.round).preview.find("answer-time").text
    assert client.post(f"{here}/edits/7/undo").status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "This leaves the clause as it is."),
        ({"text": "Other words.", "why": " "}, "Give the reason"),
        ({"text": "Broken [[nowhere]]", "why": "x"}, ""),
    ],
)
def test_an_edit_needs_a_change_and_a_reason(case, client, session, change, sentence):
    accepted(case, reword(case, "Lille", "15", "20"))
    here = f"{case.desk}/consolidate/answer-time"
    held = standing_of(session, case.round).preview.find("answer-time")
    sent = {"heading": "", "text": held.text, "seen": held.node_hash[:12], "why": "So."}
    answer = client.post(f"{here}/edit", data={**sent, **change, "do": "edit"})
    if sentence:
        assert answer.status_code == 422 and sentence in answer.text
        return
    overview = client.get(f"{case.desk}/consolidate").text
    assert "which is no longer in the text" in overview and here in overview


def test_a_clause_can_go_by_hand(case, client, session):
    consolidate(case)
    here = f"{case.desk}/consolidate/ending"
    sent = {"goes": "y", "seen": field(client.get(here).text, "seen"), "why": "Said elsewhere."}
    assert client.post(f"{here}/edit", data=sent).status_code == 303
    assert "ending" not in standing_of(session, case.round).preview.nodes


def test_nothing_is_settled_or_edited_before_consolidation_or_by_others(case, client, sign_in):
    reword(case, "Lille", "15", "20")
    here = f"{case.desk}/consolidate/answer-time"
    page = client.get(here)
    assert page.status_code == 200 and "Edit the text with a reason" not in page.text
    seen = TREE.find("answer-time").node_hash[:12]
    early = client.post(f"{here}/edit", data={"text": "x", "seen": seen, "why": "y"})
    assert early.status_code == 409
    sign_in(client, case.people["Lille"])
    for path in ("", "/edit", "/edits/1/undo", f"/undo/{case.round.id}"):
        assert client.post(here + path, data={"choice": "base"}).status_code == 403
    assert client.post(f"{case.desk}/publish").status_code == 403


def test_a_clause_of_no_version_is_not_found(case, client):
    assert client.get(f"{case.desk}/consolidate/nowhere").status_code == 404
    assert client.get(f"{case.desk}/consolidate/Not-A-Key").status_code == 404


def test_what_stands_in_the_way_is_listed_with_where_to_put_it_right(case, client):
    thread = comment(case)
    contested(case)
    refused = client.get(f"{case.desk}/publish")
    for words in ("1 contribution has no answer.", "1 conflict is open."):
        assert words in refused.text
    for link in (case.desk, f"{case.desk}/consolidate/answer-time"):
        assert f'href="{link}"' in refused.text
    seen = standing_of_hash(case)
    late = client.post(f"{case.desk}/publish", data={"seen": seen})
    assert late.status_code == 409
    assert thread.number == 1


def standing_of_hash(case) -> str:
    return standing_of(db.session(), case.round).preview.version_hash


def test_the_numbers_are_told_then_the_version_is_published(case, client, session):
    row = reword(case, "Lille", "15", "20")
    later, clash = reword(case, "Porto", "A Hub", "Each Hub"), reword(case, "Tartu", "15", "30")
    accepted(case, row)
    decide(case, Outcome.DEFERRED, later, clash)
    page = client.get(f"{case.desk}/publish").text
    told = words_of(page)
    assert "Publish version 2?" in told
    for line in (
        "1 amendment goes into the text A1",
        "1 open amendment is carried over as it is A2",
        "1 open amendment waits for its author: what it changes reads differently A3",
        "1 clause changes",
    ):
        assert line in told
    stale = client.post(f"{case.desk}/publish", data={"seen": "0"})
    assert stale.status_code == 409 and "Look at it once more" in stale.text
    done = client.post(
        f"{case.desk}/publish", data={"seen": field(page, "seen"), "note": "Thank you."}
    )
    assert done.status_code == 303 and done.location.endswith("/versions/2")
    version = session.scalars(select(Version).where(Version.number == 2)).one()
    session.refresh(version, ["provenance"])
    tree = tree_by_id(session, version.id)
    provenance.check(tree, provenance.from_json(version.provenance))
    assert version.note == "Thank you."
    session.refresh(case.agreement)
    assert case.agreement.state == AgreementState.PUBLISHED
    after = client.get(f"{case.desk}/publish").text
    assert "Round 1 is settled" in after
    assert (
        "Version 2 is published. 1 amendment in, 1 carried over, 1 waiting for its author."
        in words_of(after)
    )
    assert client.get(case.desk).status_code == 200


def test_the_queue_says_who_else_is_at_a_clause(case, session, client):
    accepted(case, reword(case, "Lille", "15", "20"))
    colleague = case.people["Porto"]
    session.add(Seat(agreement_id=case.agreement.id, user_id=colleague.id, role=Role.FACILITATOR))
    session.commit()
    at = {"agreement": case.agreement, "place": "desk:answer-time", "doing": "reading"}
    presence.be_at(case.actor("Porto"), colleague, **at)
    page = client.get(f"{case.desk}/consolidate").text
    assert 'data-here-at="desk:answer-time"' in page
    assert f"{colleague.name} is here, too." in page

"""Bundles in a browser without script: proposed, pulled out of, accepted."""

from datetime import timedelta

import pytest

from app.domain.lifecycle import Outcome
from app.models.bundles import Bundle
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, consolidate, decide, reword
from tests.factories.people import make_workspace


@pytest.fixture
def case(session, client, sign_in, clock):
    make_workspace()
    made = make_case()
    made.rows = [
        reword(made, "Lille", "15", "20"),
        reword(made, "Porto", "in writing", "by letter", "answer-form"),
    ]
    consolidate(made)
    clock.set(AFTER)
    sign_in(client, made.facilitator)
    made.home = f"/agreements/{made.agreement.slug}/bundles"
    return made


def propose(case, client, **more):
    day = (AFTER + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    ids = [str(row.id) for row in case.rows]
    return client.post(case.home, data={"amendment": ids, "closes_at": day, **more})


def test_a_bundle_goes_from_proposal_to_acceptance(case, client, clock, sign_in, session):
    assert "No other open amendment changes the same words." in client.get(case.home).text
    assert propose(case, client, reason="Nobody minds.").status_code == 303
    sign_in(client, case.people["Tartu"])
    page = client.get(case.home).text
    assert "Pull out A1" in page
    assert "Propose a bundle" not in page
    client.post(f"{case.home}/1/pull", data={"amendment": str(case.rows[0].id)})
    assert "<b>Pulled out</b> by Tartu" in client.get(case.home).text
    clock.set(AFTER + timedelta(days=4))
    assert "Pull out A2" not in client.get(case.home).text
    sign_in(client, case.facilitator)
    assert client.post(f"{case.home}/1/accept").status_code == 303
    session.expire_all()
    assert [row.state for row in case.rows] == ["proposed", "accepted"]


def test_the_desk_says_what_a_bundle_will_decide(case, client):
    propose(case, client)
    desk = f"/agreements/{case.agreement.slug}/desk"
    assert client.get(desk).text.count("In bundle 1") == 2
    assert "In bundle 1" in client.get(f"{desk}/amendments/A2").text


def test_a_bundle_says_what_each_asks_and_counts_nothing_twice(case, client):
    propose(case, client)
    page = client.get(case.home).text
    assert "Replaces “within 15 working days” with “within 20 working days” in Article 2.1" in page
    assert "be in a bundle</summary>" not in page


def test_a_refusal_keeps_what_was_typed(case, client, session):
    page = propose(case, client, closes_at="2020-01-01T10:00", reason="Nobody minds.")
    assert page.status_code == 422
    assert "The deadline must lie ahead." in page.text
    assert "Nobody minds." in page.text
    assert session.query(Bundle).count() == 0


def test_nonsense_is_no_amendment(case, client):
    propose(case, client)
    assert client.post(f"{case.home}/1/pull", data={"amendment": "x"}).status_code == 404
    assert client.post(f"{case.home}/9/pull", data={"amendment": "x"}).status_code == 404


def test_alternatives_are_proposed_and_declared(case, client, session):
    case.rows.append(reword(case, "Tartu", "15", "30"))
    page = client.get(case.home).text
    assert "These change the same text differently" in page
    ids = [str(case.rows[at].id) for at in (0, 2)]
    assert client.post(f"{case.home}/alternatives", data={"amendment": ids}).status_code == 303
    page = client.get(case.home).text
    assert '<caption class="label">Set 1</caption>' in page
    assert "These change the same text differently" not in page
    assert client.post(f"{case.home}/alternatives", data={"amendment": ids}).status_code == 409


def test_any_amendments_are_declared_and_named_where_people_work(case, client, session):
    ids = [str(row.id) for row in case.rows]
    refused = client.post(f"{case.home}/alternatives", data={"amendment": ids[:1]})
    assert refused.status_code == 422
    assert "Select at least two amendments" in refused.text
    assert f'value="{ids[0]}" checked' in refused.text.partition("Choose other alternatives")[2]
    assert client.post(f"{case.home}/alternatives", data={"amendment": ids}).status_code == 303
    assert "It stands in a set of alternatives with A2." in client.get(case.home).text
    home = f"/agreements/{case.agreement.slug}"
    assert "Alternative to <a" in client.get(f"{home}/desk?show=all").text
    assert "A1 and this one exclude each other" in client.get(f"{home}/amendments/A1").text
    decide(case, Outcome.ACCEPTED, case.rows[0])
    fallen = client.get(f"{home}/amendments/A2").text
    assert f'because its alternative <a href="{home}/amendments/A1">A1</a> is adopted' in fallen
    assert "Adopted instead of" in client.get(f"{home}/desk/consolidate/answer-time").text
    assert "Fallen. A1 was adopted instead." in client.get(case.home).text

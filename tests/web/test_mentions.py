"""The names one may mention, and mentions as pages show them."""

from datetime import timedelta

import pytest

from tests.factories.agreements import Case, make_case
from tests.factories.people import START, make_workspace


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case("Lille", "Porto")
    session.commit()
    return made


def test_the_names_are_those_of_the_agreement(client, case, sign_in):
    address = f"/agreements/{case.agreement.slug}/mentionable"
    sign_in(client, case.people["Lille"])
    porto = case.organisations["Porto"]
    assert {"name": "Porto", "note": porto.code} in client.get(address).json
    assert {"name": "Person Porto", "note": "Porto"} in client.get(address).json
    assert {"name": "Sofie Maes", "note": ""} in client.get(address).json
    inside = client.get(f"{address}?inside=on").json
    assert [one["name"] for one in inside] == ["Lille", "Person Lille"]
    other = make_case("Oslo")
    sign_in(client, other.people["Oslo"])
    assert client.get(address).status_code == 404


def test_a_mention_is_typed_posted_shown_and_told_without_script(client, case, sign_in, clock):
    here = f"/agreements/{case.agreement.slug}"
    sign_in(client, case.people["Lille"])
    form = {"kind": "question", "text": "@Porto, is <b>this</b> enough?"}
    client.post(f"{here}/comments/new?clause=answer-time", data=form)
    label = '<span class="mention">@Porto</span>, is &lt;b&gt;this'
    assert label in client.get(f"{here}/comments/1").text
    clock.set(START + timedelta(days=3))
    client.post(f"{here}/comments/1/reply", data={"text": "@Sofie will know."})
    assert '<span class="mention">@Sofie</span>' in client.get(f"{here}/notes/t1").text
    sign_in(client, case.people["Porto"])
    assert "Person Lille mentioned Porto in comment 1." in client.get("/notices").text
    assert "Person Lille mentioned Porto in comment 1." in client.get(f"{here}/activity").text
    sign_in(client, case.facilitator)
    assert "mentioned the facilitator in comment 1." in client.get("/notices").text

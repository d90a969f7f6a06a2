"""Presence: a page says where its reader is and is told who else is."""

import pytest

from app.access.actor import Role
from app.models.agreements import Seat
from tests.factories.agreements import make_case
from tests.factories.people import make_workspace


@pytest.fixture
def case(session, clock):
    make_workspace()
    made = make_case()
    made.here = f"/agreements/{made.agreement.slug}/here"
    return made


def test_each_is_told_that_another_writes_and_of_nobody_once_they_left(case, app, client, sign_in):
    porto = app.test_client()
    sign_in(client, case.people["Lille"])
    sign_in(porto, case.people["Porto"])
    sent = {"place": "clause:ending", "doing": "reading"}
    assert client.post(case.here, data=sent).text.strip() == ""
    assert porto.post(case.here, data={**sent, "doing": "writing"}).text.strip() == ""
    told = client.post(case.here, data=sent).text
    assert "Somebody else is writing here." in told
    assert case.people["Porto"].name not in told
    porto.post(case.here, data={**sent, "doing": "left"})
    assert client.post(case.here, data=sent).text.strip() == ""


def test_facilitators_at_the_desk_are_told_of_each_other_by_name(
    case, app, session, client, sign_in
):
    colleague = case.people["Porto"]
    session.add(Seat(agreement_id=case.agreement.id, user_id=colleague.id, role=Role.FACILITATOR))
    session.commit()
    sign_in(client, case.facilitator)
    porto = sign_in(app.test_client(), colleague)
    client.post(case.here, data={"place": "desk:ending", "doing": "reading"})
    told = porto.post(case.here, data={"place": "desk:ending", "doing": "writing"}).text
    assert f"{case.facilitator.name} is here, too." in told


def test_a_stranger_and_an_unknown_place_are_refused(case, client, sign_in):
    other = make_case("Oslo")
    sign_in(client, other.people["Oslo"])
    assert client.post(case.here, data={"place": "desk"}).status_code == 404
    sign_in(client, case.people["Lille"])
    assert client.post(case.here, data={"place": "Not a place"}).status_code == 422


def test_switched_off_nobody_is_noted_or_told(case, app, client, sign_in):
    sign_in(client, case.people["Lille"])
    app.config["PRESENCE"] = False
    try:
        client.post(case.here, data={"place": "clause:ending"})
    finally:
        app.config["PRESENCE"] = True
    porto = sign_in(app.test_client(), case.people["Porto"])
    assert porto.post(case.here, data={"place": "clause:ending"}).text.strip() == ""

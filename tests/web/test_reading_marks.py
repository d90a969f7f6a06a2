"""Opening a text notes its reader once the page is sent, with script or without."""

import pytest
from sqlalchemy import select

from app.models.reading import ReadMark
from tests.factories.agreements import make_case
from tests.factories.contributions import DURING, comment
from tests.factories.people import make_workspace


@pytest.fixture
def case(session, clock):
    make_workspace()
    made = make_case()
    made.home = f"/agreements/{made.agreement.slug}"
    clock.set(DURING)
    return made


def marks(session):
    session.rollback()
    return [(row.user_id, row.read_at) for row in session.scalars(select(ReadMark))]


@pytest.mark.parametrize("path", ["", "?view=all", "/versions/1"])
def test_whoever_opens_the_text_has_read_it(case, client, sign_in, session, path):
    response = sign_in(client, case.people["Lille"]).get(case.home + path)
    assert marks(session) == []
    response.close()
    assert marks(session) == [(case.people["Lille"].id, DURING)]


def test_a_page_fetched_ahead_is_not_read(case, client, sign_in, session):
    sign_in(client, case.people["Lille"])
    client.get(case.home, headers={"Sec-Purpose": "prefetch"}).close()
    client.head(case.home).close()
    assert marks(session) == []


def test_a_kept_page_is_the_same_before_and_after(case, client, sign_in, session):
    comment(case)
    first = sign_in(client, case.people["Lille"]).get(case.home)
    tag = first.headers["ETag"]
    first.close()
    again = client.get(case.home, headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_one_sees_who_of_ones_own_organisation_has_read(case, client, sign_in):
    sign_in(client, case.people["Lille"]).get(case.home).close()
    page = client.get(f"{case.home}/participants").text
    assert "Who of Lille has read the text" in page
    page = sign_in(client, case.people["Porto"]).get(f"{case.home}/participants").text
    assert "Who of Porto has read the text" in page
    assert "Who of Lille has read the text" not in page
    page = sign_in(client, case.facilitator).get(f"{case.home}/desk/participation").text
    assert "3 people, 1 of them have read it" in page
    assert "read the text of round 1" in page

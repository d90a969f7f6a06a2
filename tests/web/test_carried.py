"""The page of what became of everything open, and the list before a version is published."""

import pytest

from app.actions import consolidation
from app.domain.lifecycle import Outcome
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, consolidate, decide, reword
from tests.factories.people import make_workspace


@pytest.fixture
def room(session, clock):
    make_workspace()
    case = make_case()
    accepted = reword(case, "Lille", "15", "20")
    waits = reword(case, "Tartu", "15", "30")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, accepted)
    decide(case, Outcome.DEFERRED, waits)
    clock.set(AFTER)
    return case, f"/agreements/{case.agreement.slug}"


def test_the_facilitator_reads_it_before_publishing(client, sign_in, room):
    case, address = room
    sign_in(client, case.facilitator)
    text = client.get(f"{address}/desk/publish").text
    assert "What becomes of everything open" in text
    assert "1 needs its author." in text
    assert "A2 waits for its author. The words it changes read differently now." in text


def test_each_author_sees_their_own_and_confirms_with_one_press(client, sign_in, room):
    case, address = room
    consolidation.publish_version(case.actor("facilitator"), case.round)
    sign_in(client, case.people["Tartu"])
    page = f"{address}/versions/2/carried"
    text = client.get(page).text
    assert "1 of yours waits for you" in text
    assert f"{address}/amendments/A2/rewrite" in text
    confirmed = client.post(f"{address}/amendments/A2/confirm", follow_redirects=True).text
    assert "A2 stands as it is shown here." in confirmed
    assert "<ins" in confirmed and "30" in confirmed
    assert "waits for you" not in client.get(page).text

    sign_in(client, case.people["Porto"])
    text = client.get(page).text
    assert "Your own" not in text and "A2" in text


def test_where_nothing_was_open_the_page_says_so(client, sign_in, room):
    case, address = room
    sign_in(client, case.people["Porto"])
    assert (
        "Nothing was open when version 1 came out."
        in client.get(f"{address}/versions/1/carried").text
    )
    assert client.get(f"{address}/versions/7/carried").status_code == 404

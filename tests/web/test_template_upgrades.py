"""The page on which a facilitator takes or leaves what a newer template changes."""

import re

import pytest

from tests.factories.agreements import make_case
from tests.factories.contributions import DURING
from tests.factories.templates import make_templated


@pytest.fixture
def room(session, clock):
    clock.set(DURING)
    case = make_templated()
    return case, f"/agreements/{case.agreement.slug}/template-upgrade"


def test_the_facilitator_reads_what_is_offered_and_takes_some(client, sign_in, room):
    case, address = room
    sign_in(client, case.facilitator)
    text = client.get(address).text
    assert "Template 1.0.0 to 1.1.0" in text
    assert "“Specific Cooperation Agreement” is called “Specific Agreement”" in text
    assert "4 changes fit the text as it stands" in text
    assert "1 collides with what was negotiated" in text
    assert "Working days of the silence procedure: <b>10</b>" in text
    first = re.findall(r'name="offer" value="(\w+)"', text)[0]
    taken = client.post(
        f"{address}/take", data={"to": "1.1.0", "offer": first}, follow_redirects=True
    )
    assert "Proposed: A1." in taken.text
    assert "/amendments/A1" in taken.text


def test_nothing_ticked_is_told_on_the_page(client, sign_in, room):
    case, address = room
    sign_in(client, case.facilitator)
    refused = client.post(f"{address}/take", data={"to": "1.1.0"})
    assert refused.status_code == 422
    assert "Choose at least one change to take." in refused.text


def test_the_rest_is_left(client, sign_in, room):
    case, address = room
    sign_in(client, case.facilitator)
    left = client.post(f"{address}/follow", data={"to": "1.1.0"}, follow_redirects=True)
    assert "follows template version 1.1.0 now" in left.text
    assert "follows the newest version" in client.get(address).text
    assert client.post(f"{address}/follow", data={"to": "2.0.0"}).status_code == 404


def test_a_draft_takes_the_words_directly(client, session, sign_in):
    case = make_templated(drafting=True)
    address = f"/agreements/{case.agreement.slug}/template-upgrade"
    sign_in(client, case.facilitator)
    offers = re.findall(r'name="offer" value="(\w+)"', client.get(address).text)
    taken = client.post(
        f"{address}/take", data={"to": "1.1.0", "offer": offers}, follow_redirects=True
    )
    assert "Taken into the draft: 4 changes." in taken.text
    assert "Nothing more can be taken as it is." in taken.text


def test_others_do_not_see_the_offers(client, sign_in, room):
    case, address = room
    sign_in(client, case.people["Lille"])
    assert client.get(address).status_code == 403
    assert client.post(f"{address}/take", data={"to": "1.1.0", "offer": "x"}).status_code == 403


def test_an_agreement_without_template_says_so(client, session, sign_in):
    case = make_case()
    sign_in(client, case.facilitator)
    text = client.get(f"/agreements/{case.agreement.slug}/template-upgrade").text
    assert "not made from a template" in text

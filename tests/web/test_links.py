"""Where a sentence leads: to a page that is there."""

import pytest

from app.domain import events as e
from app.web.links import address_of

A_ROW = "6b0c2f0e-6a53-4b55-9a63-9d0a9b1a7f10"
SAMPLES = {"amendment": "A1.2", "inside": A_ROW, "draft": A_ROW}


@pytest.mark.parametrize("noun", sorted({kind.about for kind in e.EVENTS.values()}))
@pytest.mark.parametrize("slug", ["cooperation", None])
def test_every_noun_of_the_record_leads_to_a_page(app, noun, slug):
    with app.test_request_context():
        address = address_of(slug, noun, SAMPLES.get(noun, 3))
    endpoint, _ = app.url_map.bind("localhost").match(address)
    assert endpoint in app.view_functions
    assert address.startswith("/agreements/cooperation" if slug else "/network")


@pytest.mark.parametrize(
    ("noun", "value", "rest"),
    [
        ("thread", 12, "/comments/12"),
        ("amendment", "A1.2", "/amendments/A1.2"),
        ("ballot", 4, "/ballots/4"),
        ("version", 2, "/versions/2"),
        ("round", 1, "/rounds"),
        ("signing", None, "/signing"),
        ("amendments", None, "/amendments"),
        ("desk", None, "/desk"),
        ("agreement", None, ""),
    ],
)
def test_a_noun_leads_to_its_own_page(app, noun, value, rest):
    with app.test_request_context():
        assert address_of("deal", noun, value) == f"/agreements/deal{rest}"


@pytest.mark.parametrize("noun", ["thread", "amendment", "ballot", "version"])
def test_without_a_number_it_leads_to_the_agreement(app, noun):
    with app.test_request_context():
        assert address_of("deal", noun, None) == "/agreements/deal"

"""A reader of a long text: it comes in parts, and still all of it can be jumped to and searched."""

import pytest
from playwright.sync_api import Page, expect

from app.domain.clauses import Clause, ClauseTree, Kind
from app.http.auth import hash_password
from app.models.base import db
from tests.factories.agreements import make_case
from tests.factories.people import make_workspace
from tests.journeys.network import PASSWORD

pytestmark = pytest.mark.browser

LONG = ClauseTree(
    "A long agreement",
    tuple(
        Clause(
            f"a{number}",
            Kind.CLAUSE,
            f"Matter {number}",
            children=tuple(
                Clause(f"c{number}-{at}", Kind.CLAUSE, text=f"Hub {number} agrees to it. " * 60)
                for at in range(5)
            ),
        )
        for number in range(30)
    ),
)


@pytest.fixture
def reader(site, person) -> Page:
    """A legal contact with script, before a long text."""
    with site.inside():
        make_workspace()
        case = make_case(tree=LONG, opens_at=site.now)
        address = f"/agreements/{case.agreement.slug}"
        case.people["Lille"].password = hash_password(PASSWORD)
        db.session.commit()
        reader = case.people["Lille"]
    page: Page = person(reader)
    page.goto(address)
    return page


def test_all_of_a_long_text_arrives_and_only_what_is_near_is_laid_out(reader):
    expect(reader.locator("#c-c29-4")).to_be_attached()
    expect(reader.locator(".goes-on")).to_have_count(0)
    assert reader.locator(".doc > .is-near").count() < reader.locator(".doc > .article").count()


def test_the_contents_lead_to_a_clause_that_was_not_there_yet(reader):
    reader.evaluate("location.hash = '#c-c28-2'")
    expect(reader.locator("#c-c28-2")).to_be_in_viewport()
    reader.get_by_role("navigation", name="Contents").get_by_role("link", name="Matter 20").click()
    expect(reader.locator("#c-a20")).to_be_in_viewport()
    current = reader.locator(".outline [aria-current]")
    expect(current).to_have_count(1)


def test_an_address_leads_to_a_clause_beyond_the_first_part(reader):
    address = reader.url
    reader.goto("about:blank")
    reader.goto(f"{address}#c-c29-1")
    expect(reader.locator("#c-c29-1")).to_be_in_viewport()


def test_the_keyboard_goes_on_where_the_first_part_ends(reader):
    expect(reader.locator("#c-c29-4")).to_be_attached()
    reader.evaluate("location.hash = '#c-c28-4'")
    expect(reader.locator("#c-c28-4")).to_be_in_viewport()
    for _ in range(5):
        reader.keyboard.press("j")
    expect(reader.locator(".clause.is-here")).to_be_in_viewport()

"""A facilitator's afternoon on the demonstration network, up to version 2."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from app.cli.demonstration import material, story
from app.cli.demonstration.calendar import Calendar
from app.cli.demonstration.network import Network
from app.domain.lifecycle import AmendmentState
from app.formats.docx import lint
from app.http.auth import hash_password
from app.kernel import clock
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.base import db
from app.models.comments import Thread
from app.models.people import User
from tests.journeys.conftest import Site
from tests.journeys.network import PASSWORD
from tests.journeys.walking import press

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 23)
DESK = Calendar(TODAY).at(-33, 9)
"""The morning on which the facilitator sits down: the round and its ballots are over."""

LATER = "It concerns more than this round. It stays open for the next."
WISHED = 30
"""So many of the amendments that no ballot decided are accepted, those that collide among them."""


@pytest.fixture
def afternoon(site: Site) -> Site:
    """The site as the demonstration's story has it at that moment."""
    with site.inside():
        for act in story.acts(Network(material.cast(), Calendar(TODAY))):
            if act.at >= DESK:
                break
            with clock.at(act.at):
                act.do()
        facilitator = db.session.scalars(select(User).where(User.name == "Sofie Maes")).one()
        facilitator.password = hash_password(PASSWORD)
        db.session.commit()
        db.session.expunge(facilitator)
        site.facilitator = facilitator
    site.now = datetime(DESK.year, DESK.month, DESK.day, 12, tzinfo=UTC)
    return site


def rows(page: Page) -> Locator:
    return page.locator("tr[data-row]:has(input[name=item])")


def waiting(page: Page) -> int:
    return int(re.match(r"\d+", page.locator(".counter").first.inner_text())[0])


def give(page: Page, outcome: str, reason: str) -> int:
    """Answer what is ticked, by way of the page that says what will happen; how many got it."""
    page.locator("[data-batch] select[name=outcome]").select_option(outcome)
    page.locator("[data-batch] [name=answer]").fill(reason)
    press(page.locator("[data-batch] [data-answer]"))
    button = page.get_by_role("button", name=re.compile("^Give "))
    given = re.search(r"\d+", button.inner_text())
    press(button)
    return int(given[0]) if given else 1


def answer_one(page: Page, number: str, outcome: str, reason: str) -> None:
    page.goto(f"{page.url.split('?')[0]}?show=all&q={number}")
    press(page.locator(f"#row-{number} [data-open-row]"))
    page.locator("select[name=outcome]").select_option(outcome)
    page.locator("textarea[name=answer]").fill(reason)
    press(page.get_by_role("button", name=re.compile(f"^Answer {number}$")))


def test_all_is_answered_settled_published_and_carried_over(afternoon, person):
    page = person(afternoon.facilitator)
    with afternoon.inside():
        slug, undecided = open_things()
    page.goto(f"/agreements/{slug}/rounds")
    press(page.get_by_role("button", name="Begin consolidation"))
    desk = f"/agreements/{slug}/desk"
    page.goto(desk)
    before = waiting(page)
    assert before >= 150
    expect(page.get_by_role("button", name="Publish version 2")).to_have_attribute(
        "aria-disabled", "true"
    )
    answer_one(page, "C1", "deferred", LATER)
    accept(page, desk, undecided)
    answer_the_rest(page, desk)
    page.goto(desk)
    expect(page.locator(".counter")).to_contain_text("Every contribution has an answer.")
    assert settle_conflicts(page, slug) >= 2
    page.goto(f"{desk}/consolidate")
    press(page.get_by_role("link", name="Publish version 2"))
    expect(page.get_by_text(re.compile("What becomes of everything open"))).to_be_visible()
    press(page.get_by_role("button", name="Publish version 2"))
    nothing_is_lost(afternoon, slug, page)
    take_the_report(page, slug)


def open_things() -> tuple[str, list[str]]:
    """The framework's slug, and the amendments that no ballot decided."""
    agreement = db.session.scalars(select(Agreement).where(Agreement.scenario == "framework")).one()
    labels = db.session.scalars(
        select(AmendmentRow.label)
        .where(
            AmendmentRow.agreement_id == agreement.id,
            AmendmentRow.state == AmendmentState.PROPOSED,
            AmendmentRow.primary_id.is_(None),
        )
        .order_by(AmendmentRow.number)
    )
    return agreement.slug, list(labels)


def accept(page: Page, desk: str, undecided: list[str]) -> None:
    """Accept some amendments together; the page before says where they collide."""
    page.goto(f"{desk}?kind=amendment")
    for label in undecided[:WISHED]:
        box = page.get_by_role("checkbox", name=f"Select {label}", exact=True)
        if box.count():
            box.check()
    assert give(page, "accepted", "Nobody opposed it, and it makes the text clearer.") > 5


def answer_the_rest(page: Page, desk: str) -> None:
    """A page of the desk at a time, the amendments first, until nothing is without answer."""
    reject = ("?kind=amendment", "rejected", "It found no support beyond its author.")
    note = ("", "noted", "Read and taken into account in the wording of version 2.")
    for narrowed, outcome, reason in (reject, note):
        for _ in range(10):
            page.goto(desk + narrowed)
            if not rows(page).count():
                break
            press(page.locator("a.pick-all"))
            give(page, outcome, reason)
        else:
            pytest.fail("The desk does not become empty.")


def settle_conflicts(page: Page, slug: str) -> int:
    """Choose the first wording of each conflict, with a reason; how many there were."""
    for settled in range(30):
        page.goto(f"/agreements/{slug}/desk/consolidate")
        torn = page.locator("nav[aria-label='Clauses to consolidate'] a:has(.bad)")
        if not torn.count():
            return settled
        press(torn.first)
        page.locator(".dispute form [name=choice]").first.check()
        page.get_by_label(re.compile("Reason, recorded")).first.fill("It says it best.")
        press(page.get_by_role("button", name="Decide", exact=True).first)
    return pytest.fail("The conflicts do not end.")


def nothing_is_lost(site: Site, slug: str, page: Page) -> None:
    """What was deferred is open on version 2; every other thread keeps its answer."""
    with site.inside():
        agreement = db.session.scalars(select(Agreement).where(Agreement.slug == slug)).one()
        threads = db.session.scalars(
            select(Thread).where(Thread.agreement_id == agreement.id)
        ).all()
        assert len(threads) > 150
    page.goto(f"/agreements/{slug}/comments/1")
    expect(page.get_by_text(LATER)).to_be_visible()
    page.goto(f"/agreements/{slug}/compare?from=1&to=2")
    expect(page.locator("ins").first).to_be_visible()


def take_the_report(page: Page, slug: str) -> None:
    """Every contribution with its decision and reason, as a Word file and a spreadsheet."""
    page.goto(f"/agreements/{slug}/rounds")
    press(page.get_by_role("link", name="Report of round 1"))
    expect(page.get_by_text(LATER).first).to_be_visible()
    with page.expect_download() as word:
        page.get_by_role("link", name="Word", exact=True).last.click()
    assert lint.check(word.value.path().read_bytes()) == ()
    with page.expect_download() as table:
        page.get_by_role("link", name="Spreadsheet").click()
    sheet = load_workbook(BytesIO(table.value.path().read_bytes()), read_only=True).worksheets[0]
    lines = [" ".join(str(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
    assert len(lines) > 200 and any(LATER in line for line in lines)

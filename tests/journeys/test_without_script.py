"""A legal contact whose browser runs no script, on a phone: reads, comments, amends, votes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PATIENCE, Site
from tests.journeys.network import PASSWORD, Network
from tests.journeys.walking import press

pytestmark = pytest.mark.browser


def fits(page: Page) -> bool:
    """Whether no element reaches beyond the screen, but within what scrolls by itself."""
    page.mouse.move(195, 400)
    page.mouse.wheel(400, 0)
    right = page.locator("body").bounding_box()
    return right is not None and right["x"] >= 0 and right["width"] <= 390


@pytest.fixture
def plain(site: Site, browser: Browser, network: Network) -> Iterator[Page]:
    """The legal contact of Lille, signed in by the form, on a phone without script."""
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": 390, "height": 844},
        java_script_enabled=False,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(network.claire.email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("link", name=re.compile("your account"))).to_be_visible()
    yield page
    assert fits(page)
    context.close()


def test_the_text_is_read_with_its_notes_and_every_view_has_an_address(plain, network):
    plain.goto(f"/agreements/{network.slugs['open']}")
    expect(plain.locator(".doc").get_by_text("The Hubs cooperate across borders.")).to_be_visible()
    expect(plain.get_by_text("too short", exact=False).first).to_be_visible()
    assert fits(plain)
    plain.get_by_role("link", name="All amendments").click()
    expect(plain.locator("ins", has_text="ten").first).to_be_visible()
    assert fits(plain)
    plain.get_by_role("link", name="If decided now").click()
    expect(plain.locator("main")).to_contain_text("Hub")


def test_the_menu_opens(plain):
    plain.locator(".menu-phone summary").click()
    plain.locator(".menu-phone").get_by_role("link", name="Agreements").click()
    expect(plain).to_have_url(re.compile("/agreements$"))


def test_a_comment_without_words_is_refused_in_words_and_then_posted(plain, network):
    plain.goto(f"/agreements/{network.slugs['open']}/comments/new?clause=answer-time")
    writing = plain.locator("textarea[name=text]")
    writing.fill("   ")
    press(plain.get_by_role("button", name="Post the comment"))
    expect(writing).to_have_attribute("aria-invalid", "true")
    told = writing.get_attribute("aria-describedby").split()[-1]
    expect(plain.locator(f"#{told}")).to_be_visible()
    assert fits(plain)
    writing.fill("Our board meets once a month.")
    press(plain.get_by_role("button", name="Post the comment"))
    expect(plain.get_by_text("Our board meets once a month.").first).to_be_visible()


def test_an_amendment_is_looked_at_and_proposed(plain, network):
    plain.goto(f"/agreements/{network.slugs['open']}/amendments/new?clause=scope-aim")
    plain.get_by_label(re.compile("^Words of")).fill("The Hubs always cooperate.")
    plain.locator("#rationale").fill("Clearer.")
    press(plain.get_by_role("button", name="Look at it"))
    expect(plain.locator("ins").first).to_contain_text("always")
    assert fits(plain)
    press(plain.get_by_role("button", name="Propose amendment"))
    expect(plain).to_have_url(re.compile("/amendments/A4"))


def test_a_vote_is_cast_and_changed(plain, network):
    plain.goto(f"/agreements/{network.slugs['open']}/ballots/1")
    for choice in ("Yes", "No"):
        plain.get_by_label(choice, exact=True).check()
        press(plain.get_by_role("button", name="Cast the vote of Lille"))
        expect(plain.get_by_label(choice, exact=True)).to_be_checked()
        expect(plain.locator("p.notice")).to_contain_text(f"has voted {choice.lower()}")

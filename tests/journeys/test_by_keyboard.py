"""A legal contact without a mouse reads, comments, proposes an amendment and votes."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

SHOWN = """() => { const look = getComputedStyle(document.activeElement);
    const box = document.activeElement.closest("label");
    const around = box ? getComputedStyle(box) : look;
    return [look, around].some((one) => one.boxShadow !== "none"
        || (one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2)); }"""
NAMED = """() => { const at = document.activeElement;
    const words = at.labels?.length ? at.labels[0].textContent : at.textContent;
    return at.id + " | " + (at.getAttribute("aria-label") || words || "").trim(); }"""


def tab_to(page: Page, name: str, presses: int = 120) -> None:
    """Press Tab until what is named so has the focus; each stop on the way shows it."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        here = page.evaluate(NAMED)
        assert page.evaluate(SHOWN), f"the focus can't be seen at {here}"
        if re.search(name, here):
            return
    pytest.fail(f"{name} is not reached with Tab from {page.url}")


def test_the_first_stop_of_a_page_leads_to_its_text(site, person, network):
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_comment_is_written_from_the_clause_it_is_about(site, person, network):
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}")
    tab_to(page, "[Cc]omment on .*2.1")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/comments/new"))
    tab_to(page, "^text ")
    page.keyboard.type("   ")
    tab_to(page, "Post the comment")
    page.keyboard.press("Enter")
    expect(page.locator("textarea[name=text]")).to_be_focused()
    expect(page.locator("textarea[name=text]")).to_have_attribute("aria-invalid", "true")
    page.keyboard.type("Our board meets once a month.")
    tab_to(page, "Post the comment")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Our board meets once a month.").first).to_be_visible()


def test_an_amendment_is_looked_at_and_proposed(site, person, network):
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}/amendments/new?clause=scope-aim")
    tab_to(page, "Words of ")
    page.keyboard.press("Control+End")
    page.keyboard.type(" They meet each spring.")
    tab_to(page, "^rationale")
    page.keyboard.type("So that they know each other.")
    tab_to(page, "Look at it")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#answer"))
    expect(page.locator("ins").first).to_contain_text("They meet each spring.")
    tab_to(page, "Propose amendment", presses=20)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/amendments/A4"))
    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def test_a_vote_is_chosen_with_the_arrows_and_cast(site, person, network):
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}/ballots/1")
    tab_to(page, "Cast the vote of Lille")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=choice]").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("No", exact=True)).to_be_checked()
    tab_to(page, "Cast the vote of Lille")
    page.keyboard.press("Enter")
    expect(page.get_by_text("You can change it until").first).to_be_visible()
    expect(page.get_by_label("No", exact=True)).to_be_checked()


def test_what_comes_and_what_goes_is_told_apart_in_words(site, person, network):
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}/amendments/A1")
    read = page.locator("main").aria_snapshot()
    assert re.search(r"deletion.*15", read), read
    assert re.search(r"insertion.*20", read), read
    page.goto(f"/agreements/{network.slugs['open']}?view=all")
    words = page.locator("main").inner_text()
    assert re.search(r"\[deleted by Porto:\s*Nothing", words), words
    assert re.search(r"\[deleted:\s*15\s*\]", words), words
    assert re.search(r"\[inserted by Lille:\s*20\s*\]", words), words
    assert re.search(r"\[inserted by Tartu:\s*ten\s*\]", words), words


def test_the_short_cuts_can_be_switched_off_and_stay_off(site, person, network):
    page = person(network.claire)
    here = f"/agreements/{network.slugs['open']}"
    page.goto(here)
    page.keyboard.press("?")
    page.wait_for_url(re.compile("/help/keyboard"))
    page.get_by_role("button", name="Switch the short cuts off").press("Enter")
    expect(page.get_by_role("button", name="Switch the short cuts on")).to_be_visible()
    page.goto(here)
    page.keyboard.press("?")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(here))
    expect(page.locator(".is-here")).to_have_count(0)

"""A legal contact without a mouse reads, comments, proposes an amendment and votes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import contributions

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
        if page.evaluate("document.activeElement === document.body"):
            continue  # past the last stop, before the first
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_note_for_ones_own_organisation_is_written_and_opened(site, person, network, scheme):
    page = person(network.claire)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/agreements/{network.slugs['open']}/comments/new?clause=answer-time")
    tab_to(page, "^text ")
    page.keyboard.type("Between us, @Lil")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("Lille")
    page.keyboard.press("Enter")
    page.keyboard.type("has no staff for it.")
    tab_to(page, "Everybody who takes part", presses=5)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Only Lille")).to_be_checked()
    tab_to(page, "Post the comment", presses=5)
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-inside")).to_contain_text("has no staff for it.")
    page.goto(f"/agreements/{network.slugs['open']}/inside")
    tab_to(page, "1 reply|2.1|On Article", presses=40)
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-inside.is-open")).to_be_visible()


def test_a_stance_is_taken_and_a_reaction_given(site, person, network):
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}")
    tab_to(page, "Where we stand on .*2.1")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/stances/answer-time"))
    tab_to(page, "Can.t live with it", presses=60)
    page.keyboard.press("Space")
    tab_to(page, "^reason ", presses=3)
    page.keyboard.type("We are three people.")
    tab_to(page, "Say where Lille stands", presses=3)
    page.keyboard.press("Enter")
    expect(page.locator("#c-answer-time.is-red-line")).to_be_visible()
    page.goto(f"/agreements/{network.slugs['open']}/comments/1")
    tab_to(page, "React", presses=60)
    page.keyboard.press("Enter")
    tab_to(page, "^ *.*Agree", presses=3)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Agree 1")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Agree 1")).to_be_focused()


def test_a_draft_is_kept_and_a_check_asked_for(site, person, network):
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}/amendments/new?from=A1")
    tab_to(page, "Keep as draft")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/drafts/"))
    tab_to(page, "Have it checked")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/inside"))
    tab_to(page, "What should they look at|request|remark", presses=60)
    page.keyboard.type("Is twenty enough?")
    tab_to(page, "Please check it", presses=5)
    page.keyboard.press("Enter")
    expect(page.get_by_text("It waits for a colleague’s check.", exact=False)).to_be_visible()


def test_what_is_new_is_brought_in_without_losing_ones_place(site, person, network):
    page, case = person(network.claire), network.open
    page.goto(f"/agreements/{network.slugs['open']}")
    site.go_on(minutes=1)
    with site.inside():
        contributions.comment(case, "Porto", "A thought from outside.", "answer-time")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-news-words]")).to_have_text("1 new comment")
    tab_to(page, "^ *.*Show$")
    page.keyboard.press("Enter")
    expect(page.locator("[data-news-words]")).to_have_text("Shown.")
    assert page.evaluate("document.activeElement.closest('[data-news]') !== null")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-news-named] a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".note.is-open")).to_contain_text("A thought from outside.")

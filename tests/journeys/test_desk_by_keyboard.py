"""A facilitator answers at the desk without a mouse, one by one and several, and takes it back."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories.contributions import AFTER

pytestmark = pytest.mark.browser


def send(page: Page, words: str) -> None:
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_answers_are_given_and_taken_back_by_keys(site, person, network):
    site.now = AFTER
    page = person(network.sofie)
    desk = f"/agreements/{network.slugs['open']}/desk?kind=concern"
    page.goto(desk)
    first, second = (page.locator("tr[data-row]").nth(at).get_attribute("id") for at in (0, 1))
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_placeholder("Reason, sent to each of them")).to_be_focused()
    send(page, "So be it.")
    expect(page.locator(f"#{first}")).to_contain_text("Accepted")
    expect(page.locator(f"#{second}")).to_have_class("is-at")
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back:")).to_be_visible()
    expect(page.locator(f"#{first}")).to_contain_text("No answer")

    for row in (first, second):
        page.locator(f"#{row} input[type=checkbox]").check()
    page.keyboard.press("r")
    send(page, "The words stay, {organisation}.")
    expect(page.get_by_role("heading", name="Rejected: 2 contributions")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Give 2 this answer").press("Enter")
    expect(page.locator(f"#{first}")).to_contain_text("The words stay, ")
    expect(page.locator(f"#{second}")).not_to_contain_text("{organisation}")


def test_keys_do_nothing_while_somebody_types_or_once_switched_off(site, person, network):
    site.now = AFTER
    page = person(network.sofie)
    page.goto(f"/agreements/{network.slugs['open']}/desk")
    page.get_by_placeholder("Words, or a number").press_sequentially("jaxr")
    expect(page.locator("tr.is-at")).to_have_count(0)
    expect(page.locator("[data-batch]")).to_be_hidden()
    page.evaluate("document.documentElement.dataset.keys = 'off'")
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator("tr.is-at")).to_have_count(0)

"""Words survive a crashed browser and a lost connection, and are offered, never put in unasked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walking import press

pytestmark = pytest.mark.browser

WORDS = "Fifteen days is too long for us."


def comment_page(page: Page, network) -> Page:
    page.goto(f"/agreements/{network.slugs['open']}/comments/new")
    return page


def words(page: Page):
    return page.locator("textarea[name=text]")


def offer(page: Page):
    return page.locator("[data-keep-offer]")


def test_what_was_typed_before_a_crash_is_taken_up_and_sent_once(site, person, network):
    page = comment_page(person(network.claire), network)
    expect(offer(page)).to_be_hidden()
    words(page).fill(WORDS)
    expect(page.locator("[data-keep-state]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    again = page.context.new_page()
    page.close()
    comment_page(again, network)
    expect(offer(again)).to_contain_text(WORDS)
    expect(words(again)).to_have_value("")
    again.get_by_role("button", name="Take it up").click()
    expect(words(again)).to_have_value(WORDS)
    press(again.get_by_role("button", name="Post the comment"))
    expect(again.get_by_text(WORDS).first).to_be_visible()
    comment_page(again, network)
    expect(offer(again)).to_be_hidden()


def test_what_was_typed_without_a_connection_stays_on_the_device_until_it_is_sent(
    site, person, network
):
    page = comment_page(person(network.claire), network)
    page.context.set_offline(True)
    words(page).fill(WORDS)
    expect(page.locator("[data-keep-state]")).to_contain_text("Kept on this device")
    page.context.set_offline(False)
    expect(page.locator("[data-keep-state]")).to_contain_text("Saved")
    page.context.set_offline(True)
    words(page).fill(f"{WORDS} And costly.")
    expect(page.locator("[data-keep-state]")).to_contain_text("Kept on this device")
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    comment_page(again, network)
    expect(offer(again)).to_contain_text("on this device")
    again.get_by_role("button", name="Take it up").click()
    expect(words(again)).to_have_value(f"{WORDS} And costly.")
    press(again.get_by_role("button", name="Post the comment"))
    comment_page(again, network)
    expect(offer(again)).to_be_hidden()


def test_what_is_discarded_is_gone(site, person, network):
    page = comment_page(person(network.claire), network)
    words(page).fill(WORDS)
    expect(page.locator("[data-keep-state]")).to_contain_text("Saved")
    comment_page(page, network)
    press(page.get_by_role("button", name="Discard it"))
    assert "/comments/new" in page.url
    expect(offer(page)).to_be_hidden()

"""A legal contact selects words, mentions others, replies by a key, reacts, takes a stance."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.walking import press

pytestmark = pytest.mark.browser

SELECT = """(words) => {
    const walker = document.createTreeWalker(document.querySelector("#c-answer-time .words"), 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        getSelection().setBaseAndExtent(node, at, node, at + words.length);
        node.parentElement.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
        return;
    }
    throw new Error(`no ${words}`);
}"""


@pytest.fixture
def reader(site, person, network) -> Page:
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}")
    return page


def test_words_are_selected_and_the_menu_leads_to_a_comment_on_them(reader):
    reader.evaluate(SELECT, "answers a request")
    menu = reader.locator(".picked")
    expect(menu.get_by_role("link", name="Propose a change")).to_be_visible()
    menu.get_by_role("link", name="Comment on these words").click()
    reader.wait_for_url(re.compile("/comments/new"))
    expect(reader.locator("input[name=quote]")).to_have_value("answers a request")


def test_the_menu_goes_when_nothing_is_selected(reader):
    reader.evaluate(SELECT, "answers a request")
    expect(reader.locator(".picked")).to_be_visible()
    reader.keyboard.press("Escape")
    expect(reader.locator(".picked")).to_have_count(0)


def test_a_name_is_offered_taken_by_keys_and_told(reader, network):
    reader.goto(f"/agreements/{network.slugs['open']}/comments/new?clause=answer-time")
    field = reader.locator("textarea[name=text]")
    field.focus()
    reader.keyboard.type("Can @Tar")
    names = reader.get_by_role("listbox").get_by_role("option")
    expect(names.first).to_contain_text("Tartu")
    expect(names.first).to_have_attribute("aria-selected", "true")
    reader.keyboard.press("ArrowDown")
    expect(names.nth(1)).to_have_attribute("aria-selected", "true")
    reader.keyboard.press("ArrowUp")
    reader.keyboard.press("Enter")
    expect(field).to_have_value("Can @Tartu ")
    expect(reader.get_by_role("listbox")).to_have_count(0)
    reader.keyboard.type("answer, or somebody of @Por")
    expect(names.first).to_contain_text("Porto")
    reader.keyboard.press("Escape")
    reader.keyboard.type("to?")
    press(reader.get_by_role("button", name="Post the comment"))
    expect(reader.locator(".mention", has_text="@Tartu")).to_have_count(0)
    reader.goto(f"/agreements/{network.slugs['open']}/comments/3")
    expect(reader.locator(".mention")).to_have_text(["@Tartu", "@Porto"])


def test_r_replies_where_one_reads_and_a_reaction_is_pressed_in_place(reader):
    reader.locator("#n-t1 .gist").click()
    expect(reader.locator("#n-t1 .reply textarea")).to_be_visible()
    reader.locator("#n-t1 .gist").focus()
    reader.keyboard.press("r")
    expect(reader.locator("#n-t1 .reply textarea")).to_be_focused()
    reader.locator("#n-t1 .reactions summary").first.click()
    reader.locator("#n-t1").get_by_role("button", name="Agree").click()
    agreed = reader.locator("#n-t1").get_by_role("button", name="Agree 1")
    expect(agreed).to_have_attribute("aria-pressed", "true")
    expect(agreed).to_be_focused()
    agreed.click()
    expect(reader.locator("#n-t1 .nod[aria-pressed=true]")).to_have_count(0)
    assert "/comments" not in reader.url


BELOW = """() => { const [one, next] = [...document.querySelectorAll("#c-answer-time .note")]
    .map((note) => note.getBoundingClientRect()).sort((a, b) => a.top - b.top);
    return next.top - one.bottom; }"""


def test_the_notes_below_make_room_while_an_open_one_grows(reader):
    reader.locator("#n-t1 .gist").click()
    expect(reader.locator("#n-t1 .reply textarea")).to_be_visible()
    reader.locator("#n-t1 .reply textarea").evaluate("field => field.rows = 12")
    for _ in range(100):
        if reader.evaluate(BELOW) >= 10:
            return
        reader.wait_for_timeout(100)
    pytest.fail("the notes overlap")


def test_s_says_where_one_stands_and_the_red_line_stands_beside_the_clause(reader):
    reader.evaluate(SELECT, "answers a request")
    reader.evaluate("getSelection().removeAllRanges()")
    reader.keyboard.press("s")
    reader.wait_for_url(re.compile("/stances/answer-time"))
    reader.get_by_label(re.compile("Can.t live with it")).check()
    reader.get_by_label(re.compile("Why")).fill("Three people can't.")
    press(reader.get_by_role("button", name=re.compile("Say where")))
    expect(reader.locator("#c-answer-time.is-red-line")).to_be_visible()

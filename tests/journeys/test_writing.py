"""A change is written in a clause that looks like the clause: no marks, the redline at once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from app.domain import prose
from app.http.auth import hash_password
from app.models.base import db
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START, make_workspace
from tests.journeys.network import PASSWORD
from tests.journeys.walking import press

pytestmark = pytest.mark.browser

TEXT = (
    r"A *Hub* answers **within {{days}} days**, as [[answer-form]] says, \[see "
    r"[the site](https://example.org/a_b)\], ***at once*** or 2 \* 3 days later."
)
WORD = """
<html><head><style>p{color:red}</style></head><body>
<p class=MsoNormal style='font-family:Arial'>First <b>strong</b> and <i>leaning</i> words
over two lines.<script>alert(1)</script><img src=x></p>
<ul><li><span style='mso-list:Ignore'>·  </span>a point</li><li>another point</li></ul>
</body></html>
"""


@pytest.fixture
def page(site, person) -> Page:
    """The form on one clause with every mark in it, before the legal contact of Lille."""
    site.now = START.replace(day=START.day + 2)
    with site.inside():
        make_workspace()
        tree = TREE.replace("answer-time", text=prose.canonical(TEXT))
        case = make_case(tree=tree)
        claire = case.people["Lille"]
        claire.password = hash_password(PASSWORD)
        db.session.commit()
        slug = case.agreement.slug
    page = person(claire)
    page.goto(f"/agreements/{slug}/amendments/new?clause=answer-time")
    return page


def clause(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Words of")


def field(page: Page, number: int = 0) -> str:
    return page.locator("textarea[data-spans]").nth(number).input_value()


def write(page: Page, words: str) -> None:
    """Replace what stands in the clause, as one types."""
    clause(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def paste(where: Locator, html: str) -> None:
    where.evaluate(
        """(element, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const event = { clipboardData: data, bubbles: true, cancelable: true };
            element.dispatchEvent(new ClipboardEvent("paste", event));
        }""",
        html,
    )


def test_no_mark_is_seen_and_none_is_lost(page):
    shown = clause(page).inner_text()
    assert "*" not in shown.replace("2 * 3", "") and "[[" not in shown and "{{" not in shown
    expect(clause(page).locator("strong").first).to_contain_text("within")
    clause(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    assert prose.canonical(field(page)) == prose.canonical(TEXT)


def test_what_is_typed_stands_out_at_once_and_can_be_taken_back(page):
    clause(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" It says why.")
    expect(clause(page).locator("ins")).to_have_text(" It says why.")
    expect(page.locator("[data-part=ops]")).to_contain_text("It says why.")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Delete")
    expect(clause(page).locator("del")).to_have_text("A ")
    for _ in range(6):
        page.keyboard.press("Control+z")
    expect(clause(page).locator("ins, del")).to_have_count(0)
    assert prose.canonical(field(page)) == prose.canonical(TEXT)


def test_the_enter_key_divides_a_clause_and_the_cursor_goes_on_in_the_new_one(page):
    write(page, "One sentence. Another sentence.")
    for _ in "Another sentence.":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(clause(page)).to_have_count(2)
    assert [field(page, 0).strip(), field(page, 1)] == ["One sentence.", "Another sentence."]
    expect(clause(page).nth(1)).to_be_focused()
    page.get_by_label("Why", exact=True).fill("Two duties, two clauses.")
    press(page.get_by_role("button", name="Propose amendment"))
    expect(page.locator("ins").filter(has_text="Another sentence.").first).to_be_visible()


def test_no_key_is_lost_at_the_enter_key_however_quickly_one_types_on(page):
    write(page, "One sentence.")
    page.keyboard.press("Enter")
    page.keyboard.type("Nobody waits for a page before typing on.")
    page.keyboard.press("Enter")
    page.keyboard.type("Nor a third time.")
    expect(clause(page)).to_have_count(3)
    assert [field(page, at) for at in range(3)] == [
        "One sentence.",
        "Nobody waits for a page before typing on.",
        "Nor a third time.",
    ]
    expect(page.locator("[data-part=ops] li").filter(has_text="third time")).to_have_count(1)
    press(page.get_by_role("button", name="Look at it"))
    assert [field(page, at) for at in range(1, 3)] == [
        "Nobody waits for a page before typing on.",
        "Nor a third time.",
    ]


def test_going_back_at_its_beginning_joins_a_new_clause_to_the_one_before(page):
    write(page, "One sentence. Another.")
    for _ in "Another.":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(clause(page)).to_have_count(2)
    page.keyboard.press("Backspace")
    page.keyboard.type("And ")
    expect(clause(page)).to_have_count(1)
    assert field(page) == "One sentence. And Another."
    expect(page.locator("input[name=new]")).to_have_count(0)


def names(page: Page) -> list[str]:
    return page.locator("[data-order] li .order-words").all_text_contents()


def test_a_clause_is_moved_by_keys_and_what_it_comes_to_is_told(page):
    clause(page).focus()
    before = names(page)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-order-said]")).to_contain_text("It stands behind")
    after = names(page)
    assert sorted(after) == sorted(before) and after != before
    expect(page.locator("[data-part=ops]")).to_contain_text("Moves")
    expect(clause(page)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-order-said]")).to_have_text("It stands where it was.")
    assert names(page) == before
    expect(page.locator("[data-part=ops]")).to_contain_text("Nothing yet")


def test_a_clause_is_moved_by_its_handle_and_proposed_with_its_words(page):
    clause(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" At once.")
    page.get_by_text("Delete, move, add").first.click()
    grip, last = page.locator("[data-grip]"), page.locator("[data-order] li").last
    grip.scroll_into_view_if_needed()
    held, aim = grip.bounding_box(), last.bounding_box()
    page.mouse.move(held["x"] + 8, held["y"] + 8)
    page.mouse.down()
    page.mouse.move(aim["x"] + 20, aim["y"] + aim["height"] - 2, steps=6)
    page.mouse.up()
    expect(page.locator("[data-order] li").last).to_have_class("is-own")
    expect(page.locator("[data-part=ops]")).to_contain_text("Moves")
    page.get_by_label("Why", exact=True).fill("It belongs at the end.")
    press(page.get_by_role("button", name="Propose amendment"))
    expect(page.get_by_text("is before everybody now")).to_be_visible()


def test_a_paste_from_word_keeps_words_emphasis_and_points_and_nothing_else(page):
    write(page, "Old words.")
    paste(clause(page), WORD)
    expect(clause(page)).to_have_count(3)
    texts = [prose.canonical(field(page, at)) for at in range(3)]
    assert texts == [
        "Old words.First **strong** and *leaning* words over two lines.",
        "a point",
        "another point",
    ]


def test_one_pasted_line_goes_where_the_cursor_stands(page):
    write(page, "Old words.")
    paste(clause(page), "<p>New <a href='javascript:alert(1)'>words</a></p>")
    assert prose.canonical(field(page)) == "Old words.New words"


def test_what_was_typed_survives_a_lost_connection(page):
    page.context.set_offline(True)
    clause(page).fill("Written without a line.")
    page.wait_for_timeout(600)
    assert field(page) == "Written without a line."
    page.context.set_offline(False)
    press(page.get_by_role("button", name="Look at it"))
    assert field(page) == "Written without a line."


def test_what_was_written_before_a_crash_is_taken_up_with_its_new_clause(page):
    address = page.url
    write(page, "One sentence.")
    page.keyboard.press("Enter")
    page.keyboard.type("A new clause.")
    expect(page.locator("[data-keep-state]")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    again = page.context.new_page()
    page.close()
    again.goto(address)
    expect(again.locator("[data-keep-offer]")).to_contain_text("A new clause.")
    assert prose.canonical(field(again)) == prose.canonical(TEXT)
    press(again.get_by_role("button", name="Take it up"))
    assert [prose.canonical(field(again, at)) for at in (0, 1)] == [
        "One sentence.",
        "A new clause.",
    ]
    again.get_by_label("Why", exact=True).fill("So that it is said.")
    press(again.get_by_role("button", name="Propose amendment"))
    again.goto(address)
    expect(again.locator("[data-keep-offer]")).to_be_hidden()

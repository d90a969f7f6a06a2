"""What others do appears without a reload and without moving what is read."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from app.actions import agreements, ballots, comments, presence
from app.domain import operations as ops
from app.models.ballots import Ballot
from app.models.base import db
from app.models.comments import Thread
from tests.factories import contributions
from tests.factories.agreements import TREE
from tests.journeys.walking import press

pytestmark = pytest.mark.browser


def news(page: Page) -> Locator:
    return page.locator("[data-news-words]")


def ask(page: Page) -> None:
    """What the page does after some seconds, at once."""
    page.evaluate("dispatchEvent(new Event('online'))")


def top_of(page: Page, selector: str) -> float:
    return page.locator(selector).first.evaluate("each => each.getBoundingClientRect().top")


@pytest.fixture
def reader(site, person, network) -> Page:
    page = person(network.claire)
    page.goto(f"/agreements/{network.slugs['open']}")
    return page


def test_a_comment_of_another_is_told_once_and_brought_in_where_it_belongs(site, reader, network):
    page, case = reader, network.open
    page.set_viewport_size({"width": 1440, "height": 500})
    page.evaluate("scrollTo(0, 300)")
    page.locator("a.no").first.focus()
    expect(news(page)).to_have_text("")
    with site.inside():
        contributions.comment(case, "Porto", "A **new** thought about the days.", "answer-time")
    ask(page)
    expect(news(page)).to_have_text("1 new comment")
    expect(page.locator("#c-answer-time")).to_have_class(re.compile("has-news"))
    expect(page.get_by_text("thought about the days")).to_have_count(0)
    before = page.evaluate("scrollY"), top_of(page, "#c-answer-time")
    opened = page.locator(".note").first.get_attribute("id")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".note").filter(has_text="thought about the days")).to_be_visible()
    expect(news(page)).to_have_text("Shown.")
    assert (page.evaluate("scrollY"), top_of(page, "#c-answer-time")) == before
    assert page.locator(".note").first.get_attribute("id") == opened
    expect(page.locator(".has-news")).to_have_count(0)
    page.locator("[data-news-named] a").click()
    expect(page.locator(".note.is-open")).to_contain_text("thought about the days")
    ask(page)
    expect(news(page)).to_have_text("Shown.")


def test_on_a_phone_what_is_read_stays_where_it_is(site, reader, network):
    page, case = reader, network.open
    page.set_viewport_size({"width": 390, "height": 300})
    page.locator("#c-ending").evaluate("each => each.scrollIntoView({ block: 'start' })")
    with site.inside():
        contributions.comment(case, "Porto", "Something far above.", "answer-time")
    ask(page)
    page.get_by_role("button", name="Show", exact=True).wait_for()
    before = top_of(page, "#c-ending")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Something far above.")).to_have_count(1)
    assert abs(top_of(page, "#c-ending") - before) <= 2


def test_a_reply_being_written_is_left_as_it_is(site, reader, network):
    page, case = reader, network.open
    note = page.locator(".note").filter(has_text="Two weeks are").first
    note.locator(".gist").click()
    reply = note.get_by_role("textbox")
    reply.fill("We are writing this just now")
    site.go_on(minutes=1)
    with site.inside():
        thread = contributions.comment(case, "Porto", "Another thought.", "answer-time")
        comments.reply(case.actor("Porto"), thread, text="And a reply to it.")
    ask(page)
    expect(news(page)).to_have_text("2 new comments")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".note").filter(has_text="Another thought.")).to_be_visible()
    expect(reply).to_have_value("We are writing this just now")
    expect(note).to_have_class(re.compile("is-open"))


def test_an_opened_thread_grows_by_a_reply(site, reader, network):
    page, case = reader, network.open
    note = page.locator(".note").filter(has_text="Two weeks are").first
    note.locator(".gist").click()
    expect(note.get_by_role("textbox")).to_be_visible()
    number = int(note.get_attribute("id").removeprefix("n-t"))
    site.go_on(minutes=1)
    with site.inside():
        asked = select(Thread).where(
            Thread.agreement_id == case.agreement.id, Thread.number == number
        )
        thread = db.session.scalars(asked).one()
        comments.reply(case.actor("Porto"), thread, text="Said while you read.")
    ask(page)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(note).to_contain_text("Said while you read.")


def test_a_lost_connection_is_said_quietly_and_taken_up_again(site, reader, network):
    page, case = reader, network.open
    page.context.set_offline(True)
    for _ in range(2):
        ask(page)
        page.wait_for_timeout(200)
    expect(news(page)).to_contain_text("Not connected")
    with site.inside():
        contributions.propose(case, "Porto", ops.delete_clause(TREE, "scope-limit"))
    page.context.set_offline(False)
    ask(page)
    expect(news(page)).to_have_text("1 new amendment")


def test_nothing_is_asked_while_the_page_is_out_of_sight(site, reader):
    page, asked = reader, []
    page.on("request", lambda one: asked.append(one.url) if "/news?" in one.url else None)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    ask(page)
    page.wait_for_timeout(300)
    assert asked == []
    page.evaluate("Object.defineProperty(document, 'hidden', { value: false })")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(300)
    assert len(asked) == 1


def test_one_sees_that_somebody_writes_about_a_clause_and_not_who(site, reader, network):
    page, case = reader, network.open
    porto = case.people["Porto"]
    with site.inside():
        presence.be_at(
            case.actor("Porto"),
            porto,
            agreement=case.agreement,
            place="clause:answer-time",
            doing="writing",
        )
    ask(page)
    expect(page.locator("#c-answer-time .writes")).to_have_text("Somebody else is writing here.")
    assert porto.name not in page.locator("#c-answer-time .writes").inner_text()


def test_the_desk_gets_a_new_row_and_keeps_what_is_selected(site, person, network):
    page, case = person(network.sofie), network.open
    page.goto(f"/agreements/{network.slugs['open']}/desk")
    rows = page.locator("tr[data-row]")
    many = rows.count()
    page.locator("tr[data-row] input[type=checkbox]").first.check()
    with site.inside():
        contributions.comment(case, "Porto", "One more row.", "answer-time")
    ask(page)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(rows).to_have_count(many + 1)
    expect(page.locator("tr[data-row] input[type=checkbox]").first).to_be_checked()


def test_a_vote_moves_the_figures_and_leaves_the_choice_that_is_being_made(site, person, network):
    page, case = person(network.claire), network.open
    page.goto(f"/agreements/{network.slugs['open']}/ballots/1")
    page.get_by_role("radio").first.check()
    with site.inside():
        ballot = db.session.scalars(select(Ballot).where(Ballot.number == 1)).first()
        ballots.cast_vote(case.actor("Porto"), ballot, choice="no")
    ask(page)
    expect(news(page)).to_have_text("1 vote cast")
    voted = page.locator("main").inner_text()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(news(page)).to_have_text("Shown.")
    assert page.locator("main").inner_text() != voted
    expect(page.get_by_role("radio").first).to_be_checked()


def test_another_phase_is_opened_and_never_put_under_what_is_read(site, person, network):
    page, case = person(network.claire), network.open
    page.goto(f"/agreements/{network.slugs['open']}")
    with site.inside():
        agreements.abandon_agreement(case.actor("facilitator"), case.agreement)
    ask(page)
    expect(news(page)).to_have_text("The agreement has moved on")
    expect(page.get_by_role("button", name="Show", exact=True)).to_be_hidden()
    press(page.get_by_role("link", name="Open the page anew"))
    expect(news(page)).to_have_text("")

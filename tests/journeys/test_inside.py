"""A hub agrees inside before it speaks outside: with a mouse, without script, looked at by axe."""

import re

import pytest
from playwright.sync_api import expect

from app.access.actor import Role
from app.http.auth import hash_password
from app.models.agreements import Seat
from app.models.base import db
from tests.factories.people import make_user
from tests.journeys.network import PASSWORD
from tests.journeys.test_accessibility import look_at
from tests.journeys.walking import press

pytestmark = pytest.mark.browser
ONLY = "Only Lille sees this."


@pytest.fixture
def marc(site, network):
    """A colleague of Claire's: he votes for Lille in the open agreement."""
    with site.inside():
        case = network.open
        person = make_user("Marc Petit", of=case.organisations["Lille"])
        person.password = hash_password(PASSWORD)
        seat = Seat(
            agreement_id=case.agreement.id,
            participant_id=case.participants["Lille"].id,
            user_id=person.id,
            role=Role.VOTER,
        )
        db.session.add(seat)
        db.session.commit()
        db.session.refresh(person)
        db.session.expunge(person)
        return person


def test_a_note_is_talked_about_inside_and_then_opened(site, person, network, marc):
    room = f"/agreements/{network.slugs['open']}"
    claire = person(network.claire)
    claire.goto(f"{room}/comments/new?clause=answer-time")
    claire.locator("textarea[name=text]").fill("Between us: ten days would do.")
    claire.get_by_label("Only Lille").check()
    press(claire.get_by_role("button", name="Post the comment"))
    beside = claire.locator(".note.is-inside")
    expect(beside).to_contain_text(ONLY)
    expect(beside).to_contain_text("ten days would do")

    site.go_on(minutes=5)
    colleague = person(marc)
    colleague.goto(room)
    colleague.locator(".note.is-inside .gist").click()
    colleague.locator(".note.is-inside textarea").fill("It would. Say so.")
    press(colleague.locator(".note.is-inside").get_by_role("button", name="Reply"))
    expect(colleague.get_by_text("It would. Say so.")).to_be_visible()
    address = colleague.url

    outside = person(network.open.people["Tartu"])
    outside.goto(room)
    expect(outside.locator(".note").first).to_be_visible()
    expect(outside.get_by_text("ten days would do")).to_have_count(0)
    outside.goto(address)
    expect(outside.get_by_text("There is no such note")).to_be_visible()

    wrong = [*look_at(claire, address), *look_at(claire, f"{room}/inside")]
    assert not wrong, "\n".join(wrong)
    claire.goto(address)
    expect(claire.get_by_text("these words and one reply as a comment of Lille")).to_be_visible()
    press(claire.get_by_role("button", name="Open it to everybody"))
    outside.goto(claire.url)
    expect(outside.get_by_text("ten days would do")).to_be_visible()
    expect(outside.get_by_text("It would. Say so.")).to_be_visible()


def test_a_draft_is_checked_without_script(site, browser, network, marc):
    room = f"/agreements/{network.slugs['open']}"

    def enter(user):
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": 390, "height": 844},
            java_script_enabled=False,
        )
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        press(page.get_by_role("button", name="Sign in"))
        return page

    claire, colleague = enter(network.claire), enter(marc)
    claire.goto(f"{room}/amendments/new?clause=scope-aim")
    claire.get_by_label(re.compile("^Words of")).fill("The Hubs always cooperate.")
    press(claire.get_by_role("button", name="Keep as draft"))
    press(claire.get_by_role("link", name="Have it checked, and talk about it inside"))
    expect(claire.get_by_text(ONLY)).to_be_visible()
    press(claire.get_by_role("button", name="Please check it"))

    site.go_on(minutes=5)
    colleague.goto("/")
    press(colleague.get_by_role("link", name="A draft amendment of Lille"))
    press(colleague.get_by_role("button", name="Send it back"))
    expect(colleague.get_by_role("alert")).to_contain_text("Say what is to change.")
    colleague.get_by_label("Your remark").fill("Good as it is, after all.")
    press(colleague.get_by_role("button", name="It may be proposed"))
    expect(colleague.get_by_text("checked. It can be proposed.", exact=False)).to_be_visible()

    claire.reload()
    press(claire.get_by_role("button", name="Propose it to everybody"))
    expect(claire.get_by_text("is before everybody now")).to_be_visible()
    for page in (claire, colleague):
        page.context.close()


def test_nothing_is_in_the_way_of_who_checks_a_draft(person, network, marc):
    room = f"/agreements/{network.slugs['open']}"
    claire = person(network.claire)
    claire.goto(f"{room}/amendments/new?from=A1")
    press(claire.get_by_role("button", name="Keep as draft"))
    wrong = look_at(claire, claire.url)
    wrong += look_at(person(marc), f"{claire.url}/inside")
    assert not wrong, "\n".join(wrong)

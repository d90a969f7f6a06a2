"""The whole life of an agreement, as five people walk it in a real browser."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from app.http.auth import hash_password
from app.models.base import db
from tests.factories.people import make_organisation, make_user, make_workspace
from tests.journeys.conftest import PASSWORD

pytestmark = pytest.mark.browser


class Cast:
    """Who takes part: the facilitator, a lawyer of each of three hubs, and a director who signs."""

    def __init__(self) -> None:
        make_workspace("Hubs of three countries")
        self.hubs = {
            name: make_organisation(name, code, country)
            for name, code, country in (
                ("Lille", "LIL", "FR"),
                ("Porto", "POR", "PT"),
                ("Tartu", "TAR", "EE"),
            )
        }
        self.sofie = make_user("Sofie Maes", of=make_organisation("Ghent", "GNT", "BE"))
        self.claire = make_user("Claire Dumont", of=self.hubs["Lille"])
        self.paul = make_user("Paul Renard", of=self.hubs["Lille"])
        self.rui = make_user("Rui Alves", of=self.hubs["Porto"])
        self.mart = make_user("Mart Kask", of=self.hubs["Tartu"])
        for user in (self.sofie, self.claire, self.paul, self.rui, self.mart):
            user.password = hash_password(PASSWORD)
        db.session.commit()
        self.seats = [
            ("LIL", "Claire Dumont", "legal_contact"),
            ("LIL", "Claire Dumont", "voter"),
            ("LIL", "Paul Renard", "signatory"),
            ("POR", "Rui Alves", "legal_contact"),
            ("POR", "Rui Alves", "voter"),
            ("POR", "Rui Alves", "signatory"),
            ("TAR", "Mart Kask", "legal_contact"),
            ("TAR", "Mart Kask", "voter"),
            ("TAR", "Mart Kask", "signatory"),
        ]


def local(moment: datetime) -> str:
    """A moment as the browser's date field takes it, in Brussels winter time."""
    return (moment + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")


def choose(field: Locator, words: str) -> None:
    """Choose the option of a list that has these words in it."""
    field.select_option(value=field.locator("option", has_text=words).first.get_attribute("value"))


def start_from_template(page: Page) -> str:
    page.goto("/templates")
    page.get_by_role("link", name=re.compile("^Framework")).first.click()
    page.get_by_role("link", name=re.compile("Start an agreement")).first.click()
    page.get_by_label("Title").fill("Cooperation of Three Hubs")
    page.get_by_role("button", name="Go on to what you fill in").click()
    for blank in page.locator("main input[type=text], main input[type=number], main textarea").all():
        if not blank.input_value():
            blank.fill("12" if blank.get_attribute("inputmode") == "numeric" else "as agreed")
    page.get_by_role("button", name="Read the text").click()
    page.get_by_role("button", name="Start drafting").first.click()
    expect(page.get_by_role("heading", name="Cooperation of Three Hubs").first).to_be_visible()
    return re.search(r"/agreements/([a-z0-9-]+)", page.url).group(1)


def invite_the_hubs(page: Page, slug: str, cast: Cast) -> None:
    for name in cast.hubs:
        page.goto(f"/agreements/{slug}/participants")
        choose(page.get_by_label("Organisation", exact=True), name)
        page.locator("section:has(#add) button").last.click()
    for code, person, role in cast.seats:
        page.goto(f"/agreements/{slug}/participants")
        party = page.locator("li", has=page.locator(f"#person-{code}"))
        party.locator("summary").first.click()
        choose(party.locator(f"#person-{code}"), person)
        party.locator(f"#role-{code}").select_option(role)
        party.get_by_role("button", name="Give the seat").click()


def test_from_a_template_to_signed_copies(site, person, tmp_path):
    with site.inside():
        cast = Cast()
    sofie = person(cast.sofie)
    slug = start_from_template(sofie)
    invite_the_hubs(sofie, slug, cast)
    sofie.goto(f"/agreements/{slug}/rounds")
    sofie.get_by_label(re.compile("Deadline|closes|until", re.I)).first.fill(local(site.now + timedelta(days=30)))
    sofie.get_by_role("button", name="Open round 1").click()
    expect(sofie.locator(".phases [aria-current=step]")).to_contain_text("Consultation")
    discuss(site, slug, claire := person(cast.claire), person(cast.rui), person(cast.mart))


def comment(page: Page, slug: str, clause: str, text: str) -> None:
    page.goto(f"/agreements/{slug}/comments/new?clause={clause}")
    page.locator("[name=kind]").select_option("concern")
    page.locator("textarea[name=text]").fill(text)
    page.get_by_role("button", name="Post the comment").click()
    expect(page.get_by_text(text).first).to_be_visible()


def propose(page: Page, address: str, field: str, word: int, to: str, why: str) -> str:
    """Change one word of a clause, look at what it comes to, propose it; the label it gets."""
    page.goto(address)
    writing = page.locator(f"textarea[name={field}]")
    words = writing.input_value().split(" ")
    words[word] = to
    writing.fill(" ".join(words))
    page.get_by_label(re.compile("Why|Rationale|Reason")).last.fill(why)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("ins").first).to_contain_text(to)
    page.get_by_role("button", name="Propose amendment").click()
    page.wait_for_url(re.compile(r"/amendments/A[\d.]+"))
    return re.search(r"/amendments/(A[\d.]+)", page.url).group(1)


def discuss(site, slug: str, claire: Page, rui: Page, mart: Page) -> None:
    """A comment, two amendments that collide, one to an amendment, one for a ballot."""
    site.go_on(days=3)
    here = f"/agreements/{slug}/amendments/new"
    comment(claire, slug, "commitments-answer", "Our board meets once a month only.")
    field = "text-commitments-answer"
    first = propose(claire, f"{here}?clause=commitments-answer", field, 2, "always", "Clearer.")
    second = propose(mart, f"{here}?clause=commitments-answer", field, 2, "promptly", "Quicker.")
    third = propose(rui, f"{here}?amends={first}", field, 4, "truly", "To the end.")
    fourth = propose(
        rui, f"{here}?clause=network-list", "text-network-list", 0, "Our", "It is ours."
    )
    assert (first, second, third, fourth) == ("A1", "A2", "A1.1", "A3")
    mart.goto(f"/agreements/{slug}/amendments/A3")
    mart.get_by_role("button", name=re.compile("Support")).click()
    expect(mart.get_by_text("Tartu").first).to_be_visible()

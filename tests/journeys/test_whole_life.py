"""The whole life of an agreement, as five people walk it in a real browser."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.formats.docx import lint
from app.http.auth import hash_password
from app.models.base import db
from app.queries import record
from tests.factories.people import make_organisation, make_user, make_workspace
from tests.journeys.network import PASSWORD
from tests.journeys.walking import press

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
    press(page.get_by_role("button", name="Go on to what you fill in"))
    for blank in page.locator(
        "main input[type=text], main input[type=number], main textarea"
    ).all():
        if not blank.input_value():
            blank.fill("12" if blank.get_attribute("inputmode") == "numeric" else "as agreed")
    press(page.get_by_role("button", name="Read the text"))
    press(page.get_by_role("button", name="Start drafting").first)
    expect(page.get_by_role("heading", name="Cooperation of Three Hubs").first).to_be_visible()
    return re.search(r"/agreements/([a-z0-9-]+)", page.url).group(1)


def invite_the_hubs(page: Page, slug: str, cast: Cast) -> None:
    for name in cast.hubs:
        page.goto(f"/agreements/{slug}/participants")
        choose(page.get_by_label("Organisation", exact=True), name)
        press(page.locator("section:has(#add) button").last)
    for code, person, role in cast.seats:
        page.goto(f"/agreements/{slug}/participants")
        party = page.locator("li", has=page.locator(f"#person-{code}"))
        party.locator("summary").first.click()
        choose(party.locator(f"#person-{code}"), person)
        party.locator(f"#role-{code}").select_option(role)
        press(party.get_by_role("button", name="Give the seat"))


def test_from_a_template_to_signed_copies(site, person, tmp_path):
    with site.inside():
        cast = Cast()
    sofie = person(cast.sofie)
    slug = start_from_template(sofie)
    invite_the_hubs(sofie, slug, cast)
    sofie.goto(f"/agreements/{slug}/rounds")
    sofie.get_by_label(re.compile("Deadline|closes|until", re.IGNORECASE)).first.fill(
        local(site.now + timedelta(days=30))
    )
    press(sofie.get_by_role("button", name="Open round 1"))
    expect(sofie.locator(".phases [aria-current=step]")).to_contain_text("Consultation")
    lawyers = [person(user) for user in (cast.claire, cast.rui, cast.mart)]
    discuss(site, slug, *lawyers)
    decide_by_ballot(site, slug, sofie, lawyers)
    consolidate(site, slug, sofie)
    adopt(site, slug, sofie, lawyers)
    sign(slug, sofie, person(cast.paul), lawyers[1:], tmp_path)
    with site.inside():
        assert record.verify(db.session()) == (record.verify(db.session())[0], None)


def comment(page: Page, slug: str, clause: str, text: str) -> None:
    page.goto(f"/agreements/{slug}/comments/new?clause={clause}")
    page.locator("[name=kind]").select_option("concern")
    page.locator("textarea[name=text]").fill(text)
    press(page.get_by_role("button", name="Post the comment"))
    expect(page.get_by_text(text).first).to_be_visible()


def propose(page: Page, address: str, field: str, word: int, to: str, why: str) -> str:
    """Change one word of a clause, look at what it comes to, propose it; the label it gets."""
    page.goto(address)
    words = page.locator(f"textarea[name={field}]").input_value().split(" ")
    words[word] = to
    page.locator(f".writing:has([name={field}]) [role=textbox]").fill(" ".join(words))
    page.get_by_label(re.compile("Why|Rationale|Reason")).last.fill(why)
    press(page.get_by_role("button", name="Look at it"))
    expect(page.locator("ins").first).to_contain_text(to)
    press(page.get_by_role("button", name="Propose amendment"))
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
    press(mart.get_by_role("button", name=re.compile("Support")))
    expect(mart.get_by_text("Tartu").first).to_be_visible()


def vote(page: Page, slug: str, ballot: int, choice: str) -> None:
    page.goto(f"/agreements/{slug}/ballots/{ballot}")
    page.get_by_label(choice, exact=True).check()
    press(page.get_by_role("button", name=re.compile("Cast the vote")))
    expect(page.get_by_text(re.compile(f"votes {choice.lower()}"))).to_be_visible()


def decide_by_ballot(site, slug: str, sofie: Page, lawyers: list[Page]) -> None:
    """After the deadline nothing is accepted; a ballot carries A3 and is counted once closed."""
    site.go_on(days=30)
    lawyers[0].goto(f"/agreements/{slug}/comments/new?clause=network-list")
    expect(lawyers[0].get_by_text(re.compile("closed", re.IGNORECASE)).first).to_be_visible()
    sofie.goto(f"/agreements/{slug}/rounds")
    press(sofie.get_by_role("button", name="Begin voting"))
    sofie.goto(f"/agreements/{slug}/ballots/new")
    sofie.get_by_label(re.compile("A3 of Porto")).check()
    sofie.get_by_label("What is asked").fill("Shall the list be ours?")
    sofie.get_by_label("Deadline").fill(local(site.now + timedelta(days=3)))
    press(sofie.get_by_role("button", name="Open the ballot"))
    for page, choice in zip(lawyers, ("Yes", "Yes", "No"), strict=True):
        vote(page, slug, 1, choice)
    site.go_on(days=3)
    sofie.goto(f"/agreements/{slug}/ballots/1")
    press(sofie.get_by_role("button", name="Count it now"))
    expect(sofie.get_by_text("2 yes, 1 no, 0 abstained").first).to_be_visible()


def answer(page: Page, slug: str, number: str, outcome: str, words: str) -> None:
    page.goto(f"/agreements/{slug}/desk?show=all")
    row = page.locator("tr[data-row]", has=page.get_by_text(number, exact=True))
    row.locator("a[href*='/desk/']").first.click()
    page.locator("select[name=outcome]").select_option(outcome)
    page.locator("textarea[name=answer]").fill(words)
    press(page.get_by_role("button", name=re.compile("^Answer")).last)


def consolidate(site, slug: str, sofie: Page) -> None:
    """Every contribution gets its answer, the conflict its resolution; version 2 is published."""
    sofie.goto(f"/agreements/{slug}/rounds")
    press(sofie.get_by_role("button", name="Begin consolidation"))
    answer(sofie, slug, "A1.1", "accepted", "A good word.")
    answer(sofie, slug, "A1", "accepted", "With A1.1.")
    answer(sofie, slug, "A2", "accepted", "Quicker is better.")
    answer(sofie, slug, "C1", "noted", "Noted; the days stay.")
    sofie.goto(f"/agreements/{slug}/desk/consolidate")
    expect(sofie.get_by_role("heading", name="conflict is open")).to_be_visible()
    sofie.goto(f"/agreements/{slug}/desk/consolidate/commitments-answer")
    expect(sofie.locator(".say").first).to_contain_text("Tartu")
    sofie.get_by_role("radio", name=re.compile("Tartu")).check()
    sofie.get_by_label(re.compile("Reason, recorded")).fill("Promptly says it best.")
    press(sofie.get_by_role("button", name="Decide", exact=True))
    expect(sofie.locator("#result")).to_contain_text("promptly")
    sofie.goto(f"/agreements/{slug}/desk")
    sofie.get_by_role("link", name="Publish version 2").click()
    press(sofie.get_by_role("button", name="Publish version 2"))
    sofie.goto(f"/agreements/{slug}/compare?from=1&to=2")
    expect(sofie.locator("ins").filter(has_text="promptly").first).to_be_visible()
    expect(sofie.locator("ins").filter(has_text="Our").first).to_be_visible()


def adopt(site, slug: str, sofie: Page, lawyers: list[Page]) -> None:
    """The parties confirm their details, carry the whole text, and the facilitator adopts it."""
    for page in lawyers:
        page.goto(f"/agreements/{slug}/participants")
        press(page.get_by_role("button", name="Confirm them"))
    sofie.goto(f"/agreements/{slug}/ballots/adoption")
    sofie.get_by_label("Deadline").fill(local(site.now + timedelta(days=2)))
    press(sofie.get_by_role("button", name="Open the ballot"))
    for page in lawyers:
        vote(page, slug, 2, "Yes")
    site.go_on(days=2)
    sofie.goto(f"/agreements/{slug}/ballots/2")
    press(sofie.get_by_role("button", name="Count it now"))
    sofie.goto(f"/agreements/{slug}/signing")
    sofie.get_by_role("link", name="Adopt version 2").click()
    press(sofie.get_by_role("button", name="Adopt it"))
    sofie.get_by_role("link", name="Open signing").click()
    press(sofie.get_by_role("button", name=re.compile("Open signing|Ask")))
    expect(sofie.get_by_text(re.compile("0 of 3"))).to_be_visible()


def sign(slug: str, sofie: Page, paul: Page, others: list[Page], folder: Path) -> None:
    """The director downloads the adopted text and hands his copy in; all three count."""
    for page in (paul, *others):
        page.goto(f"/agreements/{slug}/signing")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the text to sign").click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        assert lint.check(file.read_bytes()) == ()
        signed = folder / "signed.pdf"
        signed.write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
        page.get_by_role("link", name="Hand in the signed copy").click()
        page.locator("input[type=file]").set_input_files(signed)
        press(page.get_by_role("button", name=re.compile("Hand", re.IGNORECASE)))
        count_the_copy(slug, sofie)
    sofie.goto(f"/agreements/{slug}/signing")
    expect(sofie.locator(".phases [aria-current=step]")).to_contain_text("In force")


def count_the_copy(slug: str, sofie: Page) -> None:
    sofie.goto(f"/agreements/{slug}/signing")
    sofie.locator("section:has(#look) a").first.click()
    sofie.locator("input[value=counted]").check()
    press(sofie.get_by_role("button", name="Decide on this copy"))

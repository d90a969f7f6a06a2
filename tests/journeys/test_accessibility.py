"""Every page of a facilitator and of a legal contact, looked at by axe in three appearances."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.network import AFTER

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """(only) => axe.run(document, {runOnly: only, resultTypes: ["violations"]}).then(
    (found) => found.violations.flatMap((rule) => rule.nodes.map(
        (node) => rule.id + ": " + node.html.slice(0, 160) + " " + node.failureSummary)))"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

EVERYWHERE = (
    "/",
    "/agreements",
    "/templates",
    "/network",
    "/notices",
    "/account",
    "/account/password",
    "/agreements/new",
    "/help/keyboard",
    "/help/accessibility",
    "/demo",
    "/search?q=hub",
    "/agreements/no-such-agreement",
)
OPEN = (
    "",
    "?view=all",
    "?view=now",
    "/amendments",
    "/amendments/A1",
    "/amendments/A3",
    "/comments",
    "/comments/1",
    "/ballots",
    "/ballots/1",
    "/participants",
    "/activity",
    "/versions/1",
    "/brief",
    "/word",
    "/word?what=open",
)
FACILITATES = (
    "/rounds",
    "/rounds/1/report",
    "/desk",
    "/desk/comments/1",
    "/desk/amendments/A1",
    "/desk/saved",
    "/ballots/new",
    "/ballots/1/extend",
    "/ballots/1/void",
)
CONTRIBUTES = (
    "/comments/new?clause=answer-time",
    "/comments/new?amendment=A1",
    "/inside",
    "/amendments?state=draft",
    "?view=all&guidance=on",
    "/stances",
    "/stances/answer-time",
    "/amendments/new?clause=answer-time",
    "/amendments/new?amends=A2",
    "/word/back",
)
TORN = (
    "/desk",
    "/desk/participation",
    "/desk/consolidate",
    "/desk/consolidate/answer-time",
    "/desk/consolidate/answer-time/steps",
    "/desk/consolidate/answer-time/arrange",
    "/desk/publish",
    "/bundles",
)
WHOLE = (
    "/versions",
    "/versions/2/carried",
    "/deviations",
    "/rounds/1/answers",
    "/compare?from=1&to=2",
    "/compare?from=1&to=2&show=beside",
)
"""Addresses below an agreement."""


def below(slug: str, *addresses: str) -> list[str]:
    return [f"/agreements/{slug}{address}" for address in addresses]


def look_at(page: Page, address: str) -> list[str]:
    """What is wrong with a page: all rules wide and light, colours in the dark, all on a phone."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    page.evaluate(AXE)
    wrong = page.evaluate(LOOK, RULES)
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark, {one}" for one in page.evaluate(LOOK, ["wcag2aa"])]
    page.emulate_media(color_scheme="light")
    for width in (720, 390, 320):  # a wide window at 200 %, a phone, a wide window at 400 %
        page.set_viewport_size({"width": width, "height": 844})
        if page.evaluate(SIDEWAYS) > 0:
            wrong.append(f"at {width}, scrolls sideways")
        if width == 390:
            wrong += [f"at 390, {one}" for one in page.evaluate(LOOK, RULES)]
    return [f"{address}: {one}" for one in wrong]


def look_at_all(page: Page, addresses: list[str]) -> list[str]:
    return [one for address in addresses for one in look_at(page, address)]


def test_nothing_is_in_a_facilitators_way(site, person, network):
    slugs = network.slugs
    page = person(network.sofie)
    wrong = look_at_all(page, [*EVERYWHERE, *below(slugs["open"], *OPEN, *FACILITATES)])
    site.now = AFTER
    page = person(network.sofie)
    wrong += look_at_all(page, below(slugs["torn"], *TORN) + below(slugs["whole"], *WHOLE))
    wrong += look_at_all(page, below(slugs["signed"], "/signing"))
    assert not wrong, "\n".join(wrong)


def test_nothing_is_in_a_legal_contacts_way(site, person, network):
    page = person(network.claire)
    wrong = look_at_all(page, ["/", *below(network.slugs["open"], "", *CONTRIBUTES)])
    wrong += look_at_all(page, below(network.slugs["open"], "/ballots/1", "/participants"))
    site.now = AFTER
    wrong += look_at_all(person(network.claire), below(network.slugs["signed"], "/signing"))
    assert not wrong, "\n".join(wrong)

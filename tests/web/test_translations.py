"""Pages in every language: nothing breaks in one, and no text is left out of the catalogues."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from app.actions import comments
from app.models.people import Organisation, User
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import reword
from tests.factories.people import START, make_workspace
from tests.factories.versions import two_versions
from tests.house import catalogues
from tests.web import brackets

ROOMS = [
    *("", "/amendments", "/comments", "/ballots", "/versions", "/word", "/participants"),
    *("/activity", "/brief", "/rounds"),
]
DESK = ["/desk", "/desk/participation", "/desk/bundles"]
PAGES = ["/", "/agreements", "/network", "/notices", "/account", "/agreements/new/file"]
NOT_OURS = (
    "//script|//style|//time|//kbd|//code|//textarea|//*[contains(@class, 'said-words')]"
    "|//*[contains(@class, 'hash')]|//*[@class='day']|//*[@class='no']|//select[@id='language']"
    "|//*[contains(@class, 'code')]|//*[contains(@class, 'about')]"
)
"""What people wrote, what machines count, and templates of agreements."""

SHOWN = ("aria-label", "title", "placeholder", "alt")
NAMES = frozenset({"Concordat", "Word", "UTC", "Article", "Novembro", "Decembro"})
"""Names, the months of the calendar, and what a clause is called in the text of an agreement."""


@pytest.fixture
def pseudo(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application with one language more, of brackets."""
    with brackets.spoken(app, tmp_path):
        yield app


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case()
    session.commit()
    comments.start_thread(made.actor("Lille"), made.round, text="Why?", kind="question")
    reword(made, "Porto", "15", "20")
    return made


def unwrapped(page: str, known: list[str]) -> list[str]:
    """The words of a page that stand in no brackets and that nobody gave us."""
    document = html.document_fromstring(page)
    attributes = [element.get(name) or "" for element in document.iter() for name in SHOWN]
    for element in document.xpath(NOT_OURS):
        element.drop_tree()
    body = brackets.outside("\n".join(document.xpath("//body//text()")))
    lines = [*body.split("\n"), *map(brackets.outside, attributes)]
    for words in known:
        lines = [line.replace(words, " ") for line in lines]
    found = {
        word for line in lines for word in re.findall(r"[^\W\d_]{3,}", line) if word not in NAMES
    }
    return sorted(found)


def given(session) -> list[str]:
    """Names and texts of the case, the longest first."""
    texts = [text for node in TREE.nodes.values() for text in (node.heading, node.text)]
    words = {word for text in texts for word in re.findall(r"[^\W\d_]{3,}", text)}
    people = [*session.query(User), *session.query(Organisation)]
    names = [person.name for person in people]
    codes = [each.code for each in session.query(Organisation)]
    sides = [part for name in names for part in name.split()]
    return sorted(
        {*names, *sides, *words, "Cooperation Agreement", "Why", "network", "Because", *codes},
        key=len,
        reverse=True,
    )


@pytest.mark.parametrize("who", ["facilitator", "Lille"])
def test_no_text_is_left_out_of_the_catalogues(pseudo, client, case, session, sign_in, who):
    sign_in(client, case.facilitator if who == "facilitator" else case.people[who])
    known, left = given(session), {}
    home = f"/agreements/{case.agreement.slug}"
    rooms = [*ROOMS, *DESK] if who == "facilitator" else ROOMS
    for address in [*PAGES, *(home + room for room in rooms)]:
        answer = client.get(address, headers={"Accept-Language": brackets.PSEUDO})
        if answer.status_code == 200 and (words := unwrapped(answer.text, known)):
            left[address.removeprefix(home)] = words
    assert not left, "\n".join(f"{a}: {w}" for a, w in left.items())


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_page_is_shown_in_every_language(client, case, sign_in, language):
    sign_in(client, case.facilitator)
    home = f"/agreements/{case.agreement.slug}"
    for address in [*PAGES, *(home + room for room in ROOMS)]:
        answer = client.get(address, headers={"Accept-Language": language})
        assert answer.status_code == 200, address
        assert f'<html lang="{language}">' in answer.text
        assert f"src/words/{language}.js" in answer.text


def test_a_page_in_english_loads_no_words_for_its_scripts(client, case, sign_in):
    assert "src/words/" not in sign_in(client, case.people["Lille"]).get("/").text


@pytest.mark.parametrize("language", catalogues.languages())
def test_what_is_compiled_is_what_is_translated(language):
    for file, content in catalogues.files(language, catalogues.catalogue(language)).items():
        if file.suffix != ".po":
            assert file.read_bytes() == content, file


def places(message: str) -> set[str]:
    """What a message is filled with, and the HTML that stands in it."""
    return set(re.findall(r"\{\w*(?::[^}]*)?\}|%\(\w+\)[sd]|</?\w+[^>]*>", message))


@pytest.mark.parametrize("language", catalogues.languages())
def test_translations_are_filled_as_their_messages_are(language):
    wrong = []
    for message in catalogues.catalogue(language):
        if not message.id or not message.string:
            continue
        ids = message.id if message.pluralizable else (message.id,)
        forms = message.string if message.pluralizable else (message.string,)
        wanted = set().union(*map(places, ids))
        wrong += [
            form
            for form in forms
            if form and not _fits(places(form), wanted, is_counted=message.pluralizable)
        ]
    assert not wrong


def _fits(filled: set[str], wanted: set[str], *, is_counted: bool) -> bool:
    """A form for one may say "one" instead of the number.

    A language whose nouns change with their place may say "organisation" for a network's own word.
    """
    left = wanted - filled
    return filled <= wanted and (is_counted or left <= _NOUNS)


_NOUNS = {"%(noun)s", "%(nouns)s", "{noun}", "{nouns}"}


def test_messages_are_found_wherever_they_stand():
    source = """
NO = "Not {n}."
TABLE = {1: "One", 2: "Two"}
def f(x):
    said(NO, n=1)
    raise Invalid("A" if x else "B", field="x")
    gettext(TABLE.get(x, "Else"))
    counted(x, "{n} a", "{n} b")
"""
    assert catalogues.of_python(source) == [
        *("Not {n}.", "A", "B", "One", "Two", "Else"),
        ("{n} a", "{n} b"),
    ]


def test_the_text_of_an_agreement_says_its_own_language(client, sign_in, session):
    """A screen reader must not read an English text as French (WCAG 2.2, 3.1.2)."""
    make_workspace()
    case = two_versions()
    sign_in(client, case.people["Lille"])
    address = f"/agreements/{case.agreement.slug}"
    french = {"Accept-Language": "fr"}
    for page in (address, f"{address}/versions/1", f"{address}/compare?from=1&to=2"):
        assert re.search(r'class="doc[^>]* lang="en"', client.get(page, headers=french).text), page
        assert not re.search(r'class="doc[^>]* lang=', client.get(page).text), page

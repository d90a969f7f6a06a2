"""A reader gets their language: by choice, by browser, else English; sentences are told in it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template_string
from flask_babel import get_babel

from app.actions import comments
from app.http import languages
from app.kernel.errors import Invalid
from app.kernel.said import City, Day, counted, said
from tests.factories.agreements import make_case
from tests.factories.people import START, make_user, make_workspace

TRANSLATED = {
    "{who} agreed.": "{who} est d’accord.",
    "Sign in": "S’identifier",
    "legal contact": "contact juridique",
    "Contents": "Sommaire",
    ("{n} comment", "{n} comments"): ("{n} commentaire", "{n} commentaires"),
    ("%(num)s note", "%(num)s notes"): ("%(num)s remarque", "%(num)s remarques"),
    "It has {size} MB.": "Il fait {size} Mo.",
}


@pytest.fixture
def french(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application with French, of a few words, as its only other language."""
    catalog = Catalog(locale="fr")
    for message, words in TRANSLATED.items():
        catalog.add(message, words)
    file = tmp_path / "fr" / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_mo(opened, catalog)
    with app.app_context():
        folders = get_babel().translation_directories
        kept, folders[:] = folders[:], [str(tmp_path)]
        get_babel().instance.domain_instance.cache.clear()
    yield app
    folders[:] = kept
    with app.app_context():
        get_babel().instance.domain_instance.cache.clear()


def spoken(app: Flask, asked: str) -> str:
    with app.test_request_context(headers={"Accept-Language": asked}):
        return languages.current()


def test_every_folder_is_a_language(french):
    with french.app_context():
        assert languages.known() == ("en", "fr")
        assert languages.names() == {"en": "English", "fr": "Français"}


def test_a_browser_is_answered_in_the_best_language_there_is(french):
    assert spoken(french, "fr-BE, en;q=0.8") == "fr"
    assert spoken(french, "en-GB, fr;q=0.8") == "en"
    assert spoken(french, "pt") == "en"


def test_outside_a_request_it_is_english_until_another_is_asked_for(french):
    with french.app_context():
        assert languages.tell(said("{who} agreed.", who="Lille")) == "Lille agreed."
        with languages.speaking("fr"):
            assert languages.tell(said("{who} agreed.", who="Lille")) == "Lille est d’accord."
        with languages.speaking("xx"):
            assert languages.current() == "en"


def test_numbers_and_sentences_within_sentences_are_told_too(french):
    with french.app_context(), languages.speaking("fr"):
        assert languages.tell(counted(0, "{n} comment", "{n} comments")) == "0 commentaire"
        within = said("{who} agreed.", who=[said("legal contact"), "Lille"])
        assert languages.tell(within) == "contact juridique, Lille est d’accord."


def test_a_refusal_is_told_with_its_parameters(french):
    with french.app_context(), languages.speaking("fr"):
        assert languages.tell(Invalid("It has {size} MB.", size=5)) == "Il fait 5 Mo."


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ _('Sign in') }}", "S’identifier"),
        ("{% trans %}\n  Sign in\n{% endtrans %}", "S’identifier"),
        ("{{ one }}", "&lt;Lille&gt; est d’accord."),
        ("{{ [one, one]|join('; ') }}", "&lt;Lille&gt; est d’accord.; &lt;Lille&gt; est d’accord."),
        ("{{ ngettext('%(num)s note', '%(num)s notes', 2) }}", "2 remarques"),
        (
            "{% trans who=one %}Not known: {{ who }}{% endtrans %}",
            "Not known: &lt;Lille&gt; est d’accord.",
        ),
        ("{{ _('') }}", ""),
        ("{% macro m() %}{{ _('Sign in') }}{% endmacro %}{{ m() }}", "S’identifier"),
    ],
)
def test_templates_tell_what_they_show(french, template, shown):
    with french.test_request_context(headers={"Accept-Language": "fr"}):
        assert render_template_string(template, one=said("{who} agreed.", who="<Lille>")) == shown


def test_nobody_gets_a_page_that_was_kept_in_another_language(
    french, client, session, clock, sign_in
):
    clock.set(START + timedelta(days=2))
    make_workspace()
    case = make_case()
    session.commit()
    comments.start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    sign_in(client, case.people["Porto"])
    address = f"/agreements/{case.agreement.slug}"
    first = client.get(address, headers={"Accept-Language": "fr"})
    assert '<html lang="fr">' in first.text
    assert "Sommaire" in first.text
    assert {"Accept-Language", "Cookie"} <= set(first.vary)
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    assert '<html lang="en">' in second.text
    assert "Contents" in second.text
    assert "Sommaire" not in second.text


def test_what_a_person_chose_counts_more_than_the_browser(french, client, session, sign_in):
    person = make_user()
    person.language = "fr"
    sign_in(client, person)
    answer = client.get("/account", headers={"Accept-Language": "en"})
    assert '<html lang="fr">' in answer.text


def test_a_choice_that_is_no_more_is_as_none(french, client, session, sign_in):
    person = make_user()
    person.language = "xx"
    sign_in(client, person)
    assert '<html lang="en">' in client.get("/account").text


def test_a_large_first_letter_leaves_the_others_and_the_language(french):
    with french.test_request_context(headers={"Accept-Language": "fr"}):
        told = render_template_string(
            "{{ a|capitalize }}, {{ b|capitalize }}{{ ''|capitalize }}",
            a=said("legal contact"),
            b="université de Lille",
        )
    assert told == "Contact juridique, Université de Lille"


def test_days_cities_and_numbers_are_written_as_the_language_does(french):
    at = datetime(2026, 3, 5, 23, 30, tzinfo=UTC)
    told = said(
        "{day} {city} {size}",
        day=Day(at, "Europe/Brussels"),
        city=City("Europe/Brussels"),
        size=1.5,
    )
    with french.test_request_context(headers={"Accept-Language": "fr"}):
        assert languages.tell(told) == "6 mars 2026 Bruxelles 1,5"
    with french.test_request_context():
        assert languages.tell(told) == told == "6 March 2026 Brussels 1.5"

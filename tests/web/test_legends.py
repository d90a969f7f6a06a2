"""The legend of the view of all amendments: who, and what it is narrowed to."""

from datetime import timedelta

import pytest

from tests.factories.agreements import Case, make_case
from tests.factories.amendments import make_amendment, rewording
from tests.factories.people import START, make_workspace


@pytest.fixture
def case(session, clock, client, sign_in) -> Case:
    clock.set(START + timedelta(days=2))
    make_workspace()
    made = make_case()
    session.commit()
    make_amendment(made, "Lille", rewording(made, "answer-time", "15", "20"))
    make_amendment(made, "Porto", rewording(made, "scope-aim", "across", "beyond"))
    sign_in(client, made.people["Tartu"])
    return made


def test_every_organisation_narrows_the_view_by_a_link_and_the_form_keeps_it(client, case):
    here = f"/agreements/{case.agreement.slug}"
    code = case.organisations["Lille"].code
    whole = client.get(f"{here}?view=all").text
    assert 'id="n-1"' in whole
    assert 'id="n-2"' in whole
    assert f'href="{here}?view=all&amp;organisation={code}"' in whole
    narrowed = client.get(f"{here}?view=all&organisation={code}").text
    assert 'id="n-1"' in narrowed
    assert 'id="n-2"' not in narrowed
    assert "beyond" not in narrowed
    assert "1 of 2 amendments" in narrowed
    assert f'<input type="hidden" name="organisation" value="{code}">' in narrowed
    assert f'href="{here}?view=all" aria-current="true"' in narrowed


def test_a_narrowed_page_is_never_another_readers_whole_page(client, case):
    here = f"/agreements/{case.agreement.slug}?view=all"
    first, second = (client.get(f"{here}&clause={key}") for key in ("scope", "answers"))
    assert first.headers["ETag"] != second.headers["ETag"]
    assert 'id="n-1"' not in first.text
    assert 'id="n-1"' in second.text


def test_nonsense_narrows_to_nothing_and_says_so(client, case):
    here = f"/agreements/{case.agreement.slug}?view=all"
    page = client.get(f"{here}&organisation=NOBODY&state=%22%3E").text
    assert "0 of 2 amendments" in page
    assert "Show all" in page


def test_a_tag_in_the_text_leads_to_its_note(client, case):
    page = client.get(f"/agreements/{case.agreement.slug}?view=all").text
    assert 'href="#n-1" data-note="n-1"' in page

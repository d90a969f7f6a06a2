"""The library of templates."""

import pytest

from app.models.base import db
from tests.factories.agreements import make_case
from tests.factories.people import make_organisation, make_user
from tests.web.statements import own_statements


def test_the_library_shows_every_family_and_what_is_new(client, session, sign_in):
    sign_in(client, make_user(of=make_organisation()))
    answer = client.get("/templates")
    assert answer.status_code == 200
    for title in ("Framework Cooperation Agreement", "Matchmaking Agreement"):
        assert title in answer.text
    assert "/templates/framework-cooperation/compare?from=1.0.0&amp;to=1.1.0" in answer.text


def test_a_template_is_shown_whole(client, session, sign_in):
    sign_in(client, make_user(of=make_organisation()))
    answer = client.get("/templates/joint-service/1.0.0")
    assert answer.status_code == 200
    assert "/agreements/new/from/joint-service/1.0.0" in answer.text
    assert "Alternative, the usual choice" in answer.text
    assert "Optional, off unless you turn it on" in answer.text
    assert "[name of the client]" in answer.text
    assert "What is left to you" in answer.text
    assert 'class="guide"' in answer.text


def test_two_versions_are_compared(client, session, sign_in):
    sign_in(client, make_user(of=make_organisation()))
    answer = client.get("/templates/framework-cooperation/compare?from=1.0.0&to=1.1.0")
    assert answer.status_code == 200
    assert "<ins" in answer.text
    assert "<del" in answer.text
    assert "Silence Procedure" in answer.text
    whole = client.get("/templates/framework-cooperation/compare?show=whole")
    assert len(whole.text) > len(answer.text)
    same = client.get("/templates/matchmaking/compare")
    assert "one and the same version" in same.text


def test_an_older_version_says_so(client, session, sign_in):
    sign_in(client, make_user(of=make_organisation()))
    answer = client.get("/templates/framework-cooperation/1.0.0")
    assert "The newest is 1.1.0" in answer.text
    newest = client.get("/templates/framework-cooperation")
    assert newest.location.endswith("/templates/framework-cooperation/1.1.0")


def test_what_is_not_there_is_not_found(client, session, sign_in):
    sign_in(client, make_user(of=make_organisation()))
    for address in (
        "/templates/nothing/1.0.0",
        "/templates/matchmaking/7.0.0",
        "/templates/matchmaking/compare?from=0.0.1",
        "/templates/..%2F..%2Fetc/1.0.0",
    ):
        assert client.get(address).status_code == 404, address


def test_the_library_is_for_people_with_an_account(client, session):
    assert client.get("/templates").status_code == 302


def test_ones_own_agreements_are_named_with_their_template(client, session, sign_in):
    case = make_case()
    case.agreement.template_slug, case.agreement.template_version = "matchmaking", "1.0.0"
    other = make_case()
    other.agreement.template_slug, other.agreement.title = "matchmaking", "Not mine"
    db.session.commit()
    sign_in(client, case.people["Lille"])
    answer = client.get("/templates/matchmaking/1.0.0")
    assert f"/agreements/{case.agreement.slug}" in answer.text
    assert "Not mine" not in answer.text


@pytest.mark.parametrize("address", ["/templates", "/templates/framework-cooperation/1.1.0"])
def test_the_pages_ask_the_database_little(client, session, sign_in, count_statements, address):
    sign_in(client, make_user(of=make_organisation()))
    # Own uses of the templates.
    assert len(own_statements(client, count_statements, address)) == 1

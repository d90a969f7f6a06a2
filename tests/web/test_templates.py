"""The library of templates."""

from tests.factories.people import make_organisation, make_user


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

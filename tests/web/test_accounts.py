"""One's own account."""

from tests.factories.people import make_user


def test_a_person_sees_their_account_and_nobody_else_does(client, session, sign_in):
    assert client.get("/account").status_code == 302
    person = make_user(name="Claire <b>Dumont</b>")
    answer = sign_in(client, person).get("/account")
    assert answer.status_code == 200
    assert person.email in answer.text
    assert "Claire &lt;b&gt;Dumont&lt;/b&gt;" in answer.text


def test_the_page_asks_the_database_little(client, session, sign_in, count_statements):
    sign_in(client, make_user())
    client.get("/account")
    with count_statements() as sent:
        client.get("/account")
    # Who is calling and what they stand for; their unread notices.
    assert len(sent) == 2, sent


def test_ending_the_other_sessions_says_so(client, session, sign_in):
    sign_in(client, make_user())
    answer = client.post("/account/sessions/end", follow_redirects=True)
    assert "Signed out everywhere else" in answer.text

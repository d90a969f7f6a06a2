"""One's own account."""

from sqlalchemy import select

from app.models.audit import AuditEntry
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


def test_a_person_chooses_their_language(client, session, sign_in):
    person = make_user()
    sign_in(client, person)
    shown = client.get("/account").text
    assert '<option selected value="">As my browser asks</option>' in shown
    assert '<option value="en">English</option>' in shown
    answer = client.post("/account/language", data={"language": "en"}, follow_redirects=True)
    assert '<option selected value="en">' in answer.text
    session.refresh(person)
    assert person.language == "en"
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (last.tag, last.data) == ("account:changed", {"person": str(person.id)})


def test_a_language_that_is_not_there_is_not_kept(client, session, sign_in):
    person = make_user()
    answer = sign_in(client, person).post("/account/language", data={"language": "xx"})
    assert answer.status_code == 422
    session.refresh(person)
    assert not person.language

"""Stored files go out as they came in, and can do nothing in the browser."""

import pytest

from app.queries import signatures as found
from app.web.files import WORD, attachment
from tests.factories.people import make_user, make_workspace
from tests.factories.signing import being_signed, hand_in


def test_the_text_to_sign_is_handed_out_byte_for_byte(client, session, sign_in):
    make_workspace()
    case = being_signed()
    file_id = found.execution_of(session, case.agreement.id).file_id
    where = f"/agreements/{case.agreement.slug}/files/{file_id}"
    assert client.get(where).status_code == 302
    answer = sign_in(client, case.people["Porto"]).get(where)
    assert answer.data == b"the text"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert sign_in(client, make_user("Somebody Else")).get(where).status_code == 404


def test_the_copy_of_another_party_is_not_there(client, session, sign_in):
    make_workspace()
    case = being_signed()
    copy = hand_in(session, case, "Lille")
    where = f"/agreements/{case.agreement.slug}/files/{copy.file_id}"
    assert sign_in(client, case.people["Lille"]).get(where).status_code == 200
    assert sign_in(client, case.people["Porto"]).get(where).status_code == 404


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.docx", "attachment; filename=a.docx"),
        ('x"; filename=evil.html\r\nSet-Cookie: a=b.pdf', "Set-Cookie: a=b.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("Köln.pdf", "filename*=UTF-8''K%C3%B6ln.pdf"),
        ("../", "attachment; filename=file"),
    ],
)
def test_no_name_breaks_a_header(name, told):
    headers = attachment(name, WORD, b"").headers
    assert told in headers["Content-Disposition"]
    assert "\n" not in headers["Content-Disposition"]
    assert "Set-Cookie" not in headers


def test_a_type_the_browser_could_run_is_not_sent():
    assert attachment("a.html", "text/html", b"").headers["Content-Type"] == (
        "application/octet-stream"
    )

"""Starting from a file."""

import io
import re

import pytest

from app.domain.clauses import ClauseTree
from app.models.agreements import Agreement, Draft
from app.models.files import StoredFile
from tests.factories.people import make_organisation, make_user, make_workspace
from tests.web.statements import own_statements

TEXT = b"""# Sharing deal

## Scope

1. We share data.
2. We pay.

![a chart](chart.png)
"""


@pytest.fixture
def person(session):
    make_workspace()
    return make_user("Sofie Maes", of=make_organisation("Ghent"))


def upload(client, content: bytes = TEXT, name: str = "deal.md"):
    data = {"file": (io.BytesIO(content), name)}
    return client.post("/agreements/new/file", data=data, content_type="multipart/form-data")


def test_a_file_is_read_looked_at_and_kept(client, session, sign_in, person):
    sign_in(client, person)
    assert "Read the file" in client.get("/agreements/new/file").text
    answer = upload(client)
    assert answer.status_code == 303
    preview = client.get(answer.location)
    assert "2 numbered clauses" in preview.text or "3 numbered clauses" in preview.text
    assert "1 thing had no place and is listed" in preview.text
    assert session.query(Agreement).count() == 0

    form = {"title": "Our deal", "timezone": "Europe/Paris", "numbers": "kept"}
    kept = client.post(answer.location, data=form)
    assert kept.status_code == 303
    agreement = session.query(Agreement).one()
    assert (agreement.title, agreement.timezone) == ("Our deal", "Europe/Paris")
    assert kept.location.endswith(f"/agreements/{agreement.slug}/draft")
    file = session.query(StoredFile).one()
    assert (file.agreement_id, file.name, file.content) == (agreement.id, "deal.md", TEXT)
    draft = session.get_one(Draft, agreement.id)
    assert "We share data." in {node.text for node in ClauseTree.from_json(draft.tree).walk()}
    assert "import" in str(draft.provenance)
    assert client.get(answer.location).status_code == 404


def test_a_file_waits_for_the_one_who_sent_it(client, session, sign_in, person):
    sign_in(client, person)
    waiting = upload(client).location
    other = make_user("Jan Novak", of=make_organisation("Brno"))
    sign_in(client, other)
    assert client.get(waiting).status_code == 404
    assert client.post(waiting, data={"title": "Mine"}).status_code == 404
    assert client.post(f"{waiting}/discard").status_code == 404
    sign_in(client, person)
    assert "Nothing of it is kept" in client.post(
        f"{waiting}/discard", follow_redirects=True
    ).get_data(as_text=True)
    assert client.get(waiting).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90", "deal.exe", "Choose a file that ends in"),
        (b"PK\x03\x04 and no more", "deal.docx", "This Word file is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "deal.docx", "locked with a password"),
        (b"", "deal.md", "deal.md is empty"),
        (b"\0\0\0\0", "<b>.txt", "&lt;b&gt;.txt is neither a text"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(
    client, session, sign_in, person, content, name, words
):
    sign_in(client, person)
    answer = upload(client, content, name)
    assert answer.status_code == 422
    assert words in answer.text.replace("&#39;", "'")
    assert session.query(Agreement).count() == 0


def test_a_title_is_needed_and_what_was_typed_stays(client, session, sign_in, person):
    sign_in(client, person)
    waiting = upload(client).location
    answer = client.post(waiting, data={"title": "", "timezone": "Europe/Riga", "numbers": "kept"})
    assert answer.status_code == 422
    assert "Give the agreement a title" in answer.text
    assert re.search(r'<option selected value="Europe/Riga">', answer.text)


def test_who_belongs_nowhere_starts_nothing(client, session, sign_in):
    make_workspace()
    sign_in(client, make_user("Nobody"))
    assert client.get("/agreements/new/file").status_code == 403
    assert upload(client).status_code == 403


def test_a_preview_asks_the_database_nothing(client, session, sign_in, person, count_statements):
    sign_in(client, person)
    assert own_statements(client, count_statements, upload(client).location) == []

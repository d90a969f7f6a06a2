"""The page on which a copy is taken to Word, and the copies."""

import io
import zipfile

import pytest

from app.queries import word_exports
from tests.factories.agreements import make_case
from tests.factories.contributions import reword
from tests.factories.people import make_user, make_workspace
from tests.factories.versions import two_versions


@pytest.fixture
def case(session):
    make_workspace()
    return make_case()


@pytest.fixture
def room(case, client, sign_in):
    sign_in(client, case.people["Lille"])
    return f"/agreements/{case.agreement.slug}/word"


def names(answer):
    return zipfile.ZipFile(io.BytesIO(answer.data)).namelist()


def test_the_page_offers_what_there_is(client, room, case):
    text = client.get(room).text
    assert "Take a clean copy" in text
    assert "No amendment is open." in text
    assert "Take the comparison" not in text
    reword(case, "Porto", "15", "20")
    text = client.get(room).text
    assert 'name="amendments" value="A1"' in text
    assert "Take all of them" in text


def test_a_clean_copy(client, room, case):
    answer = client.get(f"{room}/copy.docx?what=copy&comments=1")
    assert answer.status_code == 200
    assert f"filename={case.agreement.slug}-1.docx" in answer.headers["Content-Disposition"]
    assert "word/document.xml" in names(answer)


def test_what_collides_is_told_before_the_copy_is_taken(client, room, case):
    reword(case, "Porto", "15", "20")
    reword(case, "Tartu", "15", "10")
    answer = client.get(f"{room}/copy.docx?what=open&guidance=1")
    assert answer.status_code == 303
    told = client.get(answer.location)
    assert "It collides with A1." in told.text
    address = f"{room}/copy.docx?what=open&amp;guidance=1&amp;told=1"
    assert address in told.text
    taken = client.get(address.replace("&amp;", "&"))
    assert taken.status_code == 200
    assert "word/comments.xml" in names(taken)
    alone = client.get(f"{room}/copy.docx?what=chosen&amendments=A2")
    assert alone.status_code == 200


def test_nothing_chosen_is_said(client, room):
    answer = client.get(f"{room}/copy.docx?what=chosen", follow_redirects=True)
    assert "Choose the amendments that you want to take along." in answer.text


@pytest.mark.parametrize(
    "query", ["what=all", "what=copy&version=7", "what=compare&version=1&against=9", "round=x"]
)
def test_what_is_not_there_is_not_found(client, room, query):
    assert client.get(f"{room}/copy.docx?{query}").status_code == 404


def test_two_versions_and_the_answers(client, session, sign_in):
    make_workspace()
    case = two_versions()
    sign_in(client, case.people["Porto"])
    room = f"/agreements/{case.agreement.slug}/word"
    text = client.get(room).text
    assert "Take the comparison" in text
    assert "Only what Porto said" in text
    for query in ("what=compare", "what=answers&mine=1", "what=copy&version=1"):
        assert client.get(f"{room}/copy.docx?{query}").status_code == 200


def test_who_takes_no_part_finds_nothing(client, room, case, sign_in):
    sign_in(client, make_user("Stranger"))
    assert client.get(room).status_code == 404
    assert client.get(f"{room}/copy.docx").status_code == 404


def test_every_kind_of_copy_has_its_button(client, session, sign_in):
    make_workspace()
    case = two_versions()
    case.agreement.state = "published"
    session.commit()
    sign_in(client, case.people["Porto"])
    text = client.get(f"/agreements/{case.agreement.slug}/word").text
    for kind in word_exports.KINDS:
        assert f'value="{kind}"' in text or kind in {"open", "chosen"}

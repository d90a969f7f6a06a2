"""The row of versions, one with its sources, two compared, and all of them as Word files."""

import io
import zipfile

import pytest

from app.models.agreements import Draft
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START, make_user, make_workspace
from tests.factories.versions import add_versions, two_versions


@pytest.fixture
def case(session):
    make_workspace()
    return two_versions()


@pytest.fixture
def room(case, client, sign_in):
    sign_in(client, case.people["Lille"])
    return f"/agreements/{case.agreement.slug}"


def document(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()


def test_the_row_says_what_each_changed(client, room, case):
    text = client.get(f"{room}/versions").text
    assert "After the round. 2 amendments accepted: 2 paragraphs reworded, 1 removed." in text
    assert "The first text that went to the participants." in text
    assert f"text {TREE.version_hash[:12]}" in text
    assert f"{room}/compare?from=1&amp;to=2" in text


def test_a_version_shows_why_each_clause_is_here(client, room):
    text = client.get(f"{room}/versions/2").text
    assert "1 amendment left words in 1 paragraph" in text
    assert f'<q>20</q> <a href="{room}/amendments/A1">Amendment A1</a> of Lille' in text
    assert "Edited by the facilitator. For clarity." in text
    assert "<q><del>15</del></q> was taken out." in text
    assert client.get(f"{room}/versions/3").status_code == 404
    assert client.get(f"{room}/versions/0").status_code == 404


def test_two_versions_are_compared_with_tags(client, room, case):
    text = client.get(f"{room}/compare?from=1&to=2").text
    assert "2 paragraphs reworded, 1 removed." in text
    assert f'href="{room}/amendments/A1"' in text
    assert f"A1 {case.organisations['Lille'].code}" in text
    assert "The Hubs cooperate across borders." in text
    assert "The Hubs cooperate across borders." in client.get(f"{room}/compare").text
    only = client.get(f"{room}/compare?show=changes").text
    assert "Nothing here makes one Hub" in only


@pytest.mark.parametrize("query", ["from=x&to=<script>", "from=7&to=9", "from=-1", "to=", ""])
def test_nonsense_compares_the_latest_change(client, room, query):
    answer = client.get(f"{room}/compare?{query}")
    assert answer.status_code == 200
    assert "From version 1 to version 2" in answer.text
    assert "<script>alert" not in answer.text


def test_the_same_version_twice_says_so(client, room):
    assert "The two texts are the same." in client.get(f"{room}/compare?from=2&to=2").text


def test_a_file_is_never_a_comparison_of_other_versions_than_asked_for(client, room):
    assert client.get(f"{room}/compare.docx?from=1&to=9").status_code == 404
    assert client.get(f"{room}/compare.docx?from=x&to=2").status_code == 404
    assert client.get(f"{room}/compare.docx?from=1&to=2").status_code == 200


def test_there_is_nothing_to_compare_with_one_version(client, session, sign_in):
    make_workspace()
    case = make_case()
    sign_in(client, case.people["Lille"])
    room = f"/agreements/{case.agreement.slug}"
    assert "nothing to compare yet" in client.get(f"{room}/compare").text
    assert client.get(f"{room}/compare.docx").status_code == 404


def test_a_word_copy_is_an_attachment_of_its_type(client, room):
    answer = client.get(f"{room}/versions/2.docx")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=agreement-")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "wordprocessingml.document" in answer.headers["Content-Type"]
    assert "20 working days" in document(answer.data)
    assert "Not adopted" in document(answer.data)
    assert client.get(f"{room}/versions/9.docx").status_code == 404


def test_a_comparison_in_word_has_tracked_changes_under_names(client, room):
    said = document(client.get(f"{room}/compare.docx?from=1&to=2").data)
    assert 'w:author="Lille (Person Lille), A1"' in said
    assert 'w:author="Porto (Person Porto), A2"' in said
    assert 'w:author="Sofie Maes"' in said


def test_the_draft_goes_to_word_while_it_is_one(client, room, session, sign_in, case):
    assert client.get(f"{room}/versions/draft.docx").status_code == 404
    drafted = make_case("Riga", state="drafting")
    session.add(
        Draft(
            agreement_id=drafted.agreement.id,
            tree=TREE.to_json(),
            beside={},
            provenance={},
            edited_at=START,
        )
    )
    session.commit()
    sign_in(client, drafted.facilitator)
    answer = client.get(f"/agreements/{drafted.agreement.slug}/versions/draft.docx")
    assert "Draft" in document(answer.data)


@pytest.mark.parametrize(
    "page", ["versions", "versions/2", "versions/2.docx", "compare", "compare.docx"]
)
def test_others_know_nothing_of_it(client, room, session, sign_in, page):
    sign_in(client, make_user("Somebody Else"))
    assert client.get(f"{room}/{page}").status_code == 404


def test_statements_do_not_grow_with_versions(client, room, case, count_statements):
    client.get(f"{room}/versions")  # the head is kept until something happens
    sizes = []
    for _ in range(2):
        held = []
        for page in ("versions", "versions/2", "compare?from=1&to=2"):
            with count_statements() as sent:
                assert client.get(f"{room}/{page}").status_code == 200
            held.append(len(sent))
        sizes.append(held)
        add_versions(case, 9)
    assert sizes[0] == sizes[1]
    # Who calls, where they stand, the agreement with its head (1), unread notices; and then
    # the versions, their clauses, amendments · one text, its clauses, amendments, ballots ·
    # two texts, their clauses, amendments, ballots, what went between them.
    assert sizes[0] == [7, 7, 8], sizes

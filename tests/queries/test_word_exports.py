"""Every copy there is: what it says once all is accepted, and once all is rejected."""

import io
import zipfile

import pytest

from app.domain.lifecycle import Outcome
from app.formats.docx import lint
from app.formats.docx.readback import views
from app.kernel.errors import NotFound
from app.models.clauses import new_version
from app.queries import word_exports
from app.queries.word_exports import Wish
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import answer, comment, consolidate, decide, reword
from tests.factories.people import START
from tests.factories.versions import two_versions

OLD = "A Hub answers a request within 15 working days."
NEW = "A Hub answers a request within 20 working days."


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"word/{name}.xml") if f"word/{name}.xml" in archive.namelist() else b""


def made(session, case, **wish):
    found = word_exports.export(session, case.agreement, Wish(**wish))
    assert lint.check(found.content) == ()
    return found


def test_a_clean_copy_holds_comments_and_guidance_if_asked_for(session):
    case = make_case()
    comment(case, "Porto", "Too long.", key="answer-time")
    session.add(
        new_version(
            case.agreement.id,
            2,
            TREE,
            beside={"guidance": {"ending": "Three months are usual."}},
            provenance={},
            published_at=START,
            published_by=case.facilitator.id,
        )
    )
    session.commit()
    plain = made(session, case)
    assert plain.name == f"{case.agreement.slug}-2.docx"
    assert not part(plain.content, "comments")
    full = part(made(session, case, comments=True, guidance=True).content, "comments").decode()
    assert "Too long." in full
    assert "Three months are usual." in full


def test_open_amendments_are_tracked_under_organisation_and_person(session):
    case = make_case()
    reword(case, "Lille", "15", "20")
    reword(case, "Porto", "15", "10")
    found = made(session, case, what="open")
    document = part(found.content, "document")
    assert b'w:author="Lille (Person Lille)" w:date="2026-11-07T09:00:00Z"' in document
    assert NEW in views(document).accepted
    assert OLD in views(document).rejected
    assert [one.row.label for one in found.left] == ["A2"]
    said = part(found.content, "comments").decode()
    assert "Amendment A2. It collides with A1." in said
    assert "within 10 working days" in said
    assert b"trackRevisions" in part(found.content, "settings")


def test_one_amendment_comes_with_its_reason_where_comments_are_wanted(session):
    case = make_case()
    reword(case, "Lille", "15", "20")
    reword(case, "Porto", "15", "10")
    found = made(session, case, what="chosen", labels=("A2",), comments=True)
    assert found.name.endswith("-1-A2.docx")
    assert not found.left
    assert "Amendment A2." in part(found.content, "comments").decode()
    with pytest.raises(NotFound):
        made(session, case, what="chosen", labels=("A9",))


def test_two_versions_are_one_file(session):
    case = two_versions()
    found = made(session, case, what="compare", version=1, against=2)
    document = part(found.content, "document")
    assert NEW in views(document).accepted
    assert OLD in views(document).rejected
    assert b"Lille (Person Lille), A1" in document


def test_the_answers_of_a_round_stand_beside_what_was_decided(session):
    case = make_case()
    row = reword(case, "Lille", "15", "20")
    lost = reword(case, "Porto", "three", "five", key="ending")
    thread = comment(case, "Porto", "Too short.", key="answer-time")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, row, answer="Most want it.")
    decide(case, Outcome.REJECTED, lost, answer="Too long for most.")
    answer(case, [thread], Outcome.ACCEPTED, "See the new text.")
    everything = made(session, case, what="answers")
    document = part(everything.content, "document")
    assert NEW in views(document).accepted
    assert OLD in views(document).rejected
    said = part(everything.content, "comments").decode()
    for words in ("Too short.", "Accepted. See the new text.", "Rejected. Too long for most."):
        assert words in said
    assert "five months" in said
    own = case.organisations["Lille"].id
    mine = part(made(session, case, what="answers", organisation=own).content, "comments").decode()
    assert "Most want it." in mine
    assert "Too short." not in mine


def test_the_answers_of_a_settled_round_hold_the_version_that_came_of_it(session):
    case = two_versions()
    found = made(session, case, what="answers", round=1)
    document = part(found.content, "document")
    assert NEW in views(document).accepted
    assert "Accepted. Supported by most." in part(found.content, "comments").decode()
    with pytest.raises(NotFound, match="no such round"):
        made(session, case, what="answers", round=7)

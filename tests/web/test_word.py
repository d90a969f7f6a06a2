"""What a Word copy says of itself, and whose comments it holds."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from app.actions import comments as talk
from app.domain import anchors
from app.domain.lifecycle import AgreementState as State
from app.kernel import clock
from app.kernel.errors import Invalid
from app.queries import comments, version_pages
from app.queries.agreements import parties_of
from app.web import word
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START


@pytest.mark.parametrize(
    ("state", "number", "adopted", "in_force", "words"),
    [
        (State.DRAFTING, 0, None, False, "Draft"),
        (State.PUBLISHED, 2, None, False, "Not adopted"),
        (State.SIGNING, 2, 2, False, "Adopted"),
        (State.SIGNING, 1, 2, False, "Not adopted"),
        (State.IN_FORCE, 2, 2, True, "In force"),
        (State.CONSULTATION, 2, 2, True, "In force"),
        (State.ADOPTED, 3, 3, True, "Adopted"),
        (State.TERMINATED, 2, 2, True, "Terminated"),
    ],
)
def test_a_version_says_what_it_is(state, number, adopted, in_force, words):
    assert word.status_of(state, number=number, adopted=adopted, in_force=in_force) == words


def test_a_day_is_that_of_the_agreements_zone():
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    assert word.local_day(late, "Europe/Brussels") == date(2026, 11, 3)


def test_comments_become_those_of_word(session):
    case = make_case()
    anchor = anchors.anchor(TREE, TREE.version_hash, "answer-time", "text", 0, 5)
    with clock.at(START + timedelta(days=2)):
        thread = talk.start_thread(
            case.actor("Lille"),
            case.round,
            kind="concern",
            text="Too **short**.",
            anchor=anchor,
        )
    with clock.at(START + timedelta(days=3)):
        talk.reply(case.actor("Porto"), thread, text="Not for us.")
    ((key, (note,)),) = word.notes_of(
        TREE, comments.discussions(session, case.agreement.id)
    ).items()
    assert key == "answer-time"
    assert (note.author, note.words) == ("Lille (Person Lille)", "“A Hub” Too short.")
    assert note.date == "2026-11-04T09:00:00Z"
    assert [(one.author, one.words) for one in note.replies] == [
        ("Porto (Person Porto)", "Not for us.")
    ]
    text = version_pages.text_of_version(session, case.agreement, 1)
    content = word.copy_of(
        text,
        status="Not adopted",
        zone="Europe/Brussels",
        agreement="",
        parties=(),
        discussions=comments.discussions(session, case.agreement.id),
    )
    said = zipfile.ZipFile(io.BytesIO(content)).read("word/comments.xml").decode()
    assert "Too short." in said
    assert "Person Porto" in said


def test_the_text_to_sign_has_a_block_for_each_party_and_no_blank(session):
    case = make_case()
    text = version_pages.text_of_version(session, case.agreement, 1)
    parties = parties_of(session, case.agreement.id)
    content = word.execution_of(text, day=date(2026, 12, 1), agreement="", parties=parties)
    said = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert all(f"Director of {name}" in said for name in case.people)
    assert "1 December 2026" in said
    with pytest.raises(Invalid, match="named to sign"):
        word.execution_of(text, day=date(2026, 12, 1), agreement="", parties=())

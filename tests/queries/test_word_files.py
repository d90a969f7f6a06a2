"""What a Word copy says of itself, and whose comments it holds."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest

from app.domain.lifecycle import AgreementState as State
from app.kernel.errors import Invalid
from app.queries import version_pages
from app.queries import word_files as word
from app.queries.agreements import parties_of
from tests.factories.agreements import make_case


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

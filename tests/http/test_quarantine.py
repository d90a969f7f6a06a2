"""Files that wait to be confirmed."""

import os
import time
import uuid
from pathlib import Path

import pytest

from app.http import quarantine
from app.http.uploads import DOCX, MARKDOWN, Upload
from app.kernel.errors import Invalid, NotFound

OWNER = uuid.UUID(int=1)
UPLOAD = Upload("deal.md", MARKDOWN, b"# Deal\n\n1. We share.\n")


@pytest.fixture
def folder(app) -> Path:
    return Path(app.instance_path) / "quarantine"


def test_a_file_waits_for_its_owner_alone(session, folder):
    token = quarantine.put(UPLOAD, OWNER)
    held = quarantine.get(token, OWNER)
    assert (held.name, held.content, held.document.tree.title) == (
        "deal.md",
        UPLOAD.content,
        "Deal",
    )
    assert token not in {place.name for place in folder.iterdir()}
    for stranger in (uuid.UUID(int=2), None):
        with pytest.raises(NotFound):
            quarantine.get(token, stranger)


def test_it_is_gone_once_it_is_thrown_away(session):
    token = quarantine.put(UPLOAD, OWNER)
    quarantine.drop(token)
    with pytest.raises(NotFound, match="Upload it again"):
        quarantine.get(token, OWNER)


def test_nothing_stays_of_a_file_that_cannot_be_read(session, folder):
    before = set(folder.glob("*"))
    with pytest.raises(Invalid):
        quarantine.put(Upload("a.docx", DOCX, b"PK\x03\x04 broken"), OWNER)
    assert set(folder.glob("*")) == before


def test_what_nobody_comes_back_for_is_thrown_away(session, folder):
    token = quarantine.put(UPLOAD, OWNER)
    day_before_yesterday = time.time() - 2 * quarantine.STAYS
    for place in folder.iterdir():
        os.utime(place, (day_before_yesterday, day_before_yesterday))
    quarantine.put(UPLOAD, OWNER)
    with pytest.raises(NotFound):
        quarantine.get(token, OWNER)


@pytest.mark.parametrize("token", ["..", "../../x", "", "x" * 5000])
def test_a_token_leads_nowhere_else(session, token):
    with pytest.raises(NotFound):
        quarantine.get(token, OWNER)

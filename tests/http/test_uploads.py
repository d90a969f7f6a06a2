"""Files as they come from a form."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from app.http.uploads import DOCX, MARKDOWN, PDF, TEXT, clean_name, received
from app.kernel.errors import Invalid

KINDS = (DOCX, MARKDOWN, TEXT)


def sent(content: bytes, name: str) -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def test_a_file_is_what_its_name_and_its_bytes_say():
    upload = received(sent(b"PK\x03\x04...", "Deal.DOCX"), KINDS)
    assert (upload.name, upload.kind, upload.content) == ("Deal.DOCX", DOCX, b"PK\x03\x04...")
    assert received(sent(b"# Deal", "deal.md"), KINDS).media_type == "text/markdown"
    assert received(sent(b"%PDF-1.7", "signed.pdf"), (PDF,)).kind is PDF


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ", "virus.exe", r"ends in \.docx or \.md or \.txt"),
        (b"", "empty.docx", "is empty"),
        (b"hello", "text.docx", r"isn't a \.docx file inside"),
        (b"\xd0\xcf\x11\xe0old", "locked.docx", "locked with a password"),
        (b"PK\x03\x04", "zip.txt", "isn't a text inside"),
        (b"%PDF-1.7", "scan.md", "isn't a text inside"),
        (b"x" * (5 * 1024 * 1024 + 1), "long.txt", "larger than 5 megabytes"),
    ],
)
def test_anything_else_gets_a_sentence(content, name, sentence):
    with pytest.raises(Invalid, match=sentence) as refusal:
        received(sent(content, name), KINDS)
    assert refusal.value.field == "file"


@pytest.mark.parametrize("file", [None, FileStorage(io.BytesIO(b""), filename="")])
def test_no_file_is_asked_for(file):
    with pytest.raises(Invalid, match="Choose a file"):
        received(file, KINDS)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\deals\\deal.docx", "deal.docx"),
        ("deal\u202excod.md", "dealxcod.md"),
        ("a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt"),
        ("...", "file"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
    ],
)
def test_names_lose_folders_and_signs_that_mislead(name, clean):
    assert clean_name(name) == clean
    assert len(clean) <= 120

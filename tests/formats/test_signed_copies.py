"""What can be said of a signed copy without believing it."""

import pytest

from app.formats.docx import writer
from app.formats.signed_copies import LOOK, PDF, WORD, findings
from app.kernel.errors import Invalid
from tests.factories.agreements import TREE

DIGITS = TREE.version_hash[:12]
SENT = b"the file that was handed out"


def told(content: bytes, media_type: str = PDF) -> str:
    said = findings(content, media_type, execution=SENT, digits=DIGITS)
    assert said[-1] == LOOK
    assert "fingerprint" in said[0]
    return " ".join(said)


def signed(start: int, length: int, tail: bytes = b"") -> bytes:
    head = b"%PDF-1.7 /ByteRange [0 10 20 "
    rest = b"%d] " % length
    return (head + rest).ljust(start + length, b"x") + tail


def test_what_comes_back_unsigned_is_known_by_its_bytes():
    assert "nobody has signed it" in told(SENT, WORD)
    assert "byte for byte" in told(b"container" + SENT)


def test_a_pdf_without_a_signature_may_be_a_scan():
    assert "may be a scan" in told(b"%PDF-1.7 nothing")
    assert "nobody has signed in it" in told(b"%PDF-1.7 /FT /Sig")
    assert f"names the text by its fingerprint {DIGITS}" in told(b"%PDF " + DIGITS.encode())


def test_a_signature_is_measured_against_the_file():
    whole = signed(20, 80)
    assert len(whole) == 100
    assert "a digital signature over the whole file" in told(whole)
    assert "50 bytes follow what is signed" in told(signed(20, 80, b"y" * 50))
    assert "does not cover" in told(b"%PDF /ByteRange [5 10 20 30]".ljust(50))
    assert "does not cover" in told(b"%PDF /ByteRange [0 10 20 99999]")
    two = whole.replace(b"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx", b"/ByteRange [0 10 20 30]      ", 1)
    assert "2 digital signatures" in told(two)


def test_a_pdf_that_could_act_is_announced():
    assert "Open it with care" in told(b"%PDF /JavaScript (app.alert)")


def test_a_word_file_is_looked_into():
    ours = writer.write(TREE, status="Execution version", version="1")
    assert f"names the text by its fingerprint {DIGITS}" in told(ours, WORD)
    other = writer.write(TREE.replace("ending", text="Never."), status="", version="1")
    assert "does not name the text" in told(other, WORD)
    assert "no digital signature" in told(other, WORD)


def test_a_hostile_word_file_is_refused_at_its_field():
    with pytest.raises(Invalid) as refused:
        told(b"PK\x03\x04" + b"x" * 100, WORD)
    assert refused.value.field == "file"


def test_a_picture_says_nothing():
    assert "can't be read" in told(b"\x89PNG", "image/png")


def test_many_false_ranges_take_no_time():
    assert "may be a scan" in told(b"%PDF" + b"/ByteRange [" * 200_000)

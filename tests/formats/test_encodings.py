"""Text files of several encodings."""

import pytest

from app.formats.encodings import decoded
from app.kernel.errors import Invalid


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_of_several_encodings_are_understood(encoding):
    assert decoded("Müller & Søn".encode(encoding), "a.txt") == "Müller & Søn"


def test_what_is_no_text_is_refused_by_its_name():
    with pytest.raises(Invalid, match=r"a.bin is neither a text nor a Word file"):
        decoded(b"a\0b", "a.bin")

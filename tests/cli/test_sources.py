"""What commands can read."""

import pytest

from app.cli.sources import decoded, document
from app.kernel.errors import Invalid


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_in_usual_encodings(encoding):
    assert decoded("Größe “x”\n".encode(encoding), "a.txt") == "Größe “x”\n"


def test_what_is_no_text():
    with pytest.raises(Invalid, match=r"a\.bin is neither"):
        decoded(b"a\0b", "a.bin")


def test_a_template_is_read_as_one(tmp_path):
    path = tmp_path / "1.0.0.md"
    path.write_text("+++\nslug = 1\n+++\n", encoding="utf-8")
    with pytest.raises(Invalid, match=r"1\.0\.0\.md:\d"):
        document(str(path))

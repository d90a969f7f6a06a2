import io
import zipfile

import pytest

from app.formats.docx import lint, writer
from tests.formats.docx.samples import agreement, changed

FILE = writer.write(agreement(), status="Draft", version="1")


def with_entry(name, content="<x/>"):
    out = io.BytesIO(FILE)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("[Content_Types].xml", "/word/styles.xml", "/word/gone.xml", "which is not there"),
        ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="gone.xml"', "points at"),
        ("word/_rels/document.xml.rels", 'Id="rIdHeader"', 'Id="rIdFooter"', "stands twice in"),
    ],
)
def test_what_does_not_close_is_named(name, old, new, said):
    assert any(said in defect for defect in lint.check(changed(FILE, name, old, new)))


def test_a_part_of_no_type_and_a_part_of_the_same_name_are_named():
    assert lint.check(with_entry("word/thing.bin")) == (
        "The part word/thing.bin has no content type.",
    )
    assert "The part word/styles.xml stands twice." in lint.check(with_entry("word/Styles.xml"))


def test_a_file_without_content_types_is_named():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert lint.check(out.getvalue()) == ("The content types are missing.",)

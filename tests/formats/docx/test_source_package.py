"""The parts of a foreign Word file and how they refer to each other."""

import pytest

from app.formats.docx.source_package import SourcePackage, whole
from app.kernel.errors import Invalid
from tests.formats.docx_texts import W, docx, p


def test_parts_are_found_by_what_points_at_them():
    package = SourcePackage(docx(p("x")))
    assert package.main == "word/document.xml"
    assert package.related("styles") is not None
    assert package.related("comments") is None


def test_strict_files_are_read_like_others():
    strict = W.replace(
        "schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml"
    )
    body = f'<w:document xmlns:w="{strict}"><w:body><w:p/></w:body></w:document>'
    assert len(SourcePackage(docx(parts={"word/document.xml": body})).body) == 1


def test_a_main_part_that_is_not_there():
    nothing = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    )
    with pytest.raises(Invalid, match="main part is missing"):
        SourcePackage(docx(parts={"_rels/.rels": nothing}))


def test_whole_numbers_as_word_writes_them():
    assert [whole("12"), whole("12.0"), whole("x"), whole(None)] == [12, 12, None, None]

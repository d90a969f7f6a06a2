"""The parts of a foreign Word file and how they refer to each other."""

import pytest
from lxml import etree

from app.formats.docx.source_package import SourcePackage, Styles, whole
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


def test_a_style_is_read_with_what_it_is_based_on():
    styles = Styles(
        etree.fromstring(
            f'<w:styles xmlns:w="{W}">'
            '<w:style w:styleId="A" w:type="paragraph" w:default="1"><w:name w:val="Body Text"/>'
            '</w:style><w:style w:styleId="B"><w:name w:val="Strong"/><w:basedOn w:val="A"/>'
            "<w:rPr><w:b/></w:rPr></w:style></w:styles>"
        )
    )
    style = styles.get("B")
    assert style is not None
    assert (style.name, style.based_on, styles.default) == ("strong", "A", "A")
    assert [name for name, _ in styles.chain("B")] == ["B", "A"]
    assert styles.switch("B", "b")
    assert not styles.switch("A", "b")
    assert styles.get("C") is None

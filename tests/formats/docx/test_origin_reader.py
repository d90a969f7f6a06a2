"""What a file says about where it came from."""

from app.domain.returned import Carried, Origin
from app.formats.docx import origin_reader
from app.formats.docx.properties import MAP
from app.formats.docx.source_package import SourcePackage
from tests.formats.docx_texts import docx, p


def test_a_stranger_claims_nothing():
    assert origin_reader.read(SourcePackage(docx(p("x")))) == Origin()


def test_the_clause_map_alone_is_enough():
    held = (
        f'<clauses xmlns="{MAP}" agreement="deal" version="2" hash="abc">'
        '<c key="a-b" bookmark="_cl_a_b"><c key="c" bookmark="_cl_c"/></c>'
        '<a label="A1" operations="f0" author="Tartu (Ana)" date="2026-05-01T09:00:00Z"/></clauses>'
    )
    found = origin_reader.read(SourcePackage(docx(p("x"), parts={"customXml/item7.xml": held})))
    assert (found.agreement, found.version, found.version_hash, found.kind) == (
        "deal",
        "2",
        "abc",
        "",
    )
    assert found.amendments == (Carried("A1", "f0", "Tartu (Ana)", "2026-05-01T09:00:00Z"),)
    assert found.keys == {"_cl_a_b": "a-b", "_cl_c": "c"}


def test_another_custom_part_is_passed_over():
    parts = {"customXml/item1.xml": f'<other about="{MAP}"/>'}
    assert origin_reader.read(SourcePackage(docx(p("x"), parts=parts))) == Origin()

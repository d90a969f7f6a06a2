"""Hostile and broken files: each is refused, and says why."""

import struct

import pytest

from app.formats.docx import guard
from app.kernel.errors import Invalid
from tests.formats.docx_texts import MAIN, docx, p, zipped

GOOD = docx(p("Words."))


def refused(data, why):
    with pytest.raises(Invalid) as error:
        guard.check(data)
    assert why in str(error.value)


def test_a_good_file_passes():
    guard.check(GOOD)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "protected by a password"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"Words.", "not a Word file"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (b"PK" + bytes(guard.MOST_BYTES), "larger than 20 MB"),
        (zipped([("a.txt", "x")]), "not a Word file"),
    ],
)
def test_what_is_no_word_file(data, why):
    refused(data, why)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a\\b.xml", "c:evil.xml"])
def test_names_that_lead_outside(name):
    refused(docx(p("x"), parts={name: "x"}), "leads outside")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name():
    refused(zipped([("word/a.xml", "<a/>"), ("WORD/A.xml", "<a/>")]), "same name")


def test_bombs():
    refused(docx(p("x"), parts={"word/big.xml": " " * (guard.RATIO_FROM * 2)}), "too large")
    deep = "<a>" * 200 + "</a>" * 200
    refused(docx(p("x"), parts={"word/deep.xml": deep}), "too deep")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused_in_every_encoding(encoding):
    evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'.encode(encoding)
    refused(docx(p("x"), parts={"word/evil.xml": evil}), "declares a document type")


@pytest.mark.parametrize("encoding", ["utf-7", "cp037"])
def test_encodings_in_which_a_document_type_could_hide(encoding):
    """`+ADw-` is a `<` in UTF-7, and EBCDIC has no byte in common with what is looked for."""
    hidden = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a []><a/>'.encode(encoding)
    refused(docx(p("x"), parts={"word/evil.xml": hidden}), "the part word/evil.xml")


def test_a_part_under_a_name_of_its_own_is_looked_at_when_it_is_read():
    with pytest.raises(Invalid, match="declares a document type"):
        guard.xml("word/text.bin", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    assert guard.xml("word/text.bin", b"<a/>").tag == "a"


def test_a_document_type_in_two_bytes_a_letter_behind_a_declaration_in_one():
    declared = b'<?xml version="1.0" encoding="utf-16"?>'
    evil = declared + "<!DOCTYPE a []><a/>".encode("utf-16-le")
    refused(docx(p("x"), parts={"word/evil.xml": evil}), "declares a document type")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_of_usual_programs_pass(encoding):
    name = encoding.removesuffix("-sig")
    part = f'<?xml version="1.0" encoding="{name}"?><a>é</a>'.encode(encoding)
    guard.check(docx(p("x"), parts={"word/good.xml": part}))


def test_more_elements_than_any_text_has():
    many = "".join(f'<b i="{number}"/>' for number in range(guard.MOST_ELEMENTS + 1))
    refused(docx(p("x"), parts={"word/many.xml": f"<a>{many}</a>"}), "many.xml is too large")


def test_macros_templates_and_sheets():
    refused(docx(p("x"), parts={"word/vbaProject.bin": b"x"}), "macros")
    template = MAIN.replace("document.main", "template.main")
    refused(docx(p("x"), main=template), "template")
    refused(docx(p("x"), main="application/vnd.ms-excel"), "another kind")


def test_a_directory_that_lies_about_a_size():
    big = docx(p("x"), parts={"word/lie.xml": "<a>" + "x" * 30_000_000 + "</a>"})
    at = big.rindex(b"word/lie.xml") - 46 + 24
    lie = big[:at] + struct.pack("<I", 10) + big[at + 4 :]
    with pytest.raises(Invalid):
        guard.check(lie)


def test_parts_under_other_names_than_the_directory_says():
    refused(GOOD.replace(b"word/styles.xml", b"word/stylez.xml", 1), "disagree")


def test_broken_xml_in_a_part_that_is_read():
    refused(docx(p("x"), parts={"word/numbering.xml": "<a>"}), "is not XML")
    guard.check(docx(p("x"), parts={"stray.xml": "<a>"}))


def test_names_in_no_alphabet_at_all():
    data = docx(p("Text"))
    at = data.index(b"PK\x01\x02")
    flagged = bytearray(data)
    flagged[at + 9] |= 0x08
    flagged[at + 46] = 0xFF
    refused(bytes(flagged), "can't be read")

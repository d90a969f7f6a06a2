"""`concordat word export`."""

import io
import zipfile

import pytest

from app.cli.word_export import COMMANDS
from tests.factories.agreements import make_case
from tests.factories.contributions import reword
from tests.factories.versions import two_versions

export = COMMANDS["word export"]


def document(path):
    return zipfile.ZipFile(io.BytesIO(path.read_bytes())).read("word/document.xml").decode()


@pytest.mark.parametrize("words", [["--redline", "1"], ["--version", "1", "--redline", "2"]])
def test_two_versions_in_either_order(session, tmp_path, words):
    case = two_versions()
    out = tmp_path / "r.docx"
    assert export([case.agreement.slug, *words, "-o", str(out)]) == 0
    text = document(out)
    assert "<w:delText" in text
    assert "20" in text


def test_open_amendments_and_what_collides(session, tmp_path, capsys):
    case = make_case()
    reword(case, "Lille", "15", "20")
    reword(case, "Porto", "15", "10")
    out = tmp_path / "a.docx"
    assert export([case.agreement.slug, "--amendments", "open", "-o", str(out)]) == 0
    assert capsys.readouterr().out == "A2 is in it as a comment only. It collides with A1.\n"
    assert "Lille (Person Lille)" in document(out)
    assert export([case.agreement.slug, "--amendments", "A2", "-o", str(out)]) == 0
    assert "Lille" not in document(out)
    assert export([case.agreement.slug, "--answers", "1", "-o", str(out)]) == 0


def test_the_same_version_gives_the_same_bytes(session, tmp_path):
    case = make_case()
    one, two = tmp_path / "1.docx", tmp_path / "2.docx"
    for out in (one, two):
        assert export([case.agreement.slug, "--comments", "-o", str(out)]) == 0
    assert one.read_bytes() == two.read_bytes()


def test_what_is_not_there_is_refused_in_one_line(session, tmp_path, capsys):
    assert export(["nothing", "-o", str(tmp_path / "x.docx")]) == 1
    assert capsys.readouterr().err == "concordat word export: There is no agreement nothing.\n"
    assert export(["nothing"]) == 2

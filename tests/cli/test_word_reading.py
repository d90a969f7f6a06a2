"""The command that reads Word files with tracked changes."""

import json

import pytest

from app.command import main
from tests.formats.docx_texts import come, docx, gone, p


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "deal.docx"
    path.write_bytes(docx(p("A ", gone("b"), come("c")), p("", mark="del"), p("End")))
    return str(path)


def test_both_texts(file, capsys):
    assert main(["word", "read", file]) == 0
    assert capsys.readouterr().out == "A c\nEnd\n"
    assert main(["word", "read", file, "--view", "reject"]) == 0
    assert capsys.readouterr().out == "A b\n\nEnd\n"


def test_a_line_of_json_a_file_also_for_a_broken_one(file, tmp_path, capsys):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    assert main(["word", "read", file, str(broken), "--json"]) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {"file": file, "ok": True, "error": None, "text": "A c\nEnd"}
    assert (second["ok"], second["file"]) == (False, str(broken))
    assert "damaged" in second["error"]


def test_events(file, capsys):
    assert main(["word", "read", file, "--view", "events", "--json"]) == 0
    (one,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [(event["kind"], event["author"], event["text"]) for event in one["events"]] == [
        ("del", "A", "b"),
        ("ins", "A", "c"),
        ("del", "A", "\n"),
    ]


def test_what_is_no_word_file_is_said_in_a_line(tmp_path, capsys):
    path = tmp_path / "notes.txt"
    path.write_text("words")
    assert main(["word", "read", str(path)]) == 1
    assert "not a Word file" in capsys.readouterr().err

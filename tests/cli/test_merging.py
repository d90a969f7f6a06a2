"""`concordat merge`: bytes, markers, JSON, batches."""

import json

import pytest

from app.command import main

BASE = b"# Fee\r\n\r\nThe fee is 30 euro, due in May.\t\r\nName: J\xf6rg \xff\r\n"


@pytest.fixture
def file(tmp_path):
    def written(name, data):
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return written


def test_a_clean_merge_keeps_every_other_byte(file, capsysbinary):
    one, other = BASE.replace(b"30", b"45"), BASE.replace(b"May", b"June")
    assert main(["merge", file("b", BASE), file("1", one), file("2", other)]) == 0
    assert capsysbinary.readouterr().out == one.replace(b"May", b"June")


def test_a_conflict_stands_between_markers_and_ends_with_1(file, capsysbinary):
    sides = [file("1", BASE.replace(b"30", b"45")), file("2", BASE.replace(b"30", b"60"))]
    assert main(["merge", file("b", BASE), *sides]) == 1
    lines = capsysbinary.readouterr().out.split(b"\n")
    assert [line[:7] for line in lines if line[:7] in {b"<" * 7, b"|" * 7, b"=" * 7, b">" * 7}] == [
        b"<" * 7, b"|" * 7, b"=" * 7, b">" * 7,
    ]  # fmt: skip


def test_json_names_the_conflict(file, capsysbinary):
    sides = [file("1", BASE.replace(b"30", b"45")), file("2", BASE.replace(b"30", b"60"))]
    assert main(["merge", "--json", file("b", BASE), *sides]) == 1
    found = json.loads(capsysbinary.readouterr().out)
    assert found["text"] is None
    assert found["conflicts"] == [
        {
            "clause": "Fee",
            "class": "words",
            "wordings": [{"by": [1], "text": "45"}, {"by": [2], "text": "60"}],
            "base": "30",
        }
    ]


def test_cases_give_a_line_each(file, capsysbinary):
    cases = [
        {"id": "a", "base": "one two\n", "sides": ["one 2\n", "one two\n", "one 2\n"]},
        {"id": 2, "base": "x\n", "sides": ["y\n", "z\n"]},
    ]
    path = file("c.jsonl", "".join(json.dumps(case) + "\n" for case in cases).encode())
    assert main(["merge", "--cases", path]) == 0
    first, second = map(json.loads, capsysbinary.readouterr().out.splitlines())
    assert first == {"id": "a", "text": "one 2\n", "conflicts": [], "reviews": []}
    assert (second["id"], second["text"], len(second["conflicts"])) == (2, None, 1)


def test_wrong_use_and_wrong_cases(file, capsys):
    assert main(["merge"]) == 2
    assert main(["merge", "only-a-base"]) == 2
    assert main(["merge", "--cases", file("c.jsonl", b'{"id": 1}\n')]) == 1
    assert "c.jsonl:1: a case is" in capsys.readouterr().err

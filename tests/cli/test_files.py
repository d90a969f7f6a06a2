"""The commands on files: what they print, where, and how they end."""

import json

import pytest

from app.command import main

OLD = "# Deal\n\n## Search\n\n1. **Duty.** Answer within 30 days.\n2. Keep records.\n"
NEW = "# Deal\n\n## Find\n\n1. **Duty.** Answer within 15 days.\n2. Keep records.\n"


@pytest.fixture
def file(tmp_path):
    def written(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return str(path)

    return written


def test_import_prints_a_line_of_json_a_file(file, capsysbinary):
    good, bad = file("good.md", OLD), file("bad.docx", "no zip")
    assert main(["import", "--json", good, bad]) == 1
    first, second = map(json.loads, capsysbinary.readouterr().out.splitlines())
    assert first == {
        "file": good,
        "ok": True,
        "error": None,
        "clauses": 3,
        "text": "Deal\nSearch\nDuty Answer within 30 days.\nKeep records.",
        "unmapped": [],
    }
    assert (second["ok"], second["error"]) == (False, "This is not a Word file (.docx).")


def test_import_writes_the_version(file, tmp_path):
    out = tmp_path / "tree.json"
    assert main(["import", file("a.md", OLD), "-o", str(out)]) == 0
    version = json.loads(out.read_text(encoding="utf-8"))
    assert list(version) == ["format", "title", "language", "numbering", "clauses"]
    assert set(version["clauses"][0]) == {
        "key", "kind", "number", "heading", "text", "children",
    }  # fmt: skip


def test_import_says_what_is_not_mapped(file, capsysbinary):
    assert main(["import", file("a.md", "Text ![x](y.png)\n")]) == 0
    assert b"not mapped, line 1: image y.png" in capsysbinary.readouterr().out


def test_outline_has_a_line_a_node(file, capsysbinary):
    assert main(["outline", file("a.md", OLD)]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert [line.rpartition(" [")[0] for line in lines] == [
        "Article 1 Search", "  1.1 Duty", "  1.2 Keep records.",
    ]  # fmt: skip


def test_diff_as_json_has_a_change_a_clause(file, capsysbinary):
    assert main(["diff", file("a.md", OLD), file("b.md", NEW), "--format", "json"]) == 0
    rows = json.loads(capsysbinary.readouterr().out)
    assert [row["change"] for row in rows] == ["heading", "text", "same"]
    assert rows[0]["spans"] == [["-", "Search"], ["+", "Find"]]
    assert ["-", "30"] in rows[1]["spans"]


def test_diff_as_text_marks_the_words(file, capsysbinary):
    main(["diff", file("a.md", OLD), file("b.md", NEW)])
    out = capsysbinary.readouterr().out.decode()
    assert "Article 1.1 (text): DutyAnswer within [-30-]{+15+} days." in out.replace(
        "Duty ", "Duty"
    )
    main(["diff", file("a.md", OLD), file("a.md", OLD)])
    assert capsysbinary.readouterr().out == b"The texts are the same.\n"


def test_diff_as_html_is_a_page(file, capsysbinary):
    main(["diff", file("a.md", OLD), file("b.md", NEW), "--format", "html"])
    out = capsysbinary.readouterr().out.decode()
    assert out.startswith("<!doctype html>")
    assert "<ins" in out


def test_errors_are_one_line_and_wrong_use_ends_with_2(file, capsys):
    assert main(["outline", "/there/is/no.md"]) == 1
    assert main(["outline"]) == 2
    assert main(["import", "-o", "x", "a", "b"]) == 2
    assert main(["diff", "a", "b", "--format", "pdf"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert lines[0] == "concordat outline: /there/is/no.md: No such file or directory"


def test_a_file_that_is_no_text_is_refused(tmp_path, capsys):
    path = tmp_path / "x.bin"
    path.write_bytes(b"a\0b")
    assert main(["outline", str(path)]) == 1
    assert "neither a text nor a Word file" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["import", "outline", "diff", "merge", "redline"])
def test_help_tells_how_to_use_a_command(name, capsys):
    assert main([name, "--help"]) == 0
    assert f"concordat {name}" in capsys.readouterr().out

"""`concordat word compare` and `word lint`."""

import pytest

from app.command import main
from app.formats.docx import reader, writer
from app.formats.docx.ooxml import clause_bookmark
from tests.formats.docx.samples import agreement, changed


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "copy.docx"
    path.write_bytes(writer.write(agreement(), status="", version=""))
    return path


def test_two_word_files_become_one_with_tracked_changes(copy, tmp_path):
    new, out = tmp_path / "new.docx", tmp_path / "redline.docx"
    new.write_bytes(
        writer.write(
            agreement().replace("no-result", text="It owes two results."), status="", version=""
        )
    )
    assert main(["word", "compare", str(copy), str(new), "-o", str(out)]) == 0
    assert "It owes two results." in reader.read(out.read_bytes()).text
    assert main(["word", "lint", str(out)]) == 0


def test_lint_names_the_file_and_what_would_break(copy, capsys):
    assert main(["word", "lint", str(copy)]) == 0
    assert capsys.readouterr().out == ""
    name = clause_bookmark("search")
    copy.write_bytes(
        changed(copy.read_bytes(), "word/document.xml", f'w:name="{name}"', 'w:name="2nd"')
    )
    assert main(["word", "lint", str(copy)]) == 1
    told = capsys.readouterr().out
    assert all(line.startswith(f"{copy}: ") for line in told.splitlines())
    assert "'2nd' has a name that Word refuses" in told


def test_what_is_no_word_file_is_refused_in_one_line(tmp_path, capsys):
    path = tmp_path / "no.docx"
    path.write_bytes(b"%PDF-1.7")
    assert main(["word", "lint", str(path)]) == 1
    assert capsys.readouterr().err.startswith("concordat word lint: This is a PDF.")

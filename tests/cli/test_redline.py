"""`concordat redline`: a Word file whose changes lead from the old text to the new."""

from app.command import main
from app.formats.docx.reader import read

OLD = "# Deal\n\n## Search\n\n1. Answer within 30 days.\n\n2. Keep records.\n"


def test_the_file_read_as_accepted_is_the_new_text(tmp_path):
    old, new, out = tmp_path / "a.md", tmp_path / "b.md", tmp_path / "r.docx"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(OLD.replace("30", "15").replace("2. Keep records.\n", ""), encoding="utf-8")
    assert main(["redline", str(old), str(new), "-o", str(out)]) == 0
    text = read(out.read_bytes()).text
    assert "Answer within 15 days." in text
    assert "Keep records." not in text


def test_wrong_use(tmp_path, capsys):
    assert main(["redline", "a", "b"]) == 2
    assert main(["redline", str(tmp_path / "no"), "b", "-o", "x"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2

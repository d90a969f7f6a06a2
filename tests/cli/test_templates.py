"""`concordat templates check` says what is wrong in one line a file."""

from pathlib import Path

import pytest

from app.cli.templates import COMMANDS
from tests.formats.template_texts import MATCHMAKING
from tests.formats.test_template_library import release


def test_a_good_folder_is_praised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release(tmp_path)
    assert COMMANDS["templates"](["check", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("1 version of 1 template is good.\n", "")


def test_a_refused_file_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release(tmp_path, text=MATCHMAKING.replace("{#search-names}", "{#search-answer}"))
    assert COMMANDS["templates"](["check", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == ("matchmaking/1.0.0.md:29: The id search-answer is already used on line 28.\n")


@pytest.mark.parametrize("argv", [[], ["mend"], ["check", "no/such/folder"], ["check", "a", "b"]])
def test_wrong_use_is_status_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert COMMANDS["templates"](argv) == 2
    assert capsys.readouterr().err != ""


def test_the_shipped_templates_are_good() -> None:
    assert COMMANDS["templates"](["check"]) == 0

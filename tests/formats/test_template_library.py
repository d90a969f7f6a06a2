"""A folder of templates: what holds between versions and released files."""

import hashlib
from pathlib import Path

import pytest

from app.formats.template_document import TemplateError
from app.formats.template_library import check, library
from tests.formats.template_texts import MATCHMAKING, line_of

RISKS = '[[rows]]\nactor = "Hub"\nkind = "cost"\ntext = "Time."\nclauses = ["search-duty"]\n'


def release(folder: Path, version: str = "1.0.0", text: str = MATCHMAKING) -> Path:
    """Write one version and note its sums, as a release does."""
    place = folder / "matchmaking"
    place.mkdir(exist_ok=True)
    file = place / f"{version}.md"
    file.write_text(text.replace('version = "1.0.0"', f'version = "{version}"'))
    place.joinpath(f"{version}.risks.toml").write_text(RISKS)
    names = sorted(p.name for p in place.iterdir() if p.name != "CHECKSUMS")
    sums = (f"{hashlib.sha256((place / n).read_bytes()).hexdigest()}  {n}\n" for n in names)
    place.joinpath("CHECKSUMS").write_text("".join(sums))
    return file


def test_versions_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for version in ("1.0.0", "1.10.0", "1.2.0"):
        release(tmp_path, version)
    assert check(tmp_path) == ()
    assert [version for _, version in library(tmp_path)] == ["1.0.0", "1.2.0", "1.10.0"]


def test_a_changed_released_file_is_refused(tmp_path: Path) -> None:
    file = release(tmp_path)
    file.write_text(file.read_text().replace("best efforts", "good efforts"))
    (error,) = check(tmp_path)
    assert (error.file, error.line) == ("matchmaking/1.0.0.md", 1)
    assert "was changed" in error.reason


def test_a_released_file_that_is_gone_is_missed(tmp_path: Path) -> None:
    release(tmp_path)
    newer = release(tmp_path, "1.1.0")
    newer.unlink()
    (error,) = check(tmp_path)
    assert error.file == "matchmaking/CHECKSUMS"
    assert "1.1.0.md is gone" in error.reason


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        (
            "    {#search-close} It owes no result.",
            "    1. {#search-close} It owes no result.",
            "{#search-close}",
            "is a para in 1.0.0 and a clause here",
        ),
        (
            (
                "**Form.** A Partner Request states the need, the sector and the date by which an "
                "answer is wanted."
            ),
            (
                "**Insurance.** Every supplier keeps adequate cover against accidents in transport "
                "and storage."
            ),
            "{#request-form}",
            "about something else in 1.0.0",
        ),
    ],
)
def test_an_id_used_for_something_else_is_refused(
    tmp_path: Path, old: str, new: str, at: str, reason: str
) -> None:
    release(tmp_path)
    text = MATCHMAKING.replace(old, new)
    assert text != MATCHMAKING
    release(tmp_path, "1.1.0", text)
    (error,) = check(tmp_path)
    assert (error.file, error.line) == ("matchmaking/1.1.0.md", line_of(text, at))
    assert reason in error.reason


def test_an_id_given_up_does_not_come_back(tmp_path: Path) -> None:
    release(tmp_path)
    release(tmp_path, "1.1.0", MATCHMAKING.replace("    {#search-close} It owes no result.\n", ""))
    assert check(tmp_path) == ()
    release(tmp_path, "1.2.0")
    (error,) = check(tmp_path)
    assert (error.file, "was given up" in error.reason) == ("matchmaking/1.2.0.md", True)


def test_a_rewritten_clause_keeps_its_id(tmp_path: Path) -> None:
    release(tmp_path)
    text = MATCHMAKING.replace("A Partner Request states the need", "A request says what is needed")
    release(tmp_path, "1.1.0", text)
    assert check(tmp_path) == ()


def test_every_bad_file_is_reported_and_the_good_ones_still_read(tmp_path: Path) -> None:
    release(tmp_path)
    place = tmp_path / "matchmaking"
    place.joinpath("1.1.0.md").write_text(MATCHMAKING)
    place.joinpath("1.2.0.md").write_bytes(b"+++\n\xff\n")
    place.joinpath("1.3.0.md").write_text(MATCHMAKING.replace("1.0.0", "1.3.0", 1))
    errors = {error.file: error.reason for error in check(tmp_path)}
    assert set(errors) == {f"matchmaking/1.{minor}.0.md" for minor in (1, 2, 3)}
    assert "belongs in matchmaking/1.0.0.md" in errors["matchmaking/1.1.0.md"]
    assert "not written in UTF-8" in errors["matchmaking/1.2.0.md"]
    assert "no 1.3.0.risks.toml" in errors["matchmaking/1.3.0.md"]
    with pytest.raises(TemplateError):
        library(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no such folder"):
        check(tmp_path / "none")


def test_a_list_of_sums_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    release(tmp_path)
    sums = tmp_path / "matchmaking" / "CHECKSUMS"
    sums.write_text("no sum at all\n" + "0" * 64 + "  ../outside.md\n")
    assert [(error.file, error.line) for error in check(tmp_path)] == [
        ("matchmaking/CHECKSUMS", 1),
        ("matchmaking/CHECKSUMS", 2),
    ]
    sums.write_bytes(b"\xff")
    (error,) = check(tmp_path)
    assert "not written in UTF-8" in error.reason


def test_a_folder_without_sums_is_not_released_yet(tmp_path: Path) -> None:
    release(tmp_path)
    (tmp_path / "matchmaking" / "CHECKSUMS").unlink()
    assert check(tmp_path) == ()

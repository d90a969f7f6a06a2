"""The pages of help."""

import re

import pytest

from app.web import guide
from tests.house import catalogues

PAGES = sorted(file.stem for file in guide.FOLDER.glob("*.md"))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_help_is_open_to_anyone(client, name):
    answer = client.get(f"/help/{name}")
    assert answer.status_code == 200
    assert "<h1>" in answer.text and "# " not in answer.text
    assert "<h4" not in answer.text and "<br" not in answer.text


@pytest.mark.parametrize("language", catalogues.languages())
@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_help_is_there_in_every_language(client, language, name):
    english = client.get(f"/help/{name}").text
    asked = client.get(f"/help/{name}", headers={"Accept-Language": language}).text
    title = re.compile(r"<h1>(.*?)</h1>")
    assert title.search(asked)[1] != title.search(english)[1]
    for part in ("<h2", "<tr", "<li", "<code"):
        assert asked.count(part) == english.count(part), part


def test_a_page_that_is_not_translated_is_in_english_and_says_so(client, tmp_path, monkeypatch):
    (tmp_path / "only.md").write_text("# Only here\n\nIn English.\n", encoding="utf-8")
    monkeypatch.setattr(guide, "FOLDER", tmp_path)
    answer = client.get("/help/only", headers={"Accept-Language": "pl"}).text
    assert "<h1>Only here</h1>" in answer
    assert '<div lang="en">' in answer


def test_what_is_no_page_of_help_is_not_found(client):
    assert client.get("/help/nothing").status_code == 404
    assert client.get("/help/..").status_code == 404


def test_the_footer_leads_to_pages_that_exist(client):
    text = client.get("/help/keyboard").text
    for name in ("accessibility", "keyboard", "record"):
        assert f'href="/help/{name}"' in text

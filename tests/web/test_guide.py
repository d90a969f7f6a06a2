"""The pages of help."""

import pytest

from app.web.guide import FOLDER


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.md")))
def test_every_page_of_help_is_open_to_anyone(client, name):
    answer = client.get(f"/help/{name}")
    assert answer.status_code == 200
    assert "<h1>" in answer.text and "# " not in answer.text
    assert "<h4" not in answer.text and "<br" not in answer.text


def test_what_is_no_page_of_help_is_not_found(client):
    assert client.get("/help/nothing").status_code == 404
    assert client.get("/help/..").status_code == 404


def test_the_footer_leads_to_pages_that_exist(client):
    text = client.get("/help/keyboard").text
    for name in ("accessibility", "keyboard", "record"):
        assert f'href="/help/{name}"' in text

"""Files of pages: kept for ever under an address that changes with any of them."""

import re
from urllib.parse import urljoin

from app.http import assets


def test_files_under_the_address_of_their_state_are_kept_for_ever(client, app):
    with app.test_request_context():
        address = assets.address("icon.svg")
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/icon.svg").headers.get("Cache-Control", "")


def test_a_page_of_yesterday_gets_the_file_but_does_not_keep_it(client):
    answer = client.get("/static/-/0123456789ab/icon.svg")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers.get("Cache-Control", "")
    assert client.get("/static/-/0123456789ab/../../pyproject.toml").status_code == 404


def test_the_state_changes_with_any_file(tmp_path):
    (tmp_path / "a.css").write_text("one")
    before = assets.state_of(tmp_path)
    (tmp_path / "a.css").write_text("two")
    after = assets.state_of(tmp_path)
    (tmp_path / "b.css").write_text("")
    assert len({before, after, assets.state_of(tmp_path)}) == 3


def test_what_a_script_names_has_the_address_the_page_has_announced(client):
    page = client.get("/sign-in").text
    announced = set(re.findall(r'<link rel="modulepreload" href="([^"]+)"', page))
    [site] = re.findall(r'<script type="module" src="([^"]+)"', page)
    named = re.findall(r'import "([^"]+)"', client.get(site).text)
    assert named and {urljoin(site, one) for one in named} < announced


def test_the_font_that_a_page_announces_is_the_one_its_style_names(client):
    page = client.get("/sign-in").text
    [font] = re.findall(r'<link rel="preload" href="([^"]+)"', page)
    [tokens] = re.findall(r'href="([^"]+/tokens.css)"', page)
    fonts = re.findall(r'url\("([^"]+)"\)', client.get(tokens).text)
    assert font in {urljoin(tokens, one) for one in fonts}

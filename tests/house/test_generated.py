"""The generated pages of docs/ are up to date."""

import pytest

from tests.house.generated import PAGES
from tests.house.source import ROOT


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_what_the_code_says(path):
    assert (ROOT / path).read_text(encoding="utf-8") == PAGES[path](), "run: python3 dev.py docs"

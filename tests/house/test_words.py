"""What must not stand in the source, and what must."""

import ast
import re

from app.settings import Settings
from tests.house.source import ROOT, modules, name_of, tree_of

TEXTS = ("*.md", "*.toml", "*.html", "*.css", "*.js", "*.txt", "*.mako", "*.in")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplemented)\b")
OWN_LISTS = {"tests/house/test_words.py", "pyproject.toml"}


def own_files():
    """Every text file that we wrote."""
    yield from (ROOT / name for name in ("dev.py", "wsgi.py"))
    for folder in ("app", "tests", "migrations", "benchmarks", "campaign"):
        yield from modules(folder)
        for pattern in TEXTS[2:]:
            yield from (ROOT / folder).rglob(pattern)
    for folder in ("docs", "agreement_templates", "requirements"):
        for pattern in TEXTS:
            yield from (ROOT / folder).rglob(pattern)
    yield from (file for pattern in TEXTS for file in ROOT.glob(pattern))


def test_nothing_is_left_for_later():
    found = [
        name_of(file)
        for file in own_files()
        if name_of(file) not in OWN_LISTS and UNFINISHED.search(file.read_text(encoding="utf-8"))
    ]
    assert not found


def test_no_file_names_where_packages_come_from():
    hosts = re.compile(r"https?://[^\s)\"']*(pypi|pythonhosted|npmjs|registry)[^\s)\"']*")
    for file in own_files():
        if name_of(file) not in OWN_LISTS:
            assert not hosts.search(file.read_text(encoding="utf-8")), name_of(file)


def test_every_module_says_what_it_is_for():
    silent = [name_of(file) for file in modules() if not ast.get_docstring(tree_of(file))]
    assert not silent


def test_templates_keep_to_the_policy():
    """No inline style, no inline script, no handler in an attribute, nothing from elsewhere."""
    forbidden = re.compile(
        r"""\sstyle\s*=|\son(?!e\b)[a-z]+\s*=\s*["']|<style|<script(?![^>]*\ssrc=)|\|\s*safe\b"""
        r"""|(src|href)\s*=\s*["'](https?:)?//""",
        re.IGNORECASE,
    )
    for file in (ROOT / "app" / "web" / "templates").rglob("*.html"):
        found = forbidden.search(file.read_text(encoding="utf-8"))
        assert not found, f"{name_of(file)}: {found[0]}"


def test_every_setting_is_documented():
    told = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`CONCORDAT_{name.upper()}`" in told, name

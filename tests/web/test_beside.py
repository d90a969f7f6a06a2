"""Two texts side by side: each side holds its own words, and only its own changes."""

import re

from app.domain import redline
from app.domain.clauses import Clause, Kind, Place
from app.formats import redline_html
from app.web.beside import rows_of
from tests.factories.agreements import TREE


def rows(new):
    line = redline.build(TREE, new)
    return {(row.key, row.old is None): row for row in rows_of(line, redline_html.shown(line))}


def plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", re.sub(r'<span class="vh">[^<]*</span>', "", html))


def test_each_side_reads_as_its_text():
    new = TREE.replace("answer-time", text="A Hub answers a request within 20 working days.")
    row = rows(new)["answer-time", False]
    assert row.is_changed and row.old is not None and row.new is not None
    assert plain(row.old.text) == TREE.find("answer-time").text
    assert plain(row.new.text) == new.find("answer-time").text
    assert "<ins" not in row.old.text and "<del" not in row.new.text


def test_what_comes_goes_or_moves_stands_on_one_side():
    new = TREE.remove("scope-limit").move("ending", Place(None, None))
    new = new.insert(Place("scope", None), Clause("own", Kind.CLAUSE, text="Ours."))
    held = rows(new)
    assert held["scope-limit", False].new is None
    assert held["own", True].new is not None
    assert held["ending", False].old.note == "moved to Article 1"
    assert held["ending", True].new.note == "moved here from Article 3"


def test_what_stays_is_the_same_on_both_sides():
    row = rows(TREE)["answer-form", False]
    assert not row.is_changed
    assert row.old == row.new

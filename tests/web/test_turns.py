"""From change to change: each leads to the next, and the last to the first."""

import re

import pytest

from app.domain import redline
from app.domain.clauses import Clause, Kind, Place
from app.queries.reading_room import Reading
from app.web.clauses import Margin, nodes_of
from app.web.turns import turned
from tests.factories.agreements import TREE
from tests.factories.people import make_workspace
from tests.factories.versions import two_versions


@pytest.fixture
def told(app):
    """How many changes are counted, and at which nodes, once the text is `new`."""
    with app.app_context():
        yield _told


def _told(new):
    line = redline.build(TREE, new)
    reading = Reading("all", TREE, line, None, None, (), (), frozenset(), {}, {})
    nodes, count = turned(nodes_of(reading, Margin({}, {})), line.nodes)

    def walk(held):
        for node in held:
            yield node
            yield from walk(node.children)

    return count, [node.key for node in walk(nodes) if "turn" in node.moved_html]


def test_nothing_changes_nothing(told):
    assert told(TREE) == (0, [])


def test_each_change_is_counted_once(told):
    new = TREE.replace("answer-time", text="At once.").remove("scope-limit")
    new = new.insert(
        Place(None, "ending"),
        Clause("own", Kind.CLAUSE, "Own", children=(Clause("own-1", Kind.CLAUSE, text="One."),)),
    )
    assert told(new) == (3, ["scope-limit", "answer-time", "own"])


def test_a_moved_clause_is_one_change_at_its_new_place(told):
    assert told(TREE.move("ending", Place(None, None))) == (1, ["ending-to-1"])


@pytest.fixture
def room(session, client, sign_in):
    make_workspace()
    case = two_versions()
    sign_in(client, case.people["Lille"])
    return f"/agreements/{case.agreement.slug}/compare?from=1&to=2"


def test_the_page_leads_from_change_to_change_without_script(client, room):
    text = client.get(room).text
    assert "Where the text changes" in text
    assert re.findall(r"Change (\d) of 3", text) == ["1", "2", "3"]
    for key in re.findall(r'class="turn"><a href="#(c-[\w-]+)"', text):
        assert f'id="{key}"' in text


def test_two_versions_stand_side_by_side(client, room):
    text = client.get(f"{room}&show=beside").text
    assert '<table class="both">' in text
    assert "Side by side" in text
    old, new = re.search(
        r'id="c-answer-time"><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', text
    ).groups()
    assert "<del" in old and "<ins" not in old
    assert "<ins" in new and "<del" not in new

"""A text in blocks: whole together, in parts of bounded size, and no clause twice or missing."""

import re
from dataclasses import replace

import pytest
from markupsafe import Markup

from app.web import blocks
from app.web.blocks import Block
from app.web.clauses import Node
from app.web.sheets import Places

NOWHERE = Places("", "")
BARE = Node(
    *("", "clause", "", "", Markup(), Markup("Words.")),
    *((), (), (), "", Markup(), Markup(), "", False, False),
)


def article(number: int, clauses: int, words: int = 20) -> Node:
    held = tuple(
        replace(
            BARE,
            key=f"c{number}-{at}",
            label=f"{number}.{at}",
            text_html=Markup("word " * words),
        )
        for at in range(1, clauses + 1)
    )
    return replace(
        BARE,
        key=f"a{number}",
        label=f"Article {number}",
        heading_html=Markup("Matter"),
        text_html=Markup(),
        children=held,
    )


def keys(html: str) -> list[str]:
    return re.findall(r' id="c-([^"]+)"', html)


def walked(nodes) -> list[str]:
    return [key for node in nodes for key in (node.key, *walked(node.children))]


def in_parts(held) -> list[Markup]:
    found, first = [], ""
    while (window := blocks.window_of(held, first)) is not None:
        found.append(window.html)
        first = window.rest
        if not first:
            return found
    raise AssertionError(f"Nothing goes on at {first}.")


@pytest.mark.parametrize("sizes", [[0], [3, 0, 90], [61, 60, 59], [10] * 40, [200]])
def test_every_clause_stands_in_one_block_in_its_order(app, sizes):
    nodes = [article(number, size) for number, size in enumerate(sizes)]
    with app.test_request_context():
        held = list(blocks.blocks_of(nodes, NOWHERE))
    assert keys(blocks.joined(held)) == walked(nodes)
    assert Markup().join(in_parts(held)) == blocks.joined(held)
    assert len({block.key for block in held}) == len(held)


def test_a_large_section_goes_on_in_further_blocks_with_the_same_headings(app):
    part = replace(
        article(1, 0),
        key="part",
        kind="division",
        label="Part I",
        children=tuple(article(number, 20) for number in range(1, 6)),
    )
    with app.test_request_context():
        held = list(blocks.blocks_of([part], NOWHERE))
        whole = list(blocks.blocks_of([replace(part, children=part.children[:2])], NOWHERE))
    assert len(held) == 5
    assert len(whole) == 1
    assert re.findall(r"<h(\d)", blocks.joined(held)) == ["2", "3", "3", "3", "3", "3"]


def test_a_sending_has_room_for_so_much_and_says_where_it_goes_on():
    held = [Block(str(number), Markup("x" * 20_000)) for number in range(5)]
    first = blocks.window_of(held)
    assert first == blocks.Window(Markup("x" * 60_000), "3")
    assert blocks.window_of(held, "3") == blocks.Window(Markup("x" * 40_000), "")
    assert blocks.window_of(held, "9") is None
    assert blocks.window_of([]) == blocks.Window(Markup(), "")


def test_points_of_one_list_stay_together(app):
    points = [replace(BARE, key=name, label=f"({name})") for name in "abc"]
    with app.test_request_context():
        held = list(blocks.blocks_of([article(1, 1), *points, article(2, 1)], NOWHERE))
    assert [block.key for block in held] == ["a1", "a", "a2"]
    assert held[1].html.count("<ol") == 1

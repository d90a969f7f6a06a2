"""A text in blocks: as much of it as is sent at once, and what follows when the reader goes on.

A block is a clause or an article with all that stands below it; what is too large for one block
goes on in the next. Blocks are set one by one, so that a change sets one anew, not the text.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from app.domain.clauses import Kind
from app.kernel.keeping import Shelf
from app.web.clauses import Node
from app.web.rendering import part

ROOM = 48_000
"""How many signs of HTML one sending has, or one block more; about fifty clauses without notes."""

_LARGE = 60
"""A node with more clauses and notes than this goes on in further blocks."""

_NO_HEADS = 0
"""The level below a clause: what stands there is no section."""

_MOST_SIGNS = 4 * 1024 * 1024
_KEPT: Shelf[Markup] = Shelf(_MOST_SIGNS)


@dataclass(frozen=True)
class Block:
    """A stretch of the text as HTML, by the key of its first clause."""

    key: str
    html: Markup


@dataclass(frozen=True)
class Window:
    """The blocks that are sent at once; `rest` is the key of the next one, "" at the end."""

    html: Markup
    rest: str


def blocks_of(nodes: Iterable[Node], places: Hashable, *told: Hashable) -> Iterator[Block]:
    """Set the text; `places` is what clauses/_clause.html asks for as its page.

    `told` is what else the words depend on: the language, the zone and the year of its moments.
    """
    for level, held in _stretches(nodes, 2):
        key = (level, held, places, told)
        kept = _KEPT.get(key)
        if kept is None:
            kept = part("clauses/_clause.html", "text", held, places, level)
            _KEPT.put(key, kept, len(kept))
        yield Block(held[0].key, kept)


def window_of(blocks: Sequence[Block], first: str = "") -> Window | None:
    """As many blocks as one sending has, from the named one on; None where there is no such."""
    at = next((at for at, block in enumerate(blocks) if not first or block.key == first), None)
    if at is None:
        return None if first else Window(Markup(), "")
    sent = 0
    for end in range(at, len(blocks)):
        if sent >= ROOM:
            return Window(joined(blocks[at:end]), blocks[end].key)
        sent += len(blocks[end].html)
    return Window(joined(blocks[at:]), "")


def joined(blocks: Iterable[Block]) -> Markup:
    """The blocks as one HTML."""
    return Markup().join(block.html for block in blocks)


def _stretches(nodes: Iterable[Node], level: int) -> Iterator[tuple[int, tuple[Node, ...]]]:
    """What is set at once with the level of its headings; points of one list stay together."""
    points: list[Node] = []
    for node in nodes:
        if _is_point(node):
            points.append(node)
            continue
        if points:
            yield level, tuple(points)
            points.clear()
        yield from _shared_out(node, level)
    if points:
        yield level, tuple(points)


def _shared_out(node: Node, level: int) -> Iterator[tuple[int, tuple[Node, ...]]]:
    """A node, or the head of a large section with its first block, then its others."""
    if not node.children or not _has_head(node) or _weight(node) <= _LARGE:
        yield level, (node,)
        return
    below = level + 1 if node.kind in {Kind.ANNEX, Kind.DIVISION} else _NO_HEADS
    (_, first), *others = _stretches(node.children, below)
    yield level, (replace(node, children=first),)
    yield from others


def _has_head(node: Node) -> bool:
    """Whether it is set as a section, as clauses/_clause.html does."""
    if node.kind in {Kind.ANNEX, Kind.DIVISION}:
        return True
    return node.kind == Kind.CLAUSE and bool(node.heading_html)


def _is_point(node: Node) -> bool:
    return node.kind == Kind.BULLET or (node.kind == Kind.CLAUSE and node.label.startswith("("))


def _weight(node: Node) -> int:
    return 1 + len(node.notes) + sum(map(_weight, node.children))

"""A redline cut down to what changes, with the clauses beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.domain.clauses import Kind
from app.domain.redline import Redline, RedlineNode


def excerpt(redline: Redline) -> Redline:
    """The changed clauses, those above them, and the nearest on either side.

    Neither the title nor a division that stays as it is.
    It is for reading: an excerpt can't be accepted or rejected any more.
    """
    return replace(redline, title=(), nodes=tuple(_kept(redline.nodes)))


def folded(redline: Redline) -> Redline:
    """The same redline where what moved is read at its new place only.

    At its old place stands its heading, or its own words where it has none. For reading, too.
    """
    return replace(redline, nodes=tuple(map(_folded, redline.nodes)))


def _folded(node: RedlineNode) -> RedlineNode:
    if node.change == "moved-from":
        return replace(node, text=() if node.heading else node.text, children=())
    return replace(node, children=tuple(map(_folded, node.children)))


def _kept(nodes: Sequence[RedlineNode]) -> Iterator[RedlineNode]:
    own = {at for at, node in enumerate(nodes) if node.change != "same"}
    beside = {near for at in own for near in (at - 1, at + 1)}
    for at, node in enumerate(nodes):
        if node.change not in {"same", "text"}:
            yield node
        elif node.kind is Kind.DIVISION and node.change == "same":
            yield from _kept(node.children)
        elif _is_touched(node.children):
            yield replace(node, children=tuple(_kept(node.children)))
        elif node.change == "text":
            yield node
        elif at in beside:
            yield replace(node, children=())


def _is_touched(nodes: Iterable[RedlineNode]) -> bool:
    return any(node.change != "same" or _is_touched(node.children) for node in nodes)

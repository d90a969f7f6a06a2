"""From change to change: every changed clause of a comparison leads to the one before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from flask_babel import gettext
from markupsafe import Markup

from app.domain.clauses import Kind
from app.domain.redline import RedlineNode
from app.web.clauses import Node

_WHOLE = frozenset({"insert", "delete"})


def turned(nodes: tuple[Node, ...], line: Iterable[RedlineNode]) -> tuple[tuple[Node, ...], int]:
    """The same clauses with "Change 3 of 17" at each change, and how many there are.

    What came or went with all below it is one change; a clause that moved is one, at its new place.
    """
    wanted = frozenset(_changed(line))
    places = [node.key for node in _walk(nodes) if (_bare(node), node.kind) in wanted]
    held = {key: at for at, key in enumerate(places)}
    copies = {_bare(node): node.key for node in _walk(nodes) if node.is_copy}

    def marked(node: Node) -> Node:
        children = tuple(marked(child) for child in node.children)
        if _has_left(node) and node.key in copies:
            there = node.moved_html.replace(f'"#c-{node.key}"', f'"#c-{copies[node.key]}"')
            return replace(node, children=children, moved_html=Markup(there))  # noqa: S704
        if node.key not in held:
            return replace(node, children=children)
        turn = _turn(places, held[node.key])
        return replace(node, children=children, moved_html=turn + node.moved_html)

    return tuple(marked(node) for node in nodes), len(places)


def _changed(nodes: Iterable[RedlineNode]) -> Iterator[tuple[str, str]]:
    """Key and kind of every change; of a row, its table's."""
    for node in nodes:
        holds = any(child.kind is Kind.ROW and child.change != "same" for child in node.children)
        is_own = node.change not in {"same", "moved-from"} and node.kind is not Kind.ROW
        if holds or is_own:
            yield node.key, str(node.kind)
        if node.change not in _WHOLE:
            yield from _changed(node.children)


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every clause that has a place on the page; where one moved away from, its words are gone."""
    seen: set[str] = set()
    for node in nodes:
        if not _has_left(node) and node.key not in seen:
            seen.add(node.key)
            yield node
        yield from _walk(node.children)


def _bare(node: Node) -> str:
    return node.key.rpartition("-to-")[0] if node.is_copy else node.key


def _has_left(node: Node) -> bool:
    return not node.change and 'class="xref"' in node.moved_html


def _turn(places: list[str], at: int) -> Markup:
    before = places[at - 1] if at else places[-1]
    after = places[at + 1] if at + 1 < len(places) else places[0]
    return Markup(
        '<span class="turn"><a href="#c-{}" aria-label="{}">‹</a> '
        "<span>{}</span> "
        '<a href="#c-{}" aria-label="{}">›</a></span> '
    ).format(
        before,
        gettext("The change before"),
        gettext("Change %(number)s of %(all)s", number=at + 1, all=len(places)),
        after,
        gettext("The next change"),
    )

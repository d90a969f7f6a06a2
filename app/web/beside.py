"""A comparison side by side: every clause as it read on the left, as it reads now on the right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext
from markupsafe import Markup

from app.domain.clauses import Kind
from app.domain.redline import Change, Part, Redline, RedlineNode
from app.formats import redline_html
from app.formats.redline_html import Shown

_NOTHING = Markup()


@dataclass(frozen=True)
class Side:
    """A clause on one side: its number there and its words; `note` says where else it stands.

    The heading of a definition is its term, which the sentence goes on from.
    """

    label: str
    heading: Markup
    text: Markup
    note: str = ""
    is_term: bool = False


@dataclass(frozen=True)
class Row:
    """One clause on both sides; a side where it is not is None."""

    key: str
    depth: int
    is_heading: bool
    is_changed: bool
    old: Side | None
    new: Side | None


def rows_of(line: Redline, how: Shown) -> tuple[Row, ...]:
    """The clauses of a redline in reading order, what goes before what comes in its place."""
    return tuple(_rows(line.nodes, how, 0))


def _rows(nodes: Iterable[RedlineNode], how: Shown, depth: int) -> Iterator[Row]:
    for node in nodes:
        yield Row(
            key=node.key,
            depth=min(depth, 4),
            is_heading=bool(node.heading) and not node.text,
            is_changed=node.change != "same",
            old=None if node.change in {"insert", "moved-to"} else _side(node, how, is_old=True),
            new=None if node.change in {"delete", "moved-from"} else _side(node, how, is_old=False),
        )
        yield from _rows(node.children, how, depth + (node.kind is not Kind.DIVISION))


def _side(node: RedlineNode, how: Shown, *, is_old: bool) -> Side:
    label = node.old_label if is_old else node.new_label
    note = ""
    if node.change == "moved-from" and node.new_label:
        note = gettext("moved to %(place)s", place=node.new_label.full or gettext("another place"))
    elif node.change == "moved-to" and node.old_label:
        place = node.old_label.full or gettext("another place")
        note = gettext("moved here from %(place)s", place=place)
    told = [node.by] if node.heading and node.change in {"insert", "delete"} else []
    is_filled = node.kind is Kind.GENERATED
    return Side(
        label=label.own if label else "",
        heading=_words(node.heading, how, is_old=is_old),
        text=_NOTHING if is_filled else _words(node.text, how, told, is_old=is_old),
        note=note,
        is_term=node.kind is Kind.DEFINITION,
    )


def _words(
    parts: Iterable[Part], how: Shown, told: Iterable[tuple[int, ...]] = (), *, is_old: bool
) -> Markup:
    """The words of one side, with its own changes marked; `told` are tags the reader has seen."""
    other = "+" if is_old else "-"
    kept = [
        Change("=", part.was, part.was) if is_old and part.op == "=" else part
        for part in parts
        if isinstance(part, Change) and part.op != other
    ]
    return redline_html.words(kept, how, told=told) if kept else _NOTHING

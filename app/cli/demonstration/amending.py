"""From changes as the material writes them to operations on a text."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain import operations as ops
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import Operation
from app.kernel.errors import Invalid


def operations(tree: ClauseTree, changes: Iterable[Mapping[str, Any]]) -> tuple[Operation, ...]:
    """The operations that a list of changes stands for, written against `tree`.

    A change is {clause, replace, with} (words that stand there once), {clause, add} (words at the
    end), {clause, text}, {clause, heading}, {delete}, {move, parent, after} or {insert, parent,
    after, heading, text, below}. Raises Invalid where one doesn't fit the text.
    """
    return tuple(_operation(tree, change) for change in changes)


def _operation(tree: ClauseTree, change: Mapping[str, Any]) -> Operation:
    if "delete" in change:
        return ops.delete_clause(tree, change["delete"])
    if "move" in change:
        return ops.MoveClause(change["move"], change.get("parent"), change.get("after"))
    if "insert" in change:
        node = _node(change["insert"], change)
        return ops.InsertClause(change.get("parent"), change.get("after"), node)
    key = change["clause"]
    if "heading" in change:
        return ops.set_heading(tree, key, change["heading"])
    return ops.replace_text(tree, key, _words(tree.find(key), change))


def _words(node: Clause, change: Mapping[str, Any]) -> str:
    if "text" in change:
        return str(change["text"])
    if "add" in change:
        return f"{node.text} {change['add']}"
    if node.text.count(change["replace"]) != 1:
        raise Invalid(
            "{words!r} doesn't stand once in {key}.", words=change["replace"], key=node.key
        )
    return node.text.replace(change["replace"], change["with"])


def _node(key: str, change: Mapping[str, Any]) -> Clause:
    below = tuple(
        _node(f"{key}-{at}", told) for at, told in enumerate(change.get("below", ()), start=1)
    )
    return Clause(
        key,
        Kind(change.get("kind", "clause")),
        change.get("heading", ""),
        change.get("text", ""),
        below,
    )

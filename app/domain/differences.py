"""The operations that lead from one text to another."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from app.domain import placement, text_diff
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    SetHeading,
)
from app.kernel.errors import Invalid


def between(old: ClauseTree, new: ClauseTree) -> tuple[Operation, ...]:
    """The operations that lead from one text to another, clause by clause by their keys.

    Titles, languages and numbering styles are not compared. Raises Invalid where a clause changed
    its kind or the number it was given: only a new clause can have another.
    """
    words = [step for key in reworded(old, new) for step in rewordings(old, new.nodes[key])]
    return (*words, *placed(old, new))


def reworded(old: ClauseTree, new: ClauseTree) -> list[str]:
    """The clauses of both texts that are not the same themselves, in the order of the new."""
    before = old.nodes
    return [
        key
        for key, node in new.nodes.items()
        if (was := before.get(key)) is not None and was is not node and _own(was) != _own(node)
    ]


def placed(old: ClauseTree, new: ClauseTree) -> tuple[Operation, ...]:
    """The part of `between` that lets clauses go, come and stand elsewhere."""
    kept = frozenset(old.nodes) & frozenset(new.nodes)
    found: list[Operation] = [
        DeleteClause(key, node.subtree_hash)
        for key, node in old.nodes.items()
        if key not in kept and (old.parents[key] is None or old.parents[key] in kept)
    ]
    stays = _staying(old, new, kept)
    before = _neighbours(new)
    for key, node in new.nodes.items():
        if key in stays:
            continue
        parent = new.parents[key]
        if key in kept:
            found.append(MoveClause(key, parent, before[key]))
        elif parent is None or parent in kept:
            found.append(InsertClause(parent, before[key], _without(node, kept)))
    return tuple(found)


def _own(node: Clause) -> tuple[str, str, Kind, str | None]:
    return (node.heading, node.text, node.kind, node.number)


def rewordings(old: ClauseTree, node: Clause) -> Iterator[ReplaceText | SetHeading]:
    """What gives a clause of the old text the words that the node has. Raises as `between`."""
    before = old.nodes[node.key]
    if (before.kind, before.number) != (node.kind, node.number):
        raise Invalid("Clause {key} can't become something of another kind.", key=node.key)
    if before.text != node.text:
        found = text_diff.edits(before.text, node.text, verbatim=node.kind is Kind.VERBATIM)
        yield ReplaceText(node.key, before.node_hash, node.text, found)
    if before.heading != node.heading:
        yield SetHeading(node.key, before.node_hash, node.heading)


def _staying(old: ClauseTree, new: ClauseTree, kept: frozenset[str]) -> frozenset[str]:
    """The kept clauses that need no move: the longest run in order of each parent's children."""
    found: set[str] = set()
    held = [(old.clauses, new.clauses)]
    held += [
        (old.nodes[key].children, node.children)
        for key, node in new.nodes.items()
        if node.children and key in kept
    ]
    for before, after in held:
        order = {child.key: at for at, child in enumerate(before)}
        here = [child.key for child in after if child.key in order]
        if all(order[a] < order[b] for a, b in pairwise(here)):
            found.update(here)
        else:
            places = placement.rising([order[key] for key in here])
            found.update(here[at] for at in places)
    return frozenset(found)


def _neighbours(tree: ClauseTree) -> dict[str, str | None]:
    """The sibling before each clause."""
    return {
        child.key: siblings[at - 1].key if at else None
        for siblings in (tree.clauses, *[node.children for node in tree.nodes.values()])
        for at, child in enumerate(siblings)
    }


def _without(node: Clause, kept: frozenset[str]) -> Clause:
    children = tuple(_without(child, kept) for child in node.children if child.key not in kept)
    return replace(node, children=children)

"""A redline: two texts in one, clause by clause and word by word, with who proposed what.

It is built once and shown many ways: on a page, in a Word file, as JSON. Rejecting everything in it
gives exactly the old text, accepting everything exactly the new one, and none leaves this module
for which that is not so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain import placement, prose
from app.domain.changes import (
    Author,
    Change,
    Either,
    NodeChange,
    Part,
    Redline,
    RedlineNode,
    accept_all,
    cells,
    compare,
    gives_new,
    gives_old,
    new_words,
    old_words,
    prose_of,
    reject_all,
)
from app.domain.clauses import Clause, ClauseTree
from app.domain.numbering import Label, labels
from app.domain.overlay import overlay
from app.kernel.collecting import collecting_nothing

__all__ = [
    "Author", "Change", "Either", "NodeChange", "Part", "Redline", "RedlineNode", "accept_all",
    "build", "cells", "compare", "new_words", "old_words", "overlay", "reject_all",
]  # fmt: skip


@collecting_nothing()
def build(
    old: ClauseTree,
    new: ClauseTree,
    by: Sequence[int] = (),
    authors: Mapping[int, Author] | None = None,
) -> Redline:
    """Compare two texts of one agreement, node by node of the same key.

    `by` are the numbers of the authors to whom all changes are put down.
    """
    comparison = _Comparison(old, new, labels(old), labels(new), tuple(by))
    redline = Redline(
        title=compare(prose.escape(old.title), prose.escape(new.title), tuple(by)),
        nodes=comparison.merged(old.clauses, new.clauses),
        language=new.language,
        numbering=new.numbering,
        old_language=old.language,
        old_numbering=old.numbering,
        labels=comparison.new_labels,
        old_labels=comparison.old_labels,
        authors=authors or {},
    )
    if not gives_new(redline, new):
        raise AssertionError("Accepting all changes of a redline didn't give the new text.")
    if not gives_old(redline, old):
        raise AssertionError("Rejecting all changes of a redline didn't give the old text.")
    return redline


@dataclass(frozen=True)
class _Comparison:
    old: ClauseTree
    new: ClauseTree
    old_labels: Mapping[str, Label]
    new_labels: Mapping[str, Label]
    by: tuple[int, ...]

    def merged(
        self, old_nodes: Sequence[Clause], new_nodes: Sequence[Clause]
    ) -> tuple[RedlineNode, ...]:
        """Two lists of siblings in one: what goes stands before what comes in its place."""
        if not (old_nodes or new_nodes):
            return ()
        kept = _chain([node.key for node in old_nodes], [node.key for node in new_nodes])
        found: list[RedlineNode] = []
        position = 0
        for node in new_nodes:
            if node.key not in kept:
                found.append(self.come(node))
                continue
            while old_nodes[position].key != node.key:
                found.append(self.gone(old_nodes[position]))
                position += 1
            found.append(self.both(old_nodes[position], node, "same"))
            position += 1
        found += [self.gone(node) for node in old_nodes[position:]]
        return _goers_first(found)

    def both(self, old: Clause, new: Clause, change: NodeChange) -> RedlineNode:
        """A node that is in both texts."""
        if change == "same" and not _is_kept(old, new):
            change = "text"
        return RedlineNode(
            key=new.key,
            kind=new.kind,
            number=new.number,
            change=change,
            old_label=self.old_labels[old.key],
            new_label=self.new_labels[new.key],
            heading=compare(old.heading, new.heading, self.by),
            text=compare(prose_of(old), prose_of(new), self.by),
            children=self.merged(old.children, new.children),
            by=() if change == "same" else self.by,
            old_kind=old.kind,
            old_number=old.number,
        )

    def come(self, node: Clause) -> RedlineNode:
        """A node that stands here in the new text only: new, or moved here."""
        if node.key in self.old.nodes:
            return self.both(self.old.find(node.key), node, "moved-to")
        return RedlineNode(
            key=node.key,
            kind=node.kind,
            number=node.number,
            change="insert",
            old_label=None,
            new_label=self.new_labels[node.key],
            heading=compare("", node.heading, self.by),
            text=compare("", prose_of(node), self.by),
            children=self.merged((), node.children),
            by=self.by,
            old_kind=node.kind,
            old_number=node.number,
        )

    def gone(self, node: Clause) -> RedlineNode:
        """A node that stands here in the old text only: deleted, or moved away."""
        moved = node.key in self.new.nodes
        children = (
            tuple(self.gone(child) for child in node.children)
            if moved
            else self.merged(node.children, ())
        )
        return RedlineNode(
            key=node.key,
            kind=node.kind,
            number=node.number,
            change="moved-from" if moved else "delete",
            old_label=self.old_labels[node.key],
            new_label=self.new_labels[node.key] if moved else None,
            heading=compare(node.heading, "", self.by),
            text=compare(prose_of(node), "", self.by),
            children=children,
            by=self.by,
            old_kind=node.kind,
            old_number=node.number,
        )


def _is_kept(old: Clause, new: Clause) -> bool:
    return (
        old.text == new.text
        and old.heading == new.heading
        and old.kind is new.kind
        and old.number == new.number
    )


def _goers_first(nodes: list[RedlineNode]) -> tuple[RedlineNode, ...]:
    """Between two nodes that stay, first all that goes, then all that comes."""
    found: list[RedlineNode] = []
    coming: list[RedlineNode] = []
    for node in nodes:
        if node.change in {"insert", "moved-to"}:
            coming.append(node)
            continue
        if node.change not in {"delete", "moved-from"}:
            found += coming
            coming = []
        found.append(node)
    return (*found, *coming)


def _chain(old_keys: Sequence[str], new_keys: Sequence[str]) -> frozenset[str]:
    """The most keys that stand in both lists in the same order."""
    if old_keys == new_keys:
        return frozenset(new_keys)
    places = {key: place for place, key in enumerate(old_keys)}
    shared = [key for key in new_keys if key in places]
    return frozenset(shared[at] for at in placement.rising([places[key] for key in shared]))

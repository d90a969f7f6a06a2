"""Which clauses one text has changed against another, by name; without comparing words."""

from dataclasses import dataclass
from typing import Literal

from app.domain.clauses import Clause, ClauseTree

What = Literal["new", "reworded", "deleted"]


@dataclass(frozen=True)
class ChangedClause:
    """One clause of the newer text, or of the older where it is deleted there."""

    key: str
    what: What


def changed_clauses(old: ClauseTree, new: ClauseTree) -> tuple[ChangedClause, ...]:
    """The clauses that came or read otherwise, in reading order, then those that went.

    Of a branch that came or went as a whole only its top is named.
    """
    before = {node.key: node for node in old.walk()}
    after = {node.key: node for node in new.walk()}
    came = [
        ChangedClause(key, "reworded" if key in before else "new")
        for key, node in after.items()
        if (key in before and _reads_otherwise(before[key], node))
        or (key not in before and not _came_with_its_parent(new, key, before))
    ]
    went = [
        ChangedClause(key, "deleted")
        for key in before
        if key not in after and not _came_with_its_parent(old, key, after)
    ]
    return (*came, *went)


def _reads_otherwise(old: Clause, new: Clause) -> bool:
    return (old.heading, old.text) != (new.heading, new.text)


def _came_with_its_parent(tree: ClauseTree, key: str, elsewhere: dict[str, Clause]) -> bool:
    parent = tree.parents[key]
    return parent is not None and parent not in elsewhere

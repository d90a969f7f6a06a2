"""Where a negotiated text deviates from its template, and a specific agreement from its framework.

Clauses are known by their keys. What only follows from something else is not told again: a new
article is one deviation, not one for each of its clauses.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.domain import redline
from app.domain.changes import Redline, RedlineNode
from app.domain.clauses import Clause, ClauseTree, Kind

Way = Literal["changed", "deleted", "added", "moved"]
_THROUGH = frozenset({Kind.DIVISION, Kind.ANNEX})
_SILENT = frozenset({Kind.RECITAL, Kind.GENERATED, Kind.ROW, Kind.PARA})


@dataclass(frozen=True)
class Deviation:
    """One clause that is not as the template has it; a new or deleted one with all below it."""

    way: Way
    node: RedlineNode
    mandatory: bool

    @property
    def key(self) -> str:
        """The clause."""
        return self.node.key


@dataclass(frozen=True)
class Deviations:
    """A text against its template: how many clauses stand as they are there, and all others."""

    unchanged: int
    found: tuple[Deviation, ...]
    redline: Redline

    def of(self, way: Way) -> tuple[Deviation, ...]:
        """Those of one way that touch nothing the template wants to stay."""
        return tuple(one for one in self.found if one.way == way and not one.mandatory)

    @property
    def mandatory(self) -> tuple[Deviation, ...]:
        """Those that touch a clause the template wants to stay as it is."""
        return tuple(one for one in self.found if one.mandatory)


@dataclass(frozen=True)
class Pair:
    """A clause that framework and specific agreement both have, each in its own words."""

    key: str
    framework: Clause
    specific: Clause
    mandatory: bool


@dataclass(frozen=True)
class Departures:
    """A specific agreement beside its framework.

    `pairs` are the subjects on which it says something else, `same` counts those on which it says
    the same, `silent` the clauses of the framework it does not speak of, so that they apply.
    """

    pairs: tuple[Pair, ...]
    same: int
    silent: int


def deviations(
    template: ClauseTree, text: ClauseTree, mandatory: Collection[str] = frozenset()
) -> Deviations:
    """Compare a text with its template, both with the same answers in their blanks.

    `mandatory` are the clauses the template wants to stay; what stands below one belongs to it.
    """
    wanted = replace(_bare(template), title="")
    line = redline.build(wanted, replace(_bare(text), title=""))
    kept = frozenset(mandatory)
    guarded = {
        node.key
        for tree in (wanted, text)
        for key in kept & tree.nodes.keys()
        for node in tree.find(key).walk()
    }
    found = tuple(_found(line.nodes, guarded))
    touched = {node.key for one in found for node in _reach(one)}
    return Deviations(sum(key not in touched for key in wanted.nodes), found, line)


def departures(
    framework: ClauseTree, specific: ClauseTree, mandatory: Collection[str] = frozenset()
) -> Departures:
    """Set a specific agreement beside its framework, subject by subject.

    Recitals, tables and closing words are no rules. An article is compared as a whole, definitions
    one by one.
    """
    pairs: list[Pair] = []
    same = 0
    met: set[str] = set()
    for node in _subjects(specific.clauses, framework):
        theirs = framework.find(node.key)
        met.update(one.key for one in theirs.walk())
        if _says(theirs) == _says(node):
            same += 1
            continue
        touches = any(one.key in mandatory for one in theirs.walk())
        pairs.append(Pair(node.key, theirs, node, touches))
    rules = [node for node in framework.walk() if node.text and node.kind not in _SILENT]
    pairs.sort(key=lambda pair: not pair.mandatory)
    return Departures(tuple(pairs), same, sum(node.key not in met for node in rules))


def _subjects(nodes: Iterable[Clause], framework: ClauseTree) -> Iterator[Clause]:
    """The topmost clauses that the framework has, too."""
    for node in nodes:
        known = framework.nodes.get(node.key)
        defines = any(child.kind is Kind.DEFINITION for child in node.walk()) and node.children
        if known is None or node.kind in _THROUGH or defines:
            yield from _subjects(node.children, framework)
        elif node.kind not in _SILENT and known.kind is node.kind:
            yield node


def _says(node: Clause) -> tuple[object, ...]:
    return (node.heading, node.text, tuple(_says(child) for child in node.children))


def _bare(tree: ClauseTree) -> ClauseTree:
    """The text without what the program itself puts in: the parties of today."""

    def bare(node: Clause) -> Clause:
        if node.kind is Kind.GENERATED:
            return replace(node, children=())
        return replace(node, children=tuple(map(bare, node.children)))

    return replace(tree, clauses=tuple(map(bare, tree.clauses)))


def _found(nodes: Iterable[RedlineNode], guarded: Collection[str]) -> Iterator[Deviation]:
    for node in nodes:
        # A clause that went or came is told with all below it; one that moved, at its new place.
        if node.change == "delete":
            held = any(one.key in guarded for one in _walk(node))
            yield Deviation("deleted", node, held)
            yield from _found(_moved_in(node.children), guarded)
        elif node.change == "insert":
            yield Deviation("added", node, node.key in guarded)
            yield from _found(_moved_in(node.children), guarded)
        elif node.change != "moved-from":
            is_guarded = node.key in guarded
            own = replace(node, children=())
            if node.change == "text":
                yield Deviation("changed", own, is_guarded)
            elif node.change == "moved-to":
                yield Deviation("moved", own, is_guarded)
            yield from _found(node.children, guarded)


def _moved_in(nodes: Iterable[RedlineNode]) -> Iterator[RedlineNode]:
    """Clauses of the template that moved below one that came or went."""
    for node in nodes:
        if node.change == "moved-to":
            yield node
        else:
            yield from _moved_in(node.children)


def _reach(one: Deviation) -> Iterator[RedlineNode]:
    return _walk(one.node) if one.way == "deleted" else iter((one.node,))


def _walk(node: RedlineNode) -> Iterator[RedlineNode]:
    if node.change not in {"moved-from", "moved-to"}:
        yield node
        for child in node.children:
            yield from _walk(child)

r"""What a cross-reference points at, and how much of its label Word can count by itself.

A field `REF … \w` shows the number of a paragraph in full ("4.2(b)"); what stands before that in
the label ("Article ", "Annex C, ") is typed before the field. So the label stays right when a
program counts again. What has no number of its own gets a link instead.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.domain.clauses import Clause, ClauseTree, Kind, Numbering
from app.domain.numbering import Label
from app.formats.docx.numbering_part import MOST_LEVELS


class Target(NamedTuple):
    """A label in two parts: typed words before, and what a field counts ("" where none can)."""

    lead: str
    counted: str


class _Above(NamedTuple):
    """What the numbers of the clauses above add up to; None where Word doesn't count them."""

    depth: int = 0
    counted: str | None = ""
    plain: bool = True


def targets(
    tree: ClauseTree, labels: Mapping[str, Label], otherwise: Mapping[str, Target] | None = None
) -> Mapping[str, Target]:
    """Every node that may be referred to, by its key; worked out for those that are.

    `otherwise`: the targets of nodes that the text has not.
    """
    return _Targets(tree, labels, otherwise or {})


class _Targets(Mapping[str, Target]):
    """The nodes of a text; few of them are ever asked for."""

    def __init__(
        self, tree: ClauseTree, labels: Mapping[str, Label], otherwise: Mapping[str, Target]
    ) -> None:
        self._tree = tree
        self._labels = labels
        self._otherwise = otherwise
        self._held: dict[str, Target] = {}

    def __getitem__(self, key: str) -> Target:
        found = self._held.get(key)
        if found is None:
            node = self._tree.nodes.get(key)
            found = self._of(node) if node else self._otherwise[key]
            self._held[key] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter({**self._tree.nodes, **self._otherwise})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _of(self, node: Clause) -> Target:
        full = self._labels[node.key].full
        counted = self._counted(node.key) if node.kind in _NUMBERED else ""
        if not (counted and full.endswith(counted)):
            return Target(full, "")
        return Target(full.removesuffix(counted), counted)

    def _counted(self, key: str) -> str:
        """What Word shows for a node by itself, "" where it counts none."""
        below = _Above()
        for node in self._tree.path(key):
            below = _counted(node, below, self._tree.numbering, self._labels[node.key].own)
            if node.kind is Kind.ANNEX and node.key != key:
                below = _Above()
        return below.counted or ""


_NUMBERED = frozenset({Kind.CLAUSE, Kind.RECITAL, Kind.ANNEX})


def _counted(node: Clause, above: _Above, style: Numbering, own: str) -> _Above:
    """What Word shows for a node, and what the nodes under it build on."""
    known = node.number is None
    match node.kind:
        case Kind.CLAUSE:
            depth = above.depth + 1
            if not known or not above.plain or above.counted is None or depth > MOST_LEVELS:
                return _Above(depth, None, above.plain)
            alone = depth <= 2 or style is Numbering.DECIMAL
            return _Above(depth, own.rstrip(".") if alone else above.counted + own)
        case Kind.RECITAL | Kind.ANNEX:
            return _Above(0, own if known else None)
        case Kind.DIVISION:
            return above
        case _:
            return _Above(above.depth, above.counted, plain=False)

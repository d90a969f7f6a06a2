r"""What a cross-reference points at, and how much of its label Word can count by itself.

A field `REF … \w` shows the number of a paragraph in full ("4.2(b)"); what stands before that in
the label ("Article ", "Annex C, ") is typed before the field. So the label stays right when a
program counts again. What has no number of its own gets a link instead.
"""

from collections.abc import Iterable, Mapping
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


def targets(tree: ClauseTree, labels: Mapping[str, Label]) -> Mapping[str, Target]:
    """Every node that may be referred to, by its key."""
    found: dict[str, Target] = {}
    _gather(tree.clauses, _Above(), tree.numbering, labels, found)
    return found


def _gather(
    nodes: Iterable[Clause],
    above: _Above,
    style: Numbering,
    labels: Mapping[str, Label],
    found: dict[str, Target],
) -> None:
    for node in nodes:
        below = _counted(node, above, style, labels[node.key].own)
        full = labels[node.key].full
        counted = (below.counted or "") if node.kind in _NUMBERED else ""
        if not (counted and full.endswith(counted)):
            counted = ""
        found[node.key] = Target(full.removesuffix(counted) if counted else full, counted)
        inner = _Above() if node.kind is Kind.ANNEX else below
        _gather(node.children, inner, style, labels, found)


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

"""Clauses that an author inserts and that a newer text holds already, under other keys."""

from collections.abc import Sequence

from app.domain import differences, sides
from app.domain.clauses import Clause, ClauseTree
from app.domain.operations import InsertClause, Operation
from app.domain.placement import Spot
from app.domain.sides import Fingerprint


def twins(given: Sequence[Operation], old: ClauseTree, new: ClauseTree) -> dict[str, str]:
    """The keys of the newer text for clauses that `given` puts into the old one.

    Only the same words at the same place are the same clause, and none stands for two.
    """
    mine = [s for s in given if isinstance(s, InsertClause) and s.clause not in new.nodes]
    if not mine or new.nodes.keys() <= old.nodes.keys():
        return {}
    steps = differences.placed(old, new)
    there = sides.spots_of(steps)
    waiting: dict[tuple[Spot, Fingerprint], list[Clause]] = {}
    for step in steps:
        if isinstance(step, InsertClause):
            words = sides.fingerprint(step.node, {})
            waiting.setdefault((there[step.clause], words), []).append(step.node)
    here = sides.spots_of(given)
    names: dict[str, str] = {}
    for step in mine:
        parent, mark = here[step.clause].parent, here[step.clause].mark
        spot = Spot(names.get(parent or "", parent), names.get(mark or "", mark))
        if held := waiting.get((spot, sides.fingerprint(step.node, names))):
            pairs = zip(step.node.walk(), held.pop(0).walk(), strict=True)
            names |= {own.key: other.key for own, other in pairs}
    return names

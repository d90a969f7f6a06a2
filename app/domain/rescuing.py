"""What stays though all that it could stand in goes: nobody loses a clause they took out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.clauses import MAY_HOLD, Clause
from app.domain.operations import DeleteClause, MoveClause
from app.domain.placement import Spot
from app.domain.structure_table import Table


def keep_what_nobody_lets_go(table: Table) -> None:
    """Let a clause stand where what held it stood, if all who delete that take it out of there.

    It is so where resolutions leave it none of the places to which it was to be taken. One that may
    stand nowhere around (a row without a table) goes.
    """
    if table.result.gone:
        _Search(table).look(table.base.clauses, None, frozenset())


@dataclass(slots=True)
class _Search:
    """The clauses are looked through from above, with who lets go what is held there."""

    table: Table
    placed: set[str] = field(init=False)
    deleters: dict[str, set[int]] = field(default_factory=dict)
    takers: dict[str, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.placed = {key for keys in self.table.result.spots.values() for key in keys}
        for name, step in self.table.steps.items():
            if isinstance(step, MoveClause):
                self.takers.setdefault(step.clause, set()).add(name[0])
            elif isinstance(step, DeleteClause) and self.table.result.stands(name):
                self.deleters.setdefault(step.clause, set()).add(name[0])

    def look(self, nodes: Sequence[Clause], top: str | None, letting: frozenset[int]) -> None:
        """See to clauses below `top`, which goes, and those who let it go with all they left."""
        for node in nodes:
            held, own = top, letting - self.takers.get(node.key, set())
            if held is not None and letting and not own and node.key not in self.placed:
                self._stand_up(node.key, held)
            if node.key in self.placed:
                held, own = None, frozenset()
            if node.key in self.table.result.gone or held is not None:
                held, own = held or node.key, own | self.deleters.get(node.key, set())
            self.look(node.children, held, own)

    def _stand_up(self, key: str, top: str) -> None:
        """Put a clause where `top` stood, or around there where it may stand.

        It comes under a clause that held it, so never under one that was moved below it: that would
        have been a ring.
        """
        base, spots = self.table.base, self.table.result.spots
        mark: str | None = top
        while mark is not None and mark not in self.placed:
            parent = base.parents[mark]
            if (
                base.nodes[key].kind
                in MAY_HOLD[None if parent is None else base.nodes[parent].kind]
            ):
                spots[Spot(parent, mark)] = (*spots.get(Spot(parent, mark), ()), key)
                self.placed.add(key)
                return
            mark = parent

"""Where clauses come to stand when some are inserted, moved and deleted at once.

Every clause that stood in the old text still marks its place there, whether it stays, moves or
goes; what is placed is told by such a mark (`Spot`) or follows another clause placed with it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.clauses import MAY_HOLD, Clause, ClauseTree
from app.kernel.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Spot:
    """The place behind what stood under `parent` as `mark`; None: before all of its children."""

    parent: str | None
    mark: str | None


@dataclass(frozen=True, slots=True)
class Placing:
    """A clause (inserted or moved) is to stand under `parent`, behind `after`."""

    key: str
    parent: str | None
    after: str | None


def chains(placings: Sequence[Placing]) -> dict[Spot, tuple[str, ...]]:
    """What one amendment puts at each spot, in order: clauses that follow each other are a chain.

    Of two at one place the later one stands nearer, as if they were put there one by one. Raises
    Conflict where clauses follow each other in a ring, or one that is put elsewhere.
    """
    placed = {placing.key: placing for placing in placings}
    behind: dict[str, list[str]] = {}
    first: dict[Spot, list[str]] = {}
    for placing in reversed(placings):
        leader = placed.get(placing.after) if placing.after is not None else None
        if leader is None:
            first.setdefault(Spot(placing.parent, placing.after), []).append(placing.key)
        elif leader.parent != placing.parent:
            raise Conflict("The clause this should follow stands elsewhere now.")
        else:
            behind.setdefault(leader.key, []).append(placing.key)
    found = {spot: tuple(_followed(keys, behind)) for spot, keys in first.items()}
    if sum(map(len, found.values())) != len(placings):
        raise Conflict("These clauses follow each other in a ring; say which comes first.")
    return found


def _followed(keys: Iterable[str], behind: Mapping[str, Sequence[str]]) -> list[str]:
    waiting = list(reversed(list(keys)))
    found: list[str] = []
    while waiting:
        key = waiting.pop()
        found.append(key)
        waiting.extend(reversed(behind.get(key, ())))
    return found


def rebuilt(
    tree: ClauseTree,
    inserted: Mapping[str, Clause],
    gone: frozenset[str],
    spots: Mapping[Spot, Sequence[str]],
    changed: Callable[[Clause], Clause],
) -> ClauseTree:
    """The tree with `gone` and all below it left out, and what `spots` says put in its place.

    `inserted` are the new subtrees by key. `changed` gives each node its words. Raises Conflict
    where something placed would stand under itself or under a clause that goes, Invalid where its
    kind doesn't fit.
    """
    nodes = {node.key: node for clause in inserted.values() for node in clause.walk()}
    nodes = {**tree.nodes, **nodes}
    placed = frozenset(key for keys in spots.values() for key in keys)
    reached: set[str] = set()

    def children(parent: str | None) -> tuple[Clause, ...]:
        held = tree.clauses if parent is None else nodes[parent].children
        keys = [*spots.get(Spot(parent, None), ())]
        for child in held:
            if child.key not in gone and child.key not in placed:
                keys.append(child.key)
            keys += spots.get(Spot(parent, child.key), ())
        reached.update(keys)
        return tuple(_filled(changed(nodes[key]), children(key)) for key in keys)

    clauses = children(None)
    if not placed <= reached:
        raise Conflict("A clause would stand under itself or under one that is deleted.")
    result = replace(tree, clauses=clauses)
    _check_kinds(result, placed)
    return result


def check_spots(tree: ClauseTree, inserted: Mapping[str, Clause], spots: Iterable[Spot]) -> None:
    """Raise Conflict where a spot names a parent or a neighbour that isn't there."""
    parents = dict(tree.parents)
    for clause in inserted.values():
        for node in clause.walk():
            parents.update((child.key, node.key) for child in node.children)
            parents.setdefault(node.key, "")
    for spot in spots:
        if spot.parent is not None and spot.parent not in parents:
            raise Conflict("There is no clause {key} in this text.", key=spot.parent)
        if spot.mark is not None and parents.get(spot.mark, "") != spot.parent:
            raise Conflict("The clause this should follow stands elsewhere now.")


def is_part(run: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a run is a shorter one whose clauses come in the same order in the other."""
    rest = iter(other)
    return len(run) < len(other) and all(key in rest for key in run)


def rising(numbers: Sequence[int]) -> list[int]:
    """The positions of a longest rising run among distinct numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [position]
    found: list[int] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        found.append(position)
        position = before[position]
    return found[::-1]


def _filled(node: Clause, children: tuple[Clause, ...]) -> Clause:
    return node if node.children == children else replace(node, children=children)


def _check_kinds(tree: ClauseTree, placed: frozenset[str]) -> None:
    for key in placed:
        node, parent = tree.nodes[key], tree.parents[key]
        if node.kind not in MAY_HOLD[None if parent is None else tree.nodes[parent].kind]:
            raise Invalid("A {kind} can't stand here.", kind=str(node.kind))

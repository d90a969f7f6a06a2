"""Which clauses go, come and move when several amendments say so, and where they collide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain import conflicts, placement
from app.domain.clauses import Clause, ClauseTree
from app.domain.conflicts import ConflictFound, ConflictKind, Resolution, Wording
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    placings,
)
from app.domain.placement import Spot
from app.domain.sides import Side, Step
from app.kernel.errors import Invalid


@dataclass(slots=True)
class Structure:
    """What is decided about places, and what became of the operations that aren't done.

    `spots` says what is put where, `gone` what is deleted; `lost` operations were overruled (why),
    `conflicted` ones wait for a resolution; `own` texts come from resolutions.
    """

    gone: set[str] = field(default_factory=set)
    spots: dict[Spot, tuple[str, ...]] = field(default_factory=dict)
    inserted: dict[str, Clause] = field(default_factory=dict)
    own: dict[str, Resolution] = field(default_factory=dict)
    found: list[ConflictFound] = field(default_factory=list)
    lost: dict[Step, str] = field(default_factory=dict)
    conflicted: set[Step] = field(default_factory=set)
    deleted_by: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def stands(self, step: Step) -> bool:
        """Whether an operation is still to be done."""
        return step not in self.lost and step not in self.conflicted


@dataclass(frozen=True, slots=True)
class _Table:
    """The base, the operations by step, and the resolutions."""

    base: ClauseTree
    steps: Mapping[Step, Operation]
    resolutions: Mapping[str, Resolution]
    result: Structure


_OVERRULED = "A resolution chose otherwise."
_NOT_SETTLED = "It stands on something that isn't settled or was not chosen."


def merge_structure(
    base: ClauseTree, sides: Sequence[Side], resolutions: Mapping[str, Resolution]
) -> Structure:
    """Settle deletions, moves and insertions of all sides.

    Raises Invalid where a resolution doesn't fit its conflict.
    """
    result = Structure()
    steps = {(s.number, at): step for s in sides for at, step in enumerate(s.operations)}
    structural = (InsertClause, DeleteClause, MoveClause)
    if not any(isinstance(step, structural) for step in steps.values()):
        return result
    table = _Table(base, steps, resolutions, result)
    _settle_deletions(table)
    _settle_moves(table)
    _settle_orders(table, sides)
    _settle_rings(table)
    _drop_what_hangs(table)
    kept = {key for keys in result.spots.values() for key in keys}
    for name, step in steps.items():
        if isinstance(step, InsertClause) and step.clause in kept and result.stands(name):
            result.inserted.setdefault(step.clause, step.node)
    return result


def _settle_deletions(table: _Table) -> None:
    base, result = table.base, table.result
    deleters: dict[str, list[Step]] = {}
    for name, step in table.steps.items():
        if isinstance(step, DeleteClause):
            deleters.setdefault(step.clause, []).append(name)
    if not deleters:
        return
    taken_out = {
        (name[0], step.clause) for name, step in table.steps.items() if isinstance(step, MoveClause)
    }
    against: dict[str, list[Step]] = {}
    for name, step in table.steps.items():
        for key in _meant(step):
            for root in _doomed_with(base, key, deleters, taken_out, name[0]):
                if name not in against.setdefault(root, []):
                    against[root].append(name)
    for key in sorted(deleters, key=list(base.nodes).index):
        if any(above.key in result.gone for above in base.path(key)[:-1]):
            continue
        if against.get(key):
            _contest_deletion(table, key, deleters[key], against[key])
        else:
            result.gone.add(key)
            result.deleted_by[key] = tuple(sorted({number for number, _ in deleters[key]}))


def _meant(step: Operation) -> Iterator[str]:
    """The clauses of the base that must stay if an operation is to be done."""
    if isinstance(step, DeleteClause):
        return
    if isinstance(step, InsertClause | MoveClause) and step.parent is not None:
        yield step.parent
    if isinstance(step, InsertClause):
        if step.split_from is not None:
            yield step.split_from
    else:
        yield step.clause


def _doomed_with(
    base: ClauseTree,
    key: str,
    deleters: Mapping[str, Sequence[Step]],
    taken_out: set[tuple[int, str]],
    number: int,
) -> Iterator[str]:
    """The deleted clauses with which somebody else than `number` would delete `key` as well."""
    if key not in base.nodes:
        return
    saved: set[int] = {number}
    step: str | None = key
    while step is not None:
        if any(deleter not in saved for deleter, _ in deleters.get(step, ())):
            yield step
        saved |= {other for other, moved in taken_out if moved == step}
        step = base.parents[step]


def _contest_deletion(
    table: _Table, key: str, deleting: Sequence[Step], keeping: Sequence[Step]
) -> None:
    result = table.result
    goes = Wording(_numbers(deleting), "")
    stays = Wording(_numbers(keeping), _shown_edits(table, keeping))
    involved = [*deleting, *keeping]
    resolution = _told(
        table, key, "structure", (goes, stays), conflicts.all_words(table.base.find(key)), involved
    )
    if resolution is None:
        return
    if resolution.choice == "base":
        _lose(result, involved)
    elif resolution.choice == "side" and resolution.side((goes, stays)) == 0:
        result.gone.add(key)
        result.deleted_by[key] = goes.by
        _lose(result, keeping)
    elif resolution.choice == "side":
        _lose(result, deleting)
    elif resolution.choice == "own":
        result.own[key] = resolution
        _lose(result, deleting)
        texts = [n for n in keeping if isinstance(table.steps[n], ReplaceText)]
        _lose(result, [name for name in texts if table.steps[name].clause == key])
    else:
        raise Invalid("Choose whether the clause goes, stays as it is, or what is made of it.")


def _settle_moves(table: _Table) -> None:
    wanted: dict[str, dict[tuple[str | None, str | None], list[Step]]] = {}
    for name, step in table.steps.items():
        if isinstance(step, MoveClause) and table.result.stands(name):
            places = wanted.setdefault(step.clause, {})
            places.setdefault((step.parent, step.after), []).append(name)
    for key, places in wanted.items():
        if len(places) > 1:
            ordered = sorted(places.items(), key=lambda item: sorted(item[1]))
            wordings = [
                Wording(_numbers(names), conflicts.place_shown(*place)) for place, names in ordered
            ]
            groups = [names for _, names in ordered]
            _choose_one(table, key, "structure", wordings, groups)


def _settle_orders(table: _Table, sides: Sequence[Side]) -> None:
    """What is put at one place by several: equal or nested runs are one, others need an order."""
    result = table.result
    wanted: dict[Spot, dict[tuple[str, ...], list[int]]] = {}
    steps_of: dict[tuple[int, str], Step] = {}
    for side in sides:
        for at, step in enumerate(side.operations):
            if isinstance(step, InsertClause | MoveClause):
                steps_of[side.number, step.clause] = (side.number, at)
        for spot, keys in placement.chains(placings(side.operations)).items():
            stand = tuple(key for key in keys if result.stands(steps_of[side.number, key]))
            if stand:
                wanted.setdefault(spot, {}).setdefault(stand, []).append(side.number)
    for spot, runs in wanted.items():
        longest = [run for run in runs if not any(placement.is_part(run, other) for other in runs)]
        if len(longest) == 1:
            result.spots[spot] = longest[0]
            continue
        ordered = sorted((tuple(sorted(by)), run) for run, by in runs.items() if run in longest)
        _settle_order(table, spot, ordered, steps_of)


def _settle_order(
    table: _Table,
    spot: Spot,
    runs: Sequence[tuple[tuple[int, ...], tuple[str, ...]]],
    steps_of: Mapping[tuple[int, str], Step],
) -> None:
    nodes = _nodes_by_key(table)
    wordings = [
        Wording(by, "\n".join(conflicts.all_words(nodes[k]) for k in run)) for by, run in runs
    ]
    groups = [[steps_of[number, key] for number in by for key in run] for by, run in runs]
    clause = spot.mark or spot.parent or min(key for _, run in runs for key in run)
    resolution = _told(table, clause, "order", wordings, "", [n for g in groups for n in g], spot)
    if resolution is None:
        return
    chosen = [run for _, run in runs]
    if resolution.choice == "base":
        chosen = []
    elif resolution.choice == "side":
        chosen = [chosen[resolution.side(wordings)]]
    elif resolution.choice == "order":
        if isinstance(resolution.value, list | tuple) and set(resolution.value) <= set(nodes):
            if set(resolution.value) != {key for run in chosen for key in run}:
                raise Invalid("Name every clause of this conflict once, in the order you choose.")
            chosen = [tuple(resolution.value)]
        else:
            chosen = [chosen[place] for place in resolution.order(wordings)]
    else:
        raise Invalid("Choose which clauses are put here, and in which order.")
    table.result.spots[spot] = tuple(dict.fromkeys(key for run in chosen for key in run))
    kept = table.result.spots[spot]
    _lose(table.result, [n for g in groups for n in g if table.steps[n].clause not in kept])


def _settle_rings(table: _Table) -> None:
    """Clauses that would come to stand under each other."""
    result = table.result
    while ring := _ring(table):
        names = sorted(
            name
            for name, step in table.steps.items()
            if isinstance(step, MoveClause) and step.clause in ring and result.stands(name)
        )
        by_side = {number: [n for n in names if n[0] == number] for number, _ in names}
        if len(by_side) > 1:
            wordings = [
                Wording((number,), "\n".join(_move_shown(table, own) for own in owns))
                for number, owns in by_side.items()
            ]
            _choose_one(table, min(ring), "structure", wordings, list(by_side.values()))
        else:
            result.lost.update(dict.fromkeys(names, _NOT_SETTLED))
        _take_from_spots(table)


def _ring(table: _Table) -> set[str]:
    """The moved clauses of one ring, if there is any."""
    goes_to = {key: spot.parent for spot, keys in table.result.spots.items() for key in keys}
    inside = {
        child.key: node.key
        for step in table.steps.values()
        if isinstance(step, InsertClause)
        for node in step.node.walk()
        for child in node.children
    }
    for start in goes_to:
        seen: list[str] = []
        step: str | None = start
        while step is not None and step not in seen:
            seen.append(step)
            step = goes_to.get(step, table.base.parents.get(step, inside.get(step)))
        if step is not None:
            ring = seen[seen.index(step) :]
            return {key for key in ring if key in goes_to and key in table.base.nodes}
    return set()


def _drop_what_hangs(table: _Table) -> None:
    """Leave out what would stand under an inserted clause that isn't inserted itself."""
    result = table.result
    holds = {
        node.key: step.clause
        for step in table.steps.values()
        if isinstance(step, InsertClause)
        for node in step.node.walk()
    }
    changed = True
    while changed:
        kept = {key for keys in result.spots.values() for key in keys}
        hanging = [
            name
            for name, step in table.steps.items()
            if isinstance(step, InsertClause | MoveClause)
            and result.stands(name)
            and holds.get(step.parent or "", "") not in {"", *kept}
        ]
        result.lost.update(dict.fromkeys(hanging, _NOT_SETTLED))
        changed = bool(hanging)
        _take_from_spots(table)


def _take_from_spots(table: _Table) -> None:
    """Let only those clauses be put somewhere that a standing operation puts there."""
    standing = {
        step.clause
        for name, step in table.steps.items()
        if isinstance(step, InsertClause | MoveClause) and table.result.stands(name)
    }
    for spot, keys in table.result.spots.items():
        table.result.spots[spot] = tuple(key for key in keys if key in standing)


def _choose_one(
    table: _Table,
    key: str,
    kind: ConflictKind,
    wordings: Sequence[Wording],
    groups: Sequence[Sequence[Step]],
) -> None:
    """A conflict of which one side at most can be chosen."""
    involved = [name for group in groups for name in group]
    resolution = _told(table, key, kind, wordings, "", involved)
    if resolution is None:
        return
    if resolution.choice == "side":
        chosen = resolution.side(wordings)
        _lose(table.result, [n for at, g in enumerate(groups) if at != chosen for n in g])
    elif resolution.choice == "base":
        _lose(table.result, involved)
    else:
        raise Invalid("Choose one of the places, or leave the clause where it stands.")


def _told(
    table: _Table,
    key: str,
    kind: ConflictKind,
    wordings: Iterable[Wording],
    base: str,
    involved: Sequence[Step],
    spot: Spot | None = None,
) -> Resolution | None:
    """The resolution of a conflict; where there is none, tell of it and let its operations wait."""
    steps = tuple(table.steps[name] for name in sorted(set(involved)))
    span = (spot.parent, spot.mark) if spot else ()
    name = conflicts.conflict_id(key, kind, steps, span)
    resolution = table.resolutions.get(name)
    if resolution is None:
        found = ConflictFound(name, key, kind, tuple(wordings), base, steps)
        table.result.found.append(found)
        table.result.conflicted.update(involved)
    return resolution


def _lose(result: Structure, names: Iterable[Step]) -> None:
    result.lost.update(dict.fromkeys(names, _OVERRULED))


def _numbers(names: Iterable[Step]) -> tuple[int, ...]:
    return tuple(sorted({number for number, _ in names}))


def _nodes_by_key(table: _Table) -> dict[str, Clause]:
    new = {
        step.clause: step.node for step in table.steps.values() if isinstance(step, InsertClause)
    }
    return {**table.base.nodes, **new}


def _shown_edits(table: _Table, names: Iterable[Step]) -> str:
    """What those who keep a clause make of it."""
    shown: list[str] = []
    for name in sorted(names):
        step = table.steps[name]
        if isinstance(step, ReplaceText):
            shown.append(step.text)
        elif isinstance(step, InsertClause):
            shown.append(conflicts.all_words(step.node))
        elif isinstance(step, MoveClause):
            shown.append(_move_shown(table, name))
        elif not isinstance(step, DeleteClause):
            shown.append(step.heading)
    return "\n".join(dict.fromkeys(shown))


def _move_shown(table: _Table, name: Step) -> str:
    step = table.steps[name]
    return conflicts.place_shown(step.parent, step.after) if isinstance(step, MoveClause) else ""

"""Which clauses go, come and move when several amendments say so, and where they collide."""

from collections.abc import Mapping, Sequence
from itertools import chain

from app.domain import conflicts, placement, sides
from app.domain.clauses import Clause, ClauseTree
from app.domain.conflicts import Resolution, Wording
from app.domain.deletion_merging import settle_deletions, settle_joins
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    ReplaceText,
    SetHeading,
    placings,
)
from app.domain.placement import Spot
from app.domain.rescuing import keep_what_nobody_lets_go
from app.domain.sides import Side, Step
from app.domain.structure_table import (
    NOT_SETTLED,
    Structure,
    Table,
    choose_one,
    lose,
    move_shown,
    numbers_of,
    rescues,
    told,
)
from app.kernel.errors import Invalid
from app.kernel.said import said

_JOIN_UNDONE = said("The clause it takes in stays as a clause of its own.")


def merge_structure(
    base: ClauseTree, given: Sequence[Side], resolutions: Mapping[str, Resolution]
) -> Structure:
    """Settle deletions, moves and insertions of all sides, which come by their numbers.

    Raises Invalid where a resolution doesn't fit its conflict.
    """
    result = Structure()
    steps = {(s.number, at): step for s in given for at, step in enumerate(s.operations)}
    table = Table(base, steps, resolutions, result)
    structural = (InsertClause, DeleteClause, MoveClause)
    if not any(isinstance(step, structural) for step in steps.values()):
        _settle_emptied(table)
        return result
    settle_joins(table)
    settle_deletions(table)
    _undo_joins(table)
    _settle_emptied(table)
    _settle_splits(table)
    _settle_moves(table, given)
    _settle_orders(table, given)
    _settle_rings(table)
    _drop_what_hangs(table)
    keep_what_nobody_lets_go(table)
    kept = {key for keys in result.spots.values() for key in keys}
    for name, step in steps.items():
        if isinstance(step, InsertClause) and step.clause in kept and result.stands(name):
            result.inserted.setdefault(step.clause, step.node)
    return result


def _undo_joins(table: Table) -> None:
    """Words are not put into another clause while their own clause stays."""
    result = table.result
    for name, step in table.steps.items():
        if not isinstance(step, DeleteClause) or step.into is None or result.stands(name):
            continue
        for other, text in table.steps.items():
            if other[0] == name[0] and isinstance(text, ReplaceText) and text.clause == step.into:
                if name in result.conflicted:
                    result.conflicted.add(other)
                else:
                    result.lost.setdefault(other, _JOIN_UNDONE)


def _settle_emptied(table: Table) -> None:
    """One takes a text away, another the heading above it: nothing would be left."""
    emptied: dict[str, tuple[list[Step], list[Step]]] = {}
    for name, step in table.steps.items():
        if isinstance(step, ReplaceText) and not step.text:
            emptied.setdefault(step.clause, ([], []))[0].append(name)
        elif isinstance(step, SetHeading) and not step.heading:
            emptied.setdefault(step.clause, ([], []))[1].append(name)
    for key, groups in emptied.items():
        if not all(groups) or not all(map(table.result.stands, chain(*groups))):
            continue
        node = table.base.find(key)
        left = (node.heading, node.text)
        wordings = [Wording(numbers_of(own), text) for own, text in zip(groups, left, strict=True)]
        choose_one(table, key, "structure", wordings, groups, conflicts.all_words(node))


def _settle_splits(table: Table) -> None:
    """One clause divided in different ways: of these one can be chosen."""
    parts: dict[str, dict[int, list[Step]]] = {}
    for name, step in table.steps.items():
        if isinstance(step, InsertClause) and step.split_from and table.result.stands(name):
            parts.setdefault(step.split_from, {}).setdefault(name[0], []).append(name)
    for key, by_side in parts.items():
        ways: dict[tuple[str, ...], list[Step]] = {}
        for number, names in by_side.items():
            new = tuple(table.steps[name].clause for name in names)
            first = [
                name
                for name, step in table.steps.items()
                if name[0] == number and isinstance(step, ReplaceText) and step.clause == key
            ]
            ways.setdefault(new, []).extend([*first, *names])
        if len(ways) > 1:
            groups = sorted(ways.values())
            wordings = [Wording(numbers_of(own), _split_shown(table, own)) for own in groups]
            choose_one(
                table, key, "structure", wordings, groups, conflicts.all_words(table.base.find(key))
            )


def _split_shown(table: Table, names: Sequence[Step]) -> str:
    """The parts a clause is divided into, a paragraph a line."""
    shown: list[str] = []
    for name in names:
        step = table.steps[name]
        if isinstance(step, ReplaceText):
            shown.append(step.text)
        elif isinstance(step, InsertClause):
            shown.append(conflicts.all_words(step.node))
    return "\n".join(dict.fromkeys(shown))


def _settle_moves(table: Table, given: Sequence[Side]) -> None:
    """One clause moved to different places, be it only since what it follows is moved there."""
    spots = {side.number: sides.spots_of(side.operations) for side in given}
    wanted: dict[str, dict[tuple[str | None, str | None, str | None], list[Step]]] = {}
    for name, step in table.steps.items():
        if isinstance(step, MoveClause) and table.result.stands(name):
            place = (step.parent, step.after, spots[name[0]][step.clause].mark)
            wanted.setdefault(step.clause, {}).setdefault(place, []).append(name)
    for key, places in wanted.items():
        if len(places) > 1:
            named = len({place[:2] for place in places}) == len(places)
            wordings = [
                Wording(numbers_of(names), conflicts.place_shown(parent, after if named else mark))
                for (parent, after, mark), names in places.items()
            ]
            choose_one(table, key, "structure", wordings, list(places.values()))


def _settle_orders(table: Table, given: Sequence[Side]) -> None:
    """What is put at one place by several: equal or nested runs are one, others need an order."""
    result = table.result
    wanted: dict[Spot, dict[tuple[str, ...], list[int]]] = {}
    steps_of: dict[tuple[int, str], Step] = {}
    for side in given:
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
        ordered = [(tuple(by), run) for run, by in runs.items() if run in longest]
        _settle_order(table, spot, ordered, steps_of)


def _settle_order(
    table: Table,
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
    involved = [name for group in groups for name in group]
    rescuing = [name for name in involved if rescues(table, name)]
    staying = tuple(dict.fromkeys(table.steps[name].clause for name in rescuing))
    resolution = told(table, clause, "order", wordings, "", involved, spot)
    if resolution is None:
        table.result.rescuing.update(rescuing)
        table.result.spots[spot] = staying
        return
    chosen = [run for _, run in runs]
    if resolution.choice == "base":
        chosen = [staying]
    elif resolution.choice == "side":
        chosen = [chosen[resolution.side(wordings)], staying]
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
    lose(table.result, [name for name in involved if table.steps[name].clause not in kept])


def _settle_rings(table: Table) -> None:
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
                Wording((number,), "\n".join(move_shown(table, own) for own in owns))
                for number, owns in by_side.items()
            ]
            choose_one(table, min(ring), "structure", wordings, list(by_side.values()))
        else:
            result.lost.update(dict.fromkeys(names, NOT_SETTLED))
        _take_from_spots(table)


def _ring(table: Table) -> set[str]:
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


def _drop_what_hangs(table: Table) -> None:
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
        result.lost.update(dict.fromkeys(hanging, NOT_SETTLED))
        changed = bool(hanging)
        _take_from_spots(table)


def _take_from_spots(table: Table) -> None:
    """Let only those clauses be put somewhere that a standing operation puts there."""
    standing = {
        step.clause
        for name, step in table.steps.items()
        if isinstance(step, InsertClause | MoveClause) and table.result.stands(name)
    }
    for spot, keys in table.result.spots.items():
        table.result.spots[spot] = tuple(key for key in keys if key in standing)


def _nodes_by_key(table: Table) -> dict[str, Clause]:
    new = {
        step.clause: step.node for step in table.steps.values() if isinstance(step, InsertClause)
    }
    return {**table.base.nodes, **new}

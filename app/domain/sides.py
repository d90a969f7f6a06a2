"""What takes part in a consolidation: an amendment's operations and whose words they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain import placement
from app.domain.clauses import Clause
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    SetHeading,
    placings,
)
from app.domain.placement import Spot
from app.domain.provenance import NodeProvenance, Source

Fingerprint = tuple[object, ...]
Step = tuple[int, int]
"""One operation: the number of its amendment and its position there."""


@dataclass(frozen=True, slots=True)
class Side:
    """The operations of one amendment. `written` says whose words they are, where several wrote."""

    number: int
    operations: tuple[Operation, ...]
    source: Source
    written: Mapping[str, NodeProvenance] = field(default_factory=dict)


@dataclass(slots=True)
class _Proposed:
    """A clause to be inserted at one place, with all who propose it."""

    node: Clause
    by: list[int]


_Known = dict[Fingerprint, list[_Proposed]]


def united(sides: Iterable[Side]) -> tuple[tuple[Side, ...], dict[str, tuple[int, ...]]]:
    """Insertions of the same words at the same place under one key, the one of the lowest number.

    Returns the sides by number and, for each inserted key, who proposed it.
    """
    known: _Known = {}
    settled: list[Side] = []
    for side in sorted(sides, key=lambda held: held.number):
        same = _same_as_known(side, known)
        settled.append(_renamed(side, same) if same else side)
    proposers = {one.node.key: tuple(one.by) for entry in known.values() for one in entry}
    return tuple(settled), proposers


def _same_as_known(side: Side, known: _Known) -> dict[str, str]:
    """The keys of this side that stand for clauses which another side inserts as well."""
    waiting = [step for step in side.operations if isinstance(step, InsertClause)]
    own = {node.key for step in waiting for node in step.node.walk()}
    spots = spots_of(side.operations)
    same: dict[str, str] = {}
    while waiting:
        ready = [step for step in waiting if not {step.parent, step.after} & own] or waiting
        for step in ready:
            # Behind a clause that one moves isn't behind it where it stands for the others.
            keys = (step.parent, step.after, spots[step.clause].mark)
            place = [_new_name(key, same) for key in keys]
            entry = known.setdefault((*place, step.split_from, fingerprint(step.node, same)), [])
            found = next((one for one in entry if side.number not in one.by), None)
            if found is None:
                entry.append(_Proposed(step.node, [side.number]))
            else:
                found.by.append(side.number)
                pairs = zip(step.node.walk(), found.node.walk(), strict=True)
                same.update({mine.key: theirs.key for mine, theirs in pairs})
            own -= {node.key for node in step.node.walk()}
        waiting = [step for step in waiting if step not in ready]
    return same


def spots_of(steps: Sequence[Operation]) -> dict[str, Spot]:
    """The place of each clause that operations put somewhere, where what it follows is put too."""
    chains = placement.chains(placings(steps))
    return {key: spot for spot, keys in chains.items() for key in keys}


def fingerprint(node: Clause, same: Mapping[str, str]) -> Fingerprint:
    """The words of a clause and all below it, whatever their keys; `same` are keys to exchange."""
    below = tuple(fingerprint(child, same) for child in node.children)
    heading, text = _reworded(node.heading, same), _reworded(node.text, same)
    return (node.kind, node.number, heading, text, below)


def _new_name(key: str | None, same: Mapping[str, str]) -> str | None:
    return None if key is None else same.get(key, key)


def _reworded(text: str, same: Mapping[str, str]) -> str:
    """The text with its references to clauses that go by another key now."""
    if "[[" in text:
        for key, other in same.items():
            text = text.replace(f"[[{key}]]", f"[[{other}]]")
    return text


def _renamed(side: Side, same: Mapping[str, str]) -> Side:
    written = {same.get(key, key): node for key, node in side.written.items()}
    steps = tuple(renamed_step(step, same) for step in side.operations)
    return replace(side, operations=steps, written=written)


def renamed_step(step: Operation, same: Mapping[str, str]) -> Operation:
    """An operation whose new clauses, and what it says of them, go by other keys."""
    match step:
        case ReplaceText():
            text = _reworded(step.text, same)
            return step if text == step.text else replace(step, text=text, edits=())
        case SetHeading():
            return replace(step, heading=_reworded(step.heading, same))
        case DeleteClause():
            return step
        case MoveClause():
            parent, after = _new_name(step.parent, same), _new_name(step.after, same)
            return replace(step, parent=parent, after=after)
        case InsertClause():
            parent, after = _new_name(step.parent, same), _new_name(step.after, same)
            return replace(step, parent=parent, after=after, node=_renamed_node(step.node, same))


def _renamed_node(node: Clause, same: Mapping[str, str]) -> Clause:
    return replace(
        node,
        key=same.get(node.key, node.key),
        heading=_reworded(node.heading, same),
        text=_reworded(node.text, same),
        children=tuple(_renamed_node(child, same) for child in node.children),
    )

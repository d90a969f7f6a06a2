"""What is decided about places, and how a conflict about them is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain import conflicts
from app.domain.clauses import Clause, ClauseTree
from app.domain.conflicts import ConflictFound, ConflictKind, Resolution, Wording
from app.domain.operations import MoveClause, Operation
from app.domain.placement import Spot
from app.domain.sides import Step
from app.kernel.errors import Invalid
from app.kernel.said import said


@dataclass(slots=True)
class Structure:
    """What is decided about places, and what became of the operations that aren't done.

    `spots` says what is put where, `gone` what is deleted; `lost` operations were overruled (why),
    `conflicted` ones wait for a resolution; `rescuing` are those of them that are done meanwhile,
    since nothing would be left of their clause; `own` texts come from resolutions.
    `joined` says into which clause others' edits of a deleted one follow its words.
    """

    gone: set[str] = field(default_factory=set)
    spots: dict[Spot, tuple[str, ...]] = field(default_factory=dict)
    inserted: dict[str, Clause] = field(default_factory=dict)
    own: dict[str, Resolution] = field(default_factory=dict)
    found: list[ConflictFound] = field(default_factory=list)
    lost: dict[Step, str] = field(default_factory=dict)
    conflicted: set[Step] = field(default_factory=set)
    rescuing: set[Step] = field(default_factory=set)
    deleted_by: dict[str, tuple[int, ...]] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)

    def stands(self, step: Step) -> bool:
        """Whether an operation is still to be done."""
        waits = step in self.conflicted and step not in self.rescuing
        return step not in self.lost and not waits


@dataclass(frozen=True, slots=True)
class Table:
    """The base, the operations by step, and the resolutions."""

    base: ClauseTree
    steps: Mapping[Step, Operation]
    resolutions: Mapping[str, Resolution]
    result: Structure


_OVERRULED = said("A resolution chose otherwise.")
NOT_SETTLED = said("It stands on something that isn't settled or was not chosen.")


def choose_one(
    table: Table,
    key: str,
    kind: ConflictKind,
    wordings: Sequence[Wording],
    groups: Sequence[Sequence[Step]],
    base: str = "",
) -> None:
    """A conflict of which one side at most can be chosen."""
    involved = [name for group in groups for name in group]
    rescuing = [name for name in sorted(involved) if rescues(table, name)][:1]
    resolution = told(table, key, kind, wordings, base, involved)
    if resolution is None:
        table.result.rescuing.update(rescuing)
    elif resolution.choice == "side":
        chosen = resolution.side(wordings)
        lose(table.result, [n for at, g in enumerate(groups) if at != chosen for n in g])
    elif resolution.choice == "base":
        lose(table.result, [name for name in involved if name not in rescuing])
    else:
        raise Invalid("Choose one of the sides, or leave the clause as it stands.")


def told(
    table: Table,
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
        table.result.rescuing.difference_update(involved)
    return resolution


def lose(result: Structure, names: Iterable[Step]) -> None:
    """Take note that a resolution overruled these operations."""
    result.lost.update(dict.fromkeys(names, _OVERRULED))


def rescues(table: Table, name: Step) -> bool:
    """Whether one who deletes a clause takes another out of it that can't stay where it stood."""
    step = table.steps[name]
    if not isinstance(step, MoveClause) or not table.result.stands(name):
        return False
    return any(name[0] in table.result.deleted_by[key] for key in gone_above(table, step.clause))


def gone_above(table: Table, key: str) -> Iterator[str]:
    """The deleted clauses that a clause of the base stands below."""
    above = table.base.parents.get(key)
    while above is not None:
        if above in table.result.gone:
            yield above
        above = table.base.parents[above]


def numbers_of(names: Iterable[Step]) -> tuple[int, ...]:
    """The amendments the operations are of."""
    return tuple(sorted({number for number, _ in names}))


def move_shown(table: Table, name: Step) -> str:
    """Where an operation would move its clause, in words; nothing for any other operation."""
    step = table.steps[name]
    return conflicts.place_shown(step.parent, step.after) if isinstance(step, MoveClause) else ""

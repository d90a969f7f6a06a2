"""An amendment, and an amendment to it: composed into one, each word keeping its author."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain import clause_merging, differences, operations, provenance
from app.domain.clauses import ClauseTree
from app.domain.conflicts import ConflictFound, Outcome, Resolution, Review
from app.domain.operations import DeleteClause, InsertClause, Operation
from app.domain.provenance import NodeProvenance, Provenance, Source
from app.domain.sides import Side
from app.kernel.errors import Conflict, Invalid


@dataclass(frozen=True)
class Amendment:
    """Operations on one version or, if it names a `primary`, on what that amendment makes of it.

    `primary_hash` is the hash of the primary's operations it was written against. `written` says,
    of a composed amendment, whose words are whose.
    """

    number: int
    operations: tuple[Operation, ...]
    primary: int | None = None
    author: str = ""
    primary_hash: str = ""
    written: Mapping[str, NodeProvenance] = field(default_factory=dict)


@dataclass(frozen=True)
class Composed:
    """A primary amendment with its secondary ones taken in, and what they collided on."""

    amendment: Amendment
    conflicts: tuple[ConflictFound, ...]
    reviews: tuple[Review, ...]
    outcomes: tuple[Outcome, ...]


Sources = Mapping[int, Source]


def source_of(amendment: Amendment, sources: Sources) -> Source:
    """The source of an amendment's words: the given one, else its number."""
    return sources.get(amendment.number, Source("amendment", str(amendment.number)))


def as_side(amendment: Amendment, sources: Sources) -> Side:
    """An amendment as it takes part in a merge."""
    source = source_of(amendment, sources)
    return Side(amendment.number, amendment.operations, source, amendment.written)


def compose(
    base: ClauseTree,
    primary: Amendment,
    secondaries: Iterable[Amendment],
    resolutions: Mapping[str, Resolution] | None = None,
    sources: Sources | None = None,
    origins: Provenance | None = None,
) -> Composed:
    """Take accepted secondary amendments into their primary: one amendment to `base` is left.

    `origins` are the sources of the base. Where the secondary ones collide, the primary's words
    stay until a resolution settles it. Raises
    Conflict where one was written against other operations, Invalid where one isn't to `primary`.
    """
    held = sorted(secondaries, key=lambda one: one.number)
    known = sources or {}
    _check_secondaries(primary, held)
    amended = operations.apply(base, primary.operations)
    for one in held:
        check_operations(amended, one)
    before = provenance.initial(base, Source("import")) if origins is None else origins
    side = as_side(primary, known)
    first = clause_merging.merge_sides(base, [side], {}, before)
    given = [as_side(one, known) for one in held]
    merged = clause_merging.merge_sides(first.preview, given, resolutions or {}, first.provenance)
    steps = _with_links(differences.between(base, merged.preview), primary, held)
    changed = operations.touched(steps)
    written = {key: merged.provenance[key] for key in changed if key in merged.provenance}
    return Composed(
        replace(primary, operations=steps, written=written),
        merged.conflicts,
        merged.reviews,
        merged.outcomes,
    )


def check_operations(tree: ClauseTree, amendment: Amendment) -> None:
    """Raise Conflict or Invalid unless every operation can be done on the text."""
    operations.check(amendment.operations)
    for step in amendment.operations:
        operations.check_base(tree, step)


def _check_secondaries(primary: Amendment, secondaries: Sequence[Amendment]) -> None:
    if primary.primary is not None:
        raise Invalid("An amendment to an amendment can't be amended. Amend the primary instead.")
    found = operations.operations_hash(primary.operations)
    for one in secondaries:
        if one.primary != primary.number:
            raise Invalid("Amendment {number} isn't to this one.", number=one.number)
        if one.primary_hash and one.primary_hash != found:
            raise Conflict(
                "Amendment {number} was written against other words of its primary.",
                number=one.number,
            )


def _with_links(
    steps: Iterable[Operation], primary: Amendment, secondaries: Sequence[Amendment]
) -> tuple[Operation, ...]:
    """Operations found by comparison, with what the authors said of splits and joins."""
    said = [step for one in (primary, *secondaries) for step in one.operations]
    split = {s.clause: s.split_from for s in said if isinstance(s, InsertClause)}
    into = {s.clause: s.into for s in said if isinstance(s, DeleteClause)}
    return tuple(
        replace(step, split_from=split.get(step.clause))
        if isinstance(step, InsertClause)
        else replace(step, into=into.get(step.clause))
        if isinstance(step, DeleteClause)
        else step
        for step in steps
    )

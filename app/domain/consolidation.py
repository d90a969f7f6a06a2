"""From one version and the accepted amendments to the next: what the facilitator's page shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.domain import amendments, clause_merging, provenance
from app.domain.amendments import Amendment, Composed, Sources
from app.domain.clause_merging import Consolidation
from app.domain.clauses import ClauseTree
from app.domain.conflicts import (
    ConflictFound,
    Outcome,
    Resolution,
    Review,
    Wording,
)
from app.domain.provenance import Provenance, Source
from app.kernel.collecting import collecting_nothing
from app.kernel.errors import Invalid
from app.kernel.said import said

__all__ = [
    "ConflictFound", "Consolidation", "Outcome", "Resolution", "Review", "Wording", "consolidate",
]  # fmt: skip

_FALLEN = said("It amends amendment {primary}, which isn't accepted.")


@collecting_nothing()
def consolidate(
    base: ClauseTree,
    accepted: Iterable[Amendment],
    resolutions: Mapping[str, Resolution] | None = None,
    *,
    sources: Sources | None = None,
    origins: Provenance | None = None,
    previous: Consolidation | None = None,
) -> Consolidation:
    """Merge all accepted amendments into the next text; their order makes no difference.

    `resolutions` are by conflict id; those of no conflict found are left aside. `sources` name what
    is written into provenance for each amendment, `origins` are the sources of the base. With the
    consolidation of `previous` only clauses are merged again about which something changed. Raises
    Conflict where an amendment was written against another text, Invalid where a resolution doesn't
    fit its conflict.
    """
    given = sorted(accepted, key=lambda one: one.number)
    if len({one.number for one in given}) < len(given):
        raise Invalid("Two amendments have one number.")
    known = resolutions or {}
    names = sources or {}
    before = provenance.initial(base, Source("import")) if origins is None else origins
    composed = list(_composed(base, given, known, names, before))
    merged = clause_merging.merge_sides(
        base,
        [amendments.as_side(one.amendment, names) for one in composed],
        known,
        before,
        previous.parts if previous else None,
    )
    return _with_secondaries(merged, given, composed)


def _composed(
    base: ClauseTree,
    given: list[Amendment],
    resolutions: Mapping[str, Resolution],
    sources: Sources,
    origins: Provenance,
) -> Iterator[Composed]:
    """The primary amendments, each with its secondary ones taken in."""
    secondaries: dict[int, list[Amendment]] = {}
    for one in given:
        if one.primary is not None:
            secondaries.setdefault(one.primary, []).append(one)
    for one in given:
        if one.primary is not None:
            continue
        amendments.check_operations(base, one)
        own = secondaries.get(one.number)
        if own:
            yield amendments.compose(base, one, own, resolutions, sources, origins)
        else:
            yield Composed(one, (), (), ())


def _with_secondaries(
    merged: Consolidation, given: list[Amendment], composed: list[Composed]
) -> Consolidation:
    """The merge with what became of the secondary amendments and of those that took them in."""
    if all(one.primary is None for one in given):
        return merged
    taken = {one.amendment.number: one for one in composed if one.outcomes}
    found = tuple(conflict for one in composed for conflict in one.conflicts)
    return replace(
        merged,
        tree=None if found else merged.tree,
        conflicts=found + merged.conflicts,
        reviews=tuple(review for one in composed for review in one.reviews) + merged.reviews,
        outcomes=tuple(outcome for one in given for outcome in _outcomes(one, merged, taken)),
    )


def _outcomes(
    one: Amendment, merged: Consolidation, taken: Mapping[int, Composed]
) -> Iterator[Outcome]:
    """What became of the operations of one amendment as it was proposed."""
    host = taken.get(one.number if one.primary is None else one.primary)
    if one.primary is not None and host is None:
        reason = _FALLEN.format(primary=one.primary)
        for at in range(len(one.operations)):
            yield Outcome(one.number, at, "obsolete", reason)
        return
    if host is None:
        yield from (outcome for outcome in merged.outcomes if outcome.amendment == one.number)
        return
    inner = {o.operation: o for o in host.outcomes if o.amendment == one.number}
    outer = {
        (type(step), step.clause): outcome
        for step, outcome in zip(
            host.amendment.operations,
            (o for o in merged.outcomes if o.amendment == host.amendment.number),
            strict=True,
        )
    }
    for at, step in enumerate(one.operations):
        result = outer.get((type(step), step.clause))
        if at in inner and inner[at].state != "applied":
            yield inner[at]
        elif result is None:
            yield Outcome(one.number, at, "applied")
        else:
            yield Outcome(one.number, at, result.state, result.reason)

from collections.abc import Sequence
from itertools import cycle

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import consolidation, differences, operations, structure_merging
from app.domain.amendments import Amendment, as_side
from app.domain.clauses import ClauseTree
from app.domain.conflicts import Resolution
from app.domain.operations import DeleteClause
from app.domain.placement import Spot
from app.domain.structure_merging import Structure
from tests.domain import golden, strategies

BASE = golden.read_tree((
    "a: One.",
    "  b: Two.",
    "    c: Three.",
    "      d: Four.",
    "  e: Five.",
    "t [table]: ",
    "  r [row]: Six.",
    "u [table]: ",
))  # fmt: skip


def settled(number: int, *lines: str) -> Structure:
    """With every conflict settled for one amendment."""
    given = [as_side(one, {}) for one in golden.read_amendments(BASE, lines)]
    found = structure_merging.merge_structure(BASE, given, {}).found
    chosen = {one.id: Resolution(one.id, "side", number) for one in found}
    return structure_merging.merge_structure(BASE, given, chosen)


def test_what_all_take_out_of_what_goes_stands_where_that_stood() -> None:
    found = settled(1, "1: delete e", "2: delete c", "2: move d in e")
    assert (found.gone, found.spots) == ({"c", "e"}, {Spot("b", "c"): ("d",)})


def test_what_somebody_lets_go_goes() -> None:
    found = settled(1, "1: delete e", "1: delete c", "2: delete c", "2: move d in e")
    assert "d" not in [key for keys in found.spots.values() for key in keys]


def test_it_stands_under_nothing_that_was_to_come_below_it() -> None:
    found = settled(1, "1: delete e", "2: delete c", "2: move d in e", "2: move b in d")
    assert found.spots == {Spot("d", None): (), Spot("b", "c"): ("d",)}


def test_what_may_stand_nowhere_around_goes() -> None:
    found = settled(1, "1: delete u", "2: delete t", "2: move r in u")
    assert (found.gone, found.spots) == ({"t", "u"}, {})


@st.composite
def removals(draw: st.DrawFn) -> tuple[ClauseTree, list[Amendment]]:
    """Two or three amendments that delete clauses and take others out of them."""
    wanted = [
        draw(strategies.emptied_trees(strategies.NESTED)) for _ in range(draw(st.integers(2, 3)))
    ]
    found = [differences.between(strategies.NESTED, new) for new in wanted]
    return strategies.NESTED, [Amendment(number, steps) for number, steps in enumerate(found, 1)]


CHOICES = st.one_of(
    st.just(()), st.just(("base",)), st.lists(st.sampled_from(("base", 0, 1, 2)), min_size=1)
)
"""How the conflicts are settled in turn: as before, or by the side of that position."""


@given(removals(), CHOICES)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_clause_goes_only_and_always_with_somebody_who_lets_it_go(
    network: tuple[ClauseTree, list[Amendment]], choices: Sequence[str | int]
) -> None:
    base, amendments = network
    result = consolidation.consolidate(base, amendments)
    settled: dict[str, Resolution] = {}
    for _ in range(12 if choices else 0):
        for one, choice in zip(result.conflicts, cycle(choices), strict=False):
            side = one.wordings[int(choice) % len(one.wordings)] if choice != "base" else None
            settled[one.id] = Resolution(
                one.id, "side" if side else "base", side.by[0] if side else None
            )
        result = consolidation.consolidate(base, amendments, settled)
    assert not (choices and result.conflicts)
    assert [node.key for node in result.preview.walk()] == list(result.preview.nodes)
    let_go: set[str] = set()
    for outcome in result.outcomes:
        amendment = next(one for one in amendments if one.number == outcome.amendment)
        step = amendment.operations[outcome.operation]
        if outcome.state == "applied" and isinstance(step, DeleteClause):
            own = operations.apply(base, amendment.operations)
            let_go |= {n.key for n in base.find(step.clause).walk() if n.key not in own.nodes}
    gone = {node.key for node in base.walk() if node.key not in result.preview.nodes}
    assert gone <= let_go
    if set(choices) <= {
        "base"
    }:  # who keeps a part of what others delete whole may have been chosen
        assert let_go <= gone

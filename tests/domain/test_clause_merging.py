from app.domain import clause_merging, operations, provenance
from app.domain.amendments import Amendment, as_side
from app.domain.clause_merging import Consolidation
from app.domain.conflicts import Resolution
from app.domain.provenance import Source
from tests.domain import golden

BASE = golden.read_tree(
    (
        "a: The hub shall answer within 30 days.",
        "b: The hub pays the fee on time.",
        "  c: It is small.",
    )
)
LINES = (
    "1: replace a: The hub shall answer within 45 days.",
    "2: replace a: The hub shall answer within 60 days.",
    "3: replace b: The hub pays the whole fee on time.",
    "4: delete c",
)


def merge(
    *lines: str, settled: dict[str, Resolution] | None = None, before: Consolidation | None = None
) -> Consolidation:
    given = [as_side(one, {}) for one in golden.read_amendments(BASE, lines)]
    origins = provenance.initial(BASE, Source("template", "t"))
    return clause_merging.merge_sides(
        BASE, given, settled or {}, origins, before.parts if before else None
    )


def test_one_changed_decision_merges_one_clause_again() -> None:
    first = merge(*LINES)
    again = merge(*LINES[1:], before=first)
    assert again == merge(*LINES[1:])
    assert again.parts["b", "text"] is first.parts["b", "text"]
    assert again.parts["a", "text"] is not first.parts["a", "text"]


def test_of_many_clauses_only_the_one_decided_anew_is_merged() -> None:
    tree = golden.read_tree(tuple(f"c{at}: The hub pays {at} euro." for at in range(40)))
    given = [
        as_side(Amendment(at, (operations.replace_text(tree, f"c{at}", f"It pays {at}."),)), {})
        for at in range(40)
    ]
    origins = provenance.initial(tree, Source("template", "t"))
    first = clause_merging.merge_sides(tree, given, {}, origins)
    step = operations.replace_text(tree, "c7", "Nobody pays 7 euro.")
    given[7] = as_side(Amendment(7, (step,)), {})
    again = clause_merging.merge_sides(tree, given, {}, origins, first.parts)
    fresh = [name for name, part in again.parts.items() if part is not first.parts[name]]
    assert fresh == [("c7", "text")]


def test_a_resolution_made_or_undone_merges_its_clause_again() -> None:
    first = merge(*LINES)
    (conflict,) = first.conflicts
    settled = {conflict.id: Resolution(conflict.id, "side", 1)}
    second = merge(*LINES, settled=settled, before=first)
    assert second.tree is not None
    assert second.tree.find("a").text.endswith("45 days.")
    assert merge(*LINES, before=second) == first
    other = {conflict.id: Resolution(conflict.id, "own", "50")}
    third = merge(*LINES, settled=other, before=second)
    assert third.tree is not None
    assert third.tree.find("a").text.endswith("50 days.")


def test_an_unrelated_decision_leaves_the_name_of_a_conflict() -> None:
    assert merge(*LINES).conflicts[0].id == merge(*LINES[:2]).conflicts[0].id
    beside = merge(*LINES, "5: replace a: The hub must answer within 30 days.")
    assert beside.conflicts[0].id == merge(*LINES).conflicts[0].id
    more = merge(*LINES, "5: replace a: The hub shall answer within 75 days.")
    assert more.conflicts[0].id != merge(*LINES).conflicts[0].id


def test_a_deleted_clause_is_remembered_with_who_deleted_it() -> None:
    held = merge(*LINES).provenance["c"]
    assert [(gone.text, gone.source.ref) for gone in held.removed] == [("It is small.", "4")]
    assert (held.heading, held.text) == ((), ())

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import (
    consequences,
    consolidation,
    differences,
    operations,
    prose,
    provenance,
    rebase,
)
from app.domain.amendments import Amendment
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.conflicts import Resolution
from app.domain.consolidation import Consolidation
from app.domain.operations import DeleteClause, InsertClause, Operation, ReplaceText
from tests.domain import golden, strategies


def shown_conflicts(result: Consolidation) -> tuple[str, ...]:
    return tuple(
        f"{one.kind} {one.clause}: {one.base!r} | "
        + " | ".join(f"{' '.join(map(str, w.by))} {w.text!r}" for w in one.wordings)
        for one in result.conflicts
    )


def shown(result: Consolidation) -> dict[str, tuple[str, ...]]:
    return {
        "text": golden.shown_tree(result.preview),
        "conflicts": shown_conflicts(result),
        "reviews": tuple(f"{one.clause}: {' '.join(map(str, one.by))}" for one in result.reviews),
        "not applied": tuple(
            f"{one.amendment}.{one.operation} {one.state}"
            for one in result.outcomes
            if one.state != "applied"
        ),
    }


def resolutions(case: golden.Case, before: Consolidation) -> dict[str, Resolution]:
    found: dict[str, Resolution] = {}
    for line in case.sections.get("resolutions", ()):
        number, choice, *rest = line.split(" ", 2)
        conflict = before.conflicts[int(number) - 1].id
        value: object = rest[0] if rest else None
        if choice == "side":
            value = int(rest[0])
        elif choice == "order":
            value = [int(word) if word.isdigit() else word for word in rest[0].split()]
        found[conflict] = Resolution(conflict, choice, value, "Agreed at the table.")
    return found


CASES = golden.cases("consolidate")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_consolidation_as_agreed(case: golden.Case) -> None:
    first = consolidation.consolidate(case.base, case.amendments)
    if "resolutions" in case.sections:
        assert shown_conflicts(first) == case.sections.get(
            "conflicts before", shown_conflicts(first)
        )
    result = consolidation.consolidate(case.base, case.amendments, resolutions(case, first))
    expected = {name: case.sections.get(name, ()) for name in shown(result)}
    assert shown(result) == expected
    assert (result.tree is None) == bool(result.conflicts)
    provenance.check(result.preview, result.provenance)
    for order in list(permutations(case.amendments))[:6]:
        again = consolidation.consolidate(case.base, order, resolutions(case, first))
        assert again == result


def test_conflicts_are_listed_in_the_order_of_the_text() -> None:
    base = golden.read_tree(("a: One.", "b: Two.", "c: Three.", "d: Four."))
    lines = (
        "1: delete c", "1: replace b: Six.", "1: replace d: Six.", "1: replace a: Six.",
        "2: replace d: Ten.", "2: replace c: Ten.", "2: replace a: Ten.", "2: replace b: Ten.",
    )  # fmt: skip
    result = consolidation.consolidate(base, golden.read_amendments(base, lines))
    assert [one.clause for one in result.conflicts] == ["a", "b", "c", "d"]


def test_a_term_renamed_everywhere_and_used_elsewhere_is_told() -> None:
    case = golden.read_case(golden.CASES / "consolidate" / "80-term-renamed-everywhere.md")
    tree = consolidation.consolidate(case.base, case.amendments).tree
    assert tree is not None
    (found,) = consequences.consequences(case.base, tree)
    assert (found.kind, found.clause, found.params["term"]) == ("undefined", "n3", "Client")


@st.composite
def networks(draw: st.DrawFn) -> tuple[ClauseTree, list[Amendment]]:
    """A small agreement and up to four amendments to it, made independently."""
    base = draw(strategies.trees())
    found = []
    for number in range(1, draw(st.integers(2, 4)) + 1):
        new = draw(strategies.edited_trees(base, prefix=f"new{number}"))
        found.append(Amendment(number, differences.between(base, new)))
    if draw(st.booleans()):
        number = len(found) + 1
        found.append(Amendment(number, draw(divisions_and_joins(base, f"part{number}"))))
    return base, found


@st.composite
def divisions_and_joins(draw: st.DrawFn, base: ClauseTree, key: str) -> tuple[Operation, ...]:
    """A clause divided at a word, or taken into the one before it; nothing where none can be."""
    bare = [
        node for node in base.walk()
        if node.kind is Kind.CLAUSE and " " in node.text and prose.is_bare(node.text)
    ]  # fmt: skip
    if not bare:
        return ()
    node = draw(st.sampled_from(bare))
    place = base.place_of(node.key)
    before = base.nodes.get(place.after or "")
    if draw(st.booleans()):
        words = node.text.split(" ")
        at = draw(st.integers(1, len(words) - 1))
        new = Clause(key, Kind.CLAUSE, text=" ".join(words[at:]))
        return (
            operations.replace_text(base, node.key, " ".join(words[:at])),
            InsertClause(place.parent, node.key, new, node.key),
        )
    if before not in bare:
        return ()
    return (
        operations.replace_text(base, before.key, f"{before.text} {node.text}"),
        operations.delete_clause(base, node.key, before.key),
    )


LAW = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@given(networks())
@LAW
def test_no_order_matters_and_every_operation_ends_somehow(
    network: tuple[ClauseTree, list[Amendment]],
) -> None:
    base, amendments = network
    result = consolidation.consolidate(base, amendments)
    assert consolidation.consolidate(base, amendments[::-1]) == result
    ended = [(one.amendment, one.operation) for one in result.outcomes]
    assert ended == [(a.number, at) for a in amendments for at in range(len(a.operations))]
    assert len({one.id for one in result.conflicts}) == len(result.conflicts)
    for one in result.conflicts:
        by = [wording.by for wording in one.wordings]
        assert all(list(numbers) == sorted(set(numbers)) for numbers in by)
        assert one.kind == "structure" or by == sorted(by)
    assert any(one.state == "conflicted" for one in result.outcomes) == bool(result.conflicts)
    provenance.check(result.preview, result.provenance)
    assert provenance.from_json(provenance.to_json(result.provenance)) == result.provenance
    for node in result.preview.walk():
        if node.kind is not Kind.VERBATIM:
            assert prose.canonical(node.text) == node.text


@given(networks())
@LAW
def test_every_conflict_can_be_settled_by_the_base_or_by_a_side(
    network: tuple[ClauseTree, list[Amendment]],
) -> None:
    base, amendments = network
    for choice in ("base", "side"):
        settled: dict[str, Resolution] = {}
        result = consolidation.consolidate(base, amendments)
        for _ in range(12):
            for one in result.conflicts:
                value = one.wordings[-1].by[0] if choice == "side" else None
                settled[one.id] = Resolution(one.id, choice, value)
            result = consolidation.consolidate(base, amendments, settled, previous=result)
            if not result.conflicts:
                break
        assert result.tree is not None
        assert consolidation.consolidate(base, amendments, settled) == result
        provenance.check(result.tree, result.provenance)


def words_from(plain: str, spans: provenance.Spans, origin: str) -> str:
    """The words of a plain text that a source of this origin stands for."""
    found, at = "", 0
    for length, source in spans:
        found += plain[at : at + length] if source.origin == origin else ""
        at += length
    return found


@given(networks(), st.data())
@LAW
def test_sources_follow_their_words_from_version_to_version(
    network: tuple[ClauseTree, list[Amendment]], data: st.DataObject
) -> None:
    base, (one, *_) = network
    first = consolidation.consolidate(base, [one])
    assert first.tree is not None
    other = Amendment(2, differences.between(
        first.tree, data.draw(strategies.edited_trees(first.tree, "later"))
    ))  # fmt: skip
    sources = {2: provenance.Source("edit", "later")}
    second = consolidation.consolidate(
        first.tree, [other], sources=sources, origins=first.provenance
    )
    assert second.tree is not None
    for node in second.tree.walk():
        held = second.provenance[node.key]
        before = first.provenance.get(node.key)
        for part, spans in (("heading", held.heading), ("text", held.text)):
            plain = provenance.plain_part(node, "heading" if part == "heading" else "text")
            new = words_from(plain, spans, "edit")
            if before is None:
                assert new == plain
                continue
            was = provenance.plain_part(
                first.tree.find(node.key), "heading" if part == "heading" else "text"
            )
            # What isn't the later one's stood there, in that order and from that source.
            for origin in ("import", "template", "amendment"):
                kept = words_from(plain, spans, origin)
                old_spans = before.heading if part == "heading" else before.text
                rest = iter(words_from(was, old_spans, origin))
                assert all(character in rest for character in kept)
            # And who removes something answers for it in this version only.
            assert all(gone.source == sources[2] for gone in held.removed)


@given(networks())
@LAW
def test_one_alone_or_with_its_equal_is_that_one(
    network: tuple[ClauseTree, list[Amendment]],
) -> None:
    base, (one, *_) = network
    new = operations.apply(base, one.operations)
    assert consolidation.consolidate(base, []).tree == base
    assert consolidation.consolidate(base, [one]).tree == new
    twin = Amendment(99, one.operations)
    other = [step for step in one.operations if not isinstance(step, InsertClause)]
    if len(other) == len(one.operations):
        result = consolidation.consolidate(base, [one, twin])
        assert result.tree == new
        assert result.reviews == ()


@given(networks())
@LAW
def test_clauses_only_one_has_touched_are_as_that_one_wants_them(
    network: tuple[ClauseTree, list[Amendment]],
) -> None:
    base, amendments = network
    result = consolidation.consolidate(base, amendments)
    if result.tree is None:
        return
    for one in amendments:
        others = frozenset(
            k for a in amendments if a is not one for k in operations.touched(a.operations)
        )
        for step in one.operations:
            if (
                isinstance(step, ReplaceText)
                and step.clause not in others
                and step.clause in result.tree.nodes
            ):
                assert result.tree.nodes[step.clause].text == step.text


@given(networks(), st.data())
@LAW
def test_no_clause_is_emptied_that_nobody_wanted_empty(
    network: tuple[ClauseTree, list[Amendment]], data: st.DataObject
) -> None:
    base, amendments = network
    both = [key for key, node in base.nodes.items() if node.heading and node.text]
    if both:
        key = data.draw(st.sampled_from(both))
        text = operations.replace_text(base, key, "")
        heading = operations.set_heading(base, key, "") if base.find(key).heading else None
        amendments += [Amendment(90, (text,)), *([Amendment(91, (heading,))] if heading else ())]
    preview = consolidation.consolidate(base, amendments).preview
    for node in preview.walk():
        assert node.kind is not Kind.CLAUSE or node.heading or node.text


@st.composite
def pairs(draw: st.DrawFn) -> tuple[ClauseTree, Amendment, Amendment]:
    """Two amendments that often touch the same clauses of a small agreement."""
    long = st.lists(st.sampled_from(strategies.WORDS), min_size=12, max_size=20).map(" ".join)
    base = ClauseTree(
        "Agreement",
        tuple(
            Clause(
                key, Kind.CLAUSE, heading, draw(long), (Clause(f"{key}a", Kind.CLAUSE, text="It."),)
            )
            for key, heading in (("a", "Fees"), ("b", ""), ("c", ""))
        ),
    )
    one, other = (
        Amendment(n, differences.between(base, draw(strategies.edited_trees(base, f"new{n}"))))
        for n in (1, 2)
    )
    return base, one, other


FLAT = ClauseTree("Agreement", tuple(Clause(key, Kind.CLAUSE, text="It.") for key in "abcde"))


@st.composite
def rearrangements(draw: st.DrawFn) -> tuple[ClauseTree, Amendment, Amendment]:
    """Two amendments that move and delete clauses, so that their neighbours go or come."""
    base = draw(st.sampled_from((strategies.NESTED, FLAT)))
    wanted = [draw(strategies.rearranged_trees(base)) for _ in range(2)]
    one, other = (differences.between(base, new) for new in wanted)
    return base, Amendment(1, one), Amendment(2, other)


@st.composite
def repetitions(draw: st.DrawFn) -> tuple[ClauseTree, Amendment, Amendment]:
    """Two amendments that insert clauses, often of the same words, where others move and go."""
    base = draw(st.sampled_from((strategies.NESTED, FLAT)))
    wanted = [draw(strategies.repeating_trees(base, f"new{number}")) for number in (1, 2)]
    one, other = (differences.between(base, new) for new in wanted)
    return base, Amendment(1, one), Amendment(2, other)


@given(st.one_of(pairs(), rearrangements(), networks().map(lambda held: (held[0], *held[1][:2]))))
@settings(LAW, max_examples=200)
def test_one_after_the_other_comes_to_the_same(
    pair: tuple[ClauseTree, Amendment, Amendment],
) -> None:
    assert_one_after_the_other_comes_to_the_same(*pair)


@given(repetitions())
@settings(LAW, max_examples=150)
def test_the_same_words_at_another_place_come_to_the_same(
    pair: tuple[ClauseTree, Amendment, Amendment],
) -> None:
    assert_one_after_the_other_comes_to_the_same(*pair)


def assert_one_after_the_other_comes_to_the_same(
    base: ClauseTree, one: Amendment, other: Amendment
) -> None:
    together = consolidation.consolidate(base, [one, other])
    assert [node.key for node in together.preview.walk()] == list(together.preview.nodes)
    new = operations.apply(base, one.operations)
    later = rebase.rebase(other.operations, base, new)
    after = operations.apply(new, later.operations)
    if any(conflict.kind == "words" for conflict in together.conflicts):
        assert later.state == "attention"
    if together.tree is not None and later.state != "attention":
        assert after == together.tree
    # Whoever deletes is asked also where something below was only moved in or out.
    steps = (*one.operations, *other.operations)
    if together.tree is not None and not any(isinstance(step, DeleteClause) for step in steps):
        assert later.state != "attention", later.reasons

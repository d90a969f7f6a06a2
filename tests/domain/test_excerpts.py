"""An excerpt shows what changes and its neighbours, and nothing far away."""

from app.domain import operations as ops
from app.domain import redline
from app.domain.clauses import Clause, ClauseTree, Kind, Place
from app.domain.excerpts import excerpt, folded


def leaf(key):
    return Clause(key, Kind.CLAUSE, text=f"The words of {key}.")


BASE = ClauseTree(
    "T",
    (
        Clause(
            "part",
            Kind.DIVISION,
            "Part",
            children=(
                Clause("a", Kind.CLAUSE, "A", children=tuple(leaf(f"a{n}") for n in range(1, 7))),
                Clause("b", Kind.CLAUSE, "B", children=(leaf("b1"),)),
            ),
        ),
        Clause("c", Kind.CLAUSE, "C", children=(leaf("c1"),)),
    ),
)


def keys(nodes):
    return [key for node in nodes for key in (node.key, *keys(node.children))]


def shown(*steps):
    return keys(excerpt(redline.build(BASE, ops.apply(BASE, steps))).nodes)


def test_a_changed_clause_with_those_above_and_beside_it() -> None:
    step = ops.replace_text(BASE, "a3", "Other words of a3.")
    assert shown(step) == ["a", "a2", "a3", "a4"]


def test_a_changed_heading_keeps_what_stands_below_it() -> None:
    assert shown(ops.set_heading(BASE, "b", "New")) == ["a", "b", "b1"]


def test_both_ends_of_a_move() -> None:
    found = shown(ops.move_clause(BASE, "a5", "c", "c1"))
    assert found == ["a", "a4", "a5", "a6", "c", "c1", "a5"]


def test_nothing_is_left_of_a_text_without_changes() -> None:
    assert shown() == []


def test_what_moved_is_read_at_its_new_place_only():
    line = redline.build(BASE, BASE.move("c", Place(None, None)))
    left = next(node for node in folded(line).nodes if node.change == "moved-from")
    assert left.heading and not left.text and not left.children
    there = next(node for node in folded(line).nodes if node.change == "moved-to")
    assert there == next(node for node in line.nodes if node.change == "moved-to")

"""All amendments on one text."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import differences, operations, redline
from app.domain.changes import Change, Either, RedlineNode
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import Operation
from app.domain.redline import overlay
from app.kernel.errors import Conflict
from tests.domain.strategies import edited_trees, trees


@dataclass(frozen=True)
class Proposal:
    number: int
    operations: tuple[Operation, ...]
    primary: int | None = None


def _clause(key: str, text: str, *children: Clause) -> Clause:
    return Clause(key, Kind.CLAUSE, text=text, children=children)


BASE = ClauseTree(
    "Agreement",
    (
        _clause("a", "Each Hub pays 30 euro.", _clause("a1", "In May."), _clause("a2", "In June.")),
        _clause("b", "Disputes go to court."),
    ),
)


def _outline(nodes: tuple[RedlineNode, ...]) -> list[str]:
    found = []
    for node in nodes:
        found.append(f"{node.change} {node.key} {node.by} {node.label.own}")
        found += _outline(node.children)
    return found


def test_words_of_several_amendments() -> None:
    found = overlay(
        BASE,
        [
            Proposal(2, (operations.replace_text(BASE, "a", "Each Hub pays 60 euro."),)),
            Proposal(1, (operations.replace_text(BASE, "a", "Each Hub pays 45 euro."),)),
            Proposal(3, (operations.set_heading(BASE, "b", "Disputes"),)),
        ],
    )
    assert isinstance(found.nodes[0].text[1], Either)
    assert found.nodes[0].by == (1, 2)
    assert found.nodes[1].heading == (Change("+", "Disputes", by=(3,)),)
    assert redline.reject_all(found) == BASE


def test_clauses_that_come_go_and_move() -> None:
    found = overlay(
        BASE,
        [
            Proposal(1, (operations.insert_clause(BASE, "a", "a1", _clause("n1", "New.")),)),
            Proposal(2, (operations.insert_clause(BASE, "a", "a1", _clause("n2", "Other.")),)),
            Proposal(3, (operations.insert_clause(BASE, "a", "a1", _clause("n3", "New.")),)),
            Proposal(4, (operations.delete_clause(BASE, "a"),)),
            Proposal(5, (operations.move_clause(BASE, "a1", None, "b"),)),
        ],
    )
    assert _outline(found.nodes) == [
        "delete a (4,) Article 1",
        "delete a1 (4,) 1.1",
        "insert n1 (1, 3) 1.2",
        "insert n2 (2,) 1.2",
        "delete a2 (4,) 1.2",
        "same b () Article 2",
        "moved-to a1 (5,) Article 3",
    ]
    assert redline.reject_all(found) == BASE


def test_a_clause_that_would_move_stays_readable() -> None:
    found = overlay(
        BASE,
        [
            Proposal(1, (operations.move_clause(BASE, "a", None, "b"),)),
            Proposal(2, (operations.replace_text(BASE, "a1", "In July."),)),
        ],
    )
    first = found.nodes[0]
    assert first.change == "moved-from"
    assert first.new_label is not None
    assert first.new_label.full == "Article 2"
    assert first.text == (Change("=", BASE.clauses[0].text, BASE.clauses[0].text),)
    assert first.children[0].change == "text"


def test_an_amendment_to_an_amendment_changes_what_that_one_brings() -> None:
    primary = Proposal(
        1,
        (operations.insert_clause(BASE, None, "b", _clause("n", "Pay now.", _clause("n1", "x"))),),
    )
    made = operations.apply(BASE, primary.operations)
    secondary = Proposal(
        2,
        (
            operations.replace_text(made, "n", "Pay soon."),
            operations.insert_clause(made, "n", "n1", _clause("m", "y")),
            operations.insert_clause(made, None, "n", _clause("k", "z")),
            operations.delete_clause(made, "n1"),
        ),
        primary=1,
    )
    found = overlay(BASE, [primary, secondary])
    assert _outline(found.nodes[2:]) == [
        "insert n (1,) Article 3",
        "insert n1 (1,) 3.1",
        "insert m (2,) 3.1",
        "insert k (2,) Article 4",
    ]
    assert found.nodes[2].text == (
        Change("+", "Pay ", by=(1,)),
        Change("-", "now", by=(2,)),
        Change("+", "soon", by=(2,)),
        Change("+", ".", by=(1,)),
    )
    assert found.nodes[2].children[0].text == (Change("-", "x", by=(2,)),)


def test_an_amendment_to_another_text_is_refused() -> None:
    stale = (operations.replace_text(BASE, "b", "Disputes go to a mediator."),)
    with pytest.raises(Conflict):
        overlay(BASE.replace("b", text="Nothing."), [Proposal(1, stale)])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_base_is_always_in_it(data: st.DataObject) -> None:
    base = data.draw(trees())
    proposals = []
    for number in range(1, data.draw(st.integers(1, 4)) + 1):
        new = data.draw(edited_trees(base, f"side-{number}"))
        proposals.append(Proposal(number, differences.between(base, new)))
    assert redline.reject_all(overlay(base, proposals)) == base

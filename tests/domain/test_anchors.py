import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import anchors, provenance
from app.domain.anchors import Anchor
from app.domain.clauses import Clause, ClauseTree, Kind
from app.kernel.errors import Conflict, Invalid
from tests.domain import strategies

TEXT = "The hub shall answer **within 30 days** under [[rules]]."
TREE = ClauseTree(
    "Agreement",
    (
        Clause("a", Kind.CLAUSE, "Time", TEXT),
        Clause("b", Kind.CLAUSE, "Votes", "", (Clause("b1", Kind.CLAUSE, "", "One vote each."),)),
    ),
)


def on(words: str, text: str = "The hub shall answer within 30 days under \ufffc.") -> Anchor:
    return anchors.anchor(
        TREE, "v1", "a", "text", text.index(words), text.index(words) + len(words)
    )


def carried(held: Anchor, new: ClauseTree) -> tuple[str, str]:
    found = anchors.carry(held, TREE, new, "v2")
    assert found.anchor.version == "v2"
    words = (
        provenance.plain_part(new.nodes[found.anchor.clause], held.part)
        if found.anchor.clause
        else ""
    )
    return found.state, words[found.anchor.start : found.anchor.end]


def test_an_anchor_keeps_its_words_and_what_stands_around_them() -> None:
    held = on("30 days")
    assert (held.quote, held.prefix, held.suffix) == (
        "30 days",
        "The hub shall answer within ",
        " under \ufffc.",
    )
    assert anchors.anchor(TREE, "v1", "b").is_whole
    with pytest.raises(Invalid):
        anchors.anchor(TREE, "v1", "a", "text", 3, 900)
    with pytest.raises(Conflict):
        anchors.anchor(TREE, "v1", "gone")


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("30 days", TEXT, ("same", "30 days")),
        ("30 days", "The hub shall *promptly* answer within 30 days.", ("moved", "30 days")),
        ("The hub", "The hub must answer.", ("same", "The hub")),
        (
            "30 days",
            "The hub shall answer within 45 days under [[rules]].",
            ("text changed", "45 days"),
        ),
        ("30 days", "30 days the hub has.", ("moved", "30 days")),
        ("answer", "The hub shall answer or answer.", ("same", "answer")),
    ],
)
def test_positions_go_through_the_edits(words: str, text: str, expected: tuple[str, str]) -> None:
    assert carried(on(words), TREE.replace("a", text=text)) == expected


def test_changed_words_keep_the_old_quote() -> None:
    found = anchors.carry(on("30 days"), TREE, TREE.replace("a", text="Nothing is owed."), "v2")
    assert (found.state, found.anchor.quote) == ("text changed", "30 days")


def test_of_a_gone_clause_the_former_neighbour_is_shown() -> None:
    held = anchors.anchor(TREE, "v1", "b1", "text", 4, 8)
    found = anchors.carry(held, TREE, TREE.remove("b1"), "v2")
    assert (found.state, found.anchor.clause, found.anchor.quote) == ("clause gone", "b", "vote")
    assert anchors.carry(held, TREE, TREE.remove("b"), "v2").anchor.clause == "a"
    empty = ClauseTree("Agreement")
    assert anchors.carry(held, TREE, empty, "v2").anchor.clause == ""
    assert anchors.carry(found.anchor, TREE.remove("b1"), TREE.remove("b1"), "v3").state == "same"


def test_whole_clauses_and_headings_are_carried_too() -> None:
    whole = anchors.anchor(TREE, "v1", "b")
    assert anchors.carry(whole, TREE, TREE.replace("b", heading="Ballots"), "v2").state == "same"
    heading = anchors.anchor(TREE, "v1", "b", "heading", 0, 5)
    assert carried(heading, TREE.replace("b", heading="All Votes")) == ("moved", "Votes")


@given(st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_is_lost_and_a_found_quote_is_the_quote(data: st.DataObject) -> None:
    old = data.draw(strategies.trees())
    new = data.draw(strategies.edited_trees(old))
    for node in old.walk():
        words = provenance.plain_part(node, "text")
        if not words:
            continue
        start = data.draw(st.integers(0, len(words) - 1))
        held = anchors.anchor(
            old, "v1", node.key, "text", start, data.draw(st.integers(start + 1, len(words)))
        )
        found = anchors.carry(held, old, new, "v2")
        assert found.anchor.quote == held.quote
        if found.state in {"same", "moved"}:
            now = provenance.plain_part(new.nodes[node.key], "text")
            assert now[found.anchor.start : found.anchor.end] == held.quote
        if new.nodes.get(node.key) == node:
            assert found.state == "same"

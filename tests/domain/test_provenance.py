import pytest

from app.domain import provenance
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.provenance import NodeProvenance, ProvenanceSpan, Removed, Source
from app.kernel.errors import Invalid

TEMPLATE, MINE = Source("template", "framework"), Source("amendment", "3", "Clearer.")
TREE = ClauseTree(
    "T",
    (
        Clause("a", Kind.CLAUSE, "**Time**", "See [[b]] in {{days}} days."),
        Clause("b", Kind.VERBATIM, "", "*x*"),
    ),
)


def test_at_first_every_word_has_one_source_counted_in_plain_text() -> None:
    found = provenance.initial(TREE, TEMPLATE)
    assert found["a"] == NodeProvenance(
        (ProvenanceSpan(4, TEMPLATE),), (ProvenanceSpan(16, TEMPLATE),)
    )
    assert found["b"] == NodeProvenance((), (ProvenanceSpan(3, TEMPLATE),))
    provenance.check(TREE, found)


def test_words_without_a_source_are_found() -> None:
    held = provenance.initial(TREE, TEMPLATE)
    with pytest.raises(Invalid, match="clause a don't cover its text"):
        provenance.check(TREE.replace("a", text="More words than before, far more."), held)
    with pytest.raises(Invalid):
        provenance.check(TREE, {"a": held["a"]})


def test_spans_are_cut_and_joined() -> None:
    spans = [ProvenanceSpan(4, TEMPLATE), ProvenanceSpan(3, MINE), ProvenanceSpan(2, TEMPLATE)]
    assert provenance.cut(spans, 2, 8) == [
        ProvenanceSpan(2, TEMPLATE),
        ProvenanceSpan(3, MINE),
        ProvenanceSpan(1, TEMPLATE),
    ]
    assert provenance.cut(spans, 5, 5) == []
    assert provenance.joined(
        [ProvenanceSpan(2, MINE), ProvenanceSpan(0, TEMPLATE), ProvenanceSpan(3, MINE)]
    ) == (ProvenanceSpan(5, MINE),)


def test_sources_are_stored_and_read_back() -> None:
    held = {
        "a": NodeProvenance((ProvenanceSpan(4, MINE),), (), (Removed("text", 2, "gone", MINE),))
    }
    stored = provenance.to_json(held)
    assert stored["a"]["heading"] == [[4, {"from": "amendment", "ref": "3", "why": "Clearer."}]]
    assert provenance.from_json(stored) == held
    for broken in ({"a": {}}, {"a": {"heading": [[1]], "text": []}}, {"a": None}):
        with pytest.raises(Invalid):
            provenance.from_json(broken)


def test_what_an_earlier_step_removed_is_kept_after_a_further_one() -> None:
    gone = Removed("text", 12, "old", MINE)
    before = {
        "a": NodeProvenance(text=(ProvenanceSpan(16, TEMPLATE),), removed=(gone,)),
        "deleted": NodeProvenance(removed=(gone,)),
        "b": NodeProvenance(text=(ProvenanceSpan(3, TEMPLATE),)),
    }
    later = Removed("text", 0, "later", TEMPLATE)
    now = {"a": NodeProvenance(text=(ProvenanceSpan(5, MINE),), removed=(later,))}
    found = provenance.with_removed(now, before)
    assert [(one.at, one.text) for one in found["a"].removed] == [(5, "old"), (0, "later")]
    assert found["deleted"].removed[0].text == "old"
    assert "b" not in found

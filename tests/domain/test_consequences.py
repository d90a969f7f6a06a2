"""What a decision breaks is told before it is taken."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause, ClauseTree, Kind, Place
from app.domain.consequences import consequences
from tests.domain.strategies import edited_trees, trees


def _clause(key: str, text: str, *children: Clause) -> Clause:
    return Clause(key, Kind.CLAUSE, text=text, children=children)


def _definition(key: str, term: str, text: str = "means something.") -> Clause:
    return Clause(key, Kind.DEFINITION, term, text)


TREE = ClauseTree(
    "T",
    (
        _clause("defs", "Words:", _definition("d-hub", "Hub; Hubs"), _definition("d-fee", "Fee")),
        _clause(
            "pay", "Each Hub pays the Fee.", _clause("pay-a", "In May."), _clause("pay-b", "x")
        ),
        _clause("law", "See [[pay-b]] and Article 2(b) of the Act, but not Article 2.2."),
        _clause("end", "The Hubs go."),
    ),
)


def _told(old: ClauseTree, new: ClauseTree, *mandatory: str) -> list[tuple[str, str | None, str]]:
    found = consequences(old, new, frozenset(mandatory))
    return [(item.kind, item.clause, str(item)) for item in found]


def test_nothing_follows_from_nothing() -> None:
    assert _told(TREE, TREE, "pay") == []


def test_a_reference_to_a_deleted_clause() -> None:
    assert _told(TREE, TREE.remove("pay-b")) == [
        ("dangling", "law", "Article 3 refers to Article 2.2, which is no longer in the text."),
        ("typed number", "law", "Article 3 says “Article 2.2” in words; that clause goes."),
    ]


def test_terms_that_lose_their_definition_or_their_use() -> None:
    assert _told(TREE, TREE.remove("d-hub")) == [
        ("undefined", "pay", "“Hub” is still used in Article 2, but no longer defined."),
        ("undefined", "end", "“Hubs” is still used in Article 4, but no longer defined."),
    ]
    assert _told(TREE, TREE.replace("pay", text="Each Hub pays.")) == [
        ("unused", "d-fee", "“Fee” is defined, but used nowhere.")
    ]


def test_a_term_defined_twice() -> None:
    new = TREE.insert(Place("end", None), _definition("d-again", "Fee"))
    assert _told(TREE, new) == [("defined twice", "d-again", "“Fee” is defined twice.")]
    assert _told(new, new) == []


def test_numbers_that_shift_are_told_in_runs() -> None:
    new = TREE.insert(Place(None, "defs"), _clause("n", "New."))
    told = _told(TREE, new)
    assert told == [
        ("numbering", "pay", "Article 2 to Article 4 become Article 3 to Article 5."),
        ("typed number", "law", "Article 4 says “Article 2.2” in words; that is Article 3.2 now."),
    ]
    moved = TREE.move("end", Place(None, "defs"))
    assert [sentence for kind, _, sentence in _told(TREE, moved) if kind == "numbering"] == [
        "Article 4 becomes Article 2.",
        "Article 2 to Article 3 become Article 3 to Article 4.",
    ]


def test_a_bullet_that_goes_takes_no_number_along() -> None:
    bullet = Clause("point", Kind.BULLET, text="A point.")
    old = TREE.insert(Place("pay", None), bullet).replace("end", text="Hubs: see Article 2.")
    assert _told(old, old.remove("point")) == []


def test_mandatory_clauses() -> None:
    new = TREE.replace("pay", text="Each Hub pays half the Fee.").remove("end")
    assert _told(TREE, new, "pay", "end", "law") == [
        ("mandatory", "pay", "Article 2 changes; the template says that it must stay as it is."),
        ("mandatory", None, "Article 4 goes; the template says that it must stay."),
    ]


def test_blanks_left() -> None:
    one = TREE.replace("end", text="The Hubs go in {{days}} days.")
    assert _told(TREE, one) == [("blanks", None, "One blank is still to be filled (days).")]
    two = TREE.replace("end", text="The Hubs go in {{days}} days, {{days}} or {{more}}.")
    assert _told(TREE, two) == [("blanks", None, "Blanks still to be filled: 2 (days, more).")]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_consequence_reads_as_a_sentence(data: st.DataObject) -> None:
    old = data.draw(trees())
    new = data.draw(edited_trees(old))
    for item in consequences(old, new, frozenset(old.nodes)):
        assert str(item).endswith(".")
        assert "{" not in str(item)
        assert item.clause is None or item.clause in new.nodes

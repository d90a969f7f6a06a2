"""What a decision breaks is told before it is taken."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause, ClauseTree, Kind, Place
from app.domain.consequences import Waiting, consequences, of_amendments
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
        (
            "numbering",
            "pay",
            "Article 2 to Article 4 become Article 3 to Article 5; one reference follows.",
        ),
        ("typed number", "law", "Article 4 says “Article 2.2” in words; that is Article 3.2 now."),
    ]
    moved = TREE.move("end", Place(None, "defs"))
    assert [sentence for kind, _, sentence in _told(TREE, moved) if kind == "numbering"] == [
        "Article 4 becomes Article 2.",
        "Article 2 to Article 3 become Article 3 to Article 4; one reference follows.",
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


def test_what_stands_below_a_mandatory_clause_belongs_to_it() -> None:
    new = TREE.remove("pay-a").replace("pay-b", text="See.")
    new = new.insert(Place("pay", None), _clause("own", "Ours."))
    told = [one for one in _told(TREE, new, "pay") if one[0] == "mandatory"]
    assert told == [
        ("mandatory", "pay", "Article 2.1 goes; the template says that it must stay."),
        (
            "mandatory",
            "pay-b",
            "Article 2.2 changes; the template says that it must stay as it is.",
        ),
        (
            "mandatory",
            "own",
            "Article 2.1 is new below a clause that must stay as the template has it.",
        ),
    ]
    gone = [sentence for kind, _, sentence in _told(TREE, TREE.remove("pay"), "pay")]
    assert gone.count("Article 2 goes; the template says that it must stay.") == 1
    assert not [one for one in gone if one.startswith("Article 2.1")]


def test_references_that_come_to_lead_in_a_ring() -> None:
    new = TREE.replace("pay-b", text="Subject to [[law]].")
    assert [one for one in _told(TREE, new) if one[0] == "circular"] == [
        ("circular", "pay-b", "Article 2.2 and Article 3 refer to each other in a ring.")
    ]
    itself = TREE.replace("end", text="The Hubs go under [[end]].")
    assert _told(TREE, itself) == [("circular", "end", "Article 4 refers to itself.")]
    assert _told(new, new) == []


def test_a_term_that_comes_to_be_used_before_it_is_defined() -> None:
    early = TREE.insert(Place(None, None), _clause("first", "Every Hub agrees."))
    told = [one for one in _told(TREE, early) if one[0] == "used early"]
    assert told == [("used early", "d-hub", "“Hub” is used in Article 1 before it is defined.")]
    recital = TREE.insert(Place(None, None), Clause("r", Kind.RECITAL, text="Every Hub agrees."))
    assert not [one for one in _told(TREE, recital) if one[0] == "used early"]


def test_a_blocker_is_told_from_what_needs_a_look_and_what_is_only_to_know() -> None:
    new = TREE.remove("pay-b").insert(Place(None, None), _clause("n", "New {{days}}."))
    held = {item.kind: item.severity for item in consequences(TREE, new, frozenset({"pay"}))}
    assert held == {
        "dangling": "blocks",
        "mandatory": "look",
        "numbering": "know",
        "typed number": "look",
        "blanks": "know",
    }


def test_what_becomes_of_open_amendments() -> None:
    found = of_amendments(
        [
            Waiting("A1", "clean", "x"),
            Waiting("A2", "clean", "x"),
            Waiting("A3", "clean", "y"),
            Waiting("A4", "obsolete", "z"),
            Waiting("A5.1", "falls", "", primary="A5"),
            Waiting("A6", "attention", "", why="The clause it changes is no longer there."),
        ]
    )
    assert [(item.kind, item.severity, str(item)) for item in found] == [
        ("obsolete", "know", "A4 is overtaken: the text says so already."),
        ("falls", "look", "A5.1 falls with A5."),
        ("attention", "look", "A6 waits for its author. The clause it changes is no longer there."),
        ("alike", "know", "A1 and A2 say the same now."),
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

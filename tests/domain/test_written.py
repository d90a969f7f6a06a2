"""Words in fields become operations, and operations fill the fields again."""

import pytest

from app.domain import operations as ops
from app.domain import written as writing
from app.domain.clauses import Clause, ClauseTree, Kind, Place
from app.domain.numbering import labels
from app.domain.written import Added, Written
from app.kernel.errors import Invalid

BASE = ClauseTree(
    "T",
    (
        Clause(
            "a",
            Kind.CLAUSE,
            "First",
            children=(
                Clause("a1", Kind.CLAUSE, text="Each Hub pays 30 euro."),
                Clause("a2", Kind.CLAUSE, text="It pays in May."),
            ),
        ),
        Clause("b", Kind.CLAUSE, "Second", text="It ends in June."),
        Clause("c", Kind.VERBATIM, text="x = 1\ny = 2"),
    ),
)
NAMES = labels(BASE)


def test_nothing_written_is_no_operation() -> None:
    same = {key: (node.heading, node.text) for key, node in BASE.nodes.items()}
    assert writing.operations_of(BASE, Written(words=same)) == ()


def test_words_are_made_canonical_but_verbatim_stays() -> None:
    held = Written(
        words={"a1": ("", "  Each  Hub pays *40* euro.\r\n"), "c": ("", "x  = 1\r\n*y*")}
    )
    text = writing.text_of(BASE, held)
    assert text.find("a1").text == "Each Hub pays *40* euro."
    assert text.find("c").text == "x  = 1\n*y*"


def test_a_clause_without_words_is_refused_at_its_field_unless_it_goes() -> None:
    empty = Written(words={"a1": ("", " ")})
    with pytest.raises(Invalid) as refused:
        writing.operations_of(BASE, empty)
    assert refused.value.field == "text-a1"
    gone = Written(words=empty.words, deleted=frozenset({"a1"}))
    assert [type(step) for step in writing.operations_of(BASE, gone)] == [ops.DeleteClause]


def test_new_clauses_stand_behind_each_other_and_inside() -> None:
    held = Written(
        added=(
            Added("n1", Kind.CLAUSE, Place("a", "a1"), text="New one."),
            Added("n2", Kind.CLAUSE, Place("a", "n1"), "Headed"),
            Added("n3", Kind.CLAUSE, Place("n2", None), text="Inside."),
        )
    )
    text = writing.text_of(BASE, held)
    assert [node.key for node in text.find("a").children] == ["a1", "n1", "n2", "a2"]
    assert [node.key for node in text.find("n2").children] == ["n3"]
    assert writing.with_additions(BASE, held) == text


def test_a_new_clause_whose_place_is_gone_is_left_out_of_the_page() -> None:
    lost = Written(added=(Added("n1", Kind.CLAUSE, Place("z", None), text="New."),))
    assert writing.with_additions(BASE, lost) == BASE


def test_operations_fill_the_fields_and_come_back() -> None:
    steps = (
        ops.replace_text(BASE, "a1", "Each Hub pays 40 euro."),
        ops.set_heading(BASE, "b", "Third"),
        ops.delete_clause(BASE, "c"),
        ops.move_clause(BASE, "a2", None, "b"),
        ops.insert_clause(
            BASE,
            "a",
            "a1",
            Clause("n", Kind.CLAUSE, "New", children=(Clause("m", Kind.CLAUSE, text="Below."),)),
        ),
    )
    held = writing.read(BASE, steps)
    assert held.words["a1"] == ("", "Each Hub pays 40 euro.")
    assert held.deleted == {"c"}
    assert held.moved == {"a2": Place(None, "b")}
    assert [new.key for new in held.added] == ["n", "m"]
    again = writing.operations_of(BASE, held)
    assert ops.apply(BASE, again) == ops.apply(BASE, steps)


@pytest.mark.parametrize(
    ("side", "name", "place"),
    [
        ("behind", "Article 2", Place(None, "b")),
        ("before", "article  2", Place(None, "a")),
        ("before", "1.1", Place("a", None)),
        ("behind", "Article 1.2", Place("a", "a2")),
    ],
)
def test_a_place_is_named_by_its_label(side, name, place) -> None:
    assert writing.place_of(BASE, NAMES, "c", side, name) == place


@pytest.mark.parametrize("name", ["Article 9", "", "Article 1", "1.1"])
def test_a_place_that_cannot_be_is_refused_at_its_field(name) -> None:
    with pytest.raises(Invalid) as refused:
        writing.place_of(BASE, NAMES, "a", "behind", name)
    assert refused.value.field == "move-a"


def test_a_move_that_does_not_fit_is_refused_at_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        writing.text_of(BASE, Written(moved={"a": Place("a1", None)}))
    assert refused.value.field == "move-a"


def test_new_clauses_are_of_the_kind_of_their_neighbours() -> None:
    assert writing.may_follow(BASE, "a1") is Kind.CLAUSE
    assert writing.may_follow(BASE, "c") is Kind.PARA
    assert writing.may_stand_in(BASE, "a") is Kind.CLAUSE
    assert writing.may_stand_in(BASE, "c") is None


@pytest.mark.parametrize(
    ("heading", "text", "field"),
    [("Second", "w " * 10_001, "text-b"), ("S" * 1_001, "It ends.", "heading-b")],
)
def test_words_without_end_are_refused_at_their_field(heading, text, field) -> None:
    with pytest.raises(Invalid, match="Keep it under") as refused:
        writing.operations_of(BASE, Written(words={"b": (heading, text)}))
    assert refused.value.field == field
    new = Added("n", Kind.CLAUSE, Place(None, "b"), heading, text)
    with pytest.raises(Invalid, match="Keep it under"):
        writing.operations_of(BASE, Written(added=(new,)))


def test_what_came_longer_out_of_a_file_can_be_made_shorter() -> None:
    base = BASE.replace("b", heading="Second", text="word " * 5_000)
    assert writing.operations_of(base, Written(words={"b": ("Second", "word " * 4_500)}))
    endless = BASE.replace("b", heading="Second", text="word " * 20_000)
    with pytest.raises(Invalid, match="Keep it under 50000"):
        writing.operations_of(endless, Written(words={"b": ("Second", "word " * 19_000)}))


def test_what_has_no_number_of_its_own_does_not_take_its_parents_name():
    points = (Clause("p", Kind.PARA, text="One."), Clause("q", Kind.BULLET, text="Two."))
    tree = ClauseTree(
        "T",
        (Clause("a", Kind.CLAUSE, "First", children=points), Clause("b", Kind.CLAUSE, "Second")),
    )
    names = labels(tree)
    assert [writing.name_of(tree, names, key) for key in "apq"] == ["Article 1", "", ""]
    assert writing.place_of(tree, names, "b", "before", "Article 1") == Place(None, None)
    assert writing.place_of(tree, names, "p", "behind", "[[q]]") == Place("a", "q")


def test_a_place_among_neighbours_is_a_number_that_finds_it_again():
    for key in BASE.nodes:
        place = BASE.place_of(key)
        order = writing.neighbours(BASE, key, place)
        assert key not in order
        at = writing.stands_at(order, place)
        assert place.after == (order[at - 1] if at else None)
        assert (
            writing.place_of(BASE, NAMES, key, "behind", f"[[{order[0]}]]").after == order[0]
            if order
            else True
        )

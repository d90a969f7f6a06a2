"""Two texts in one: who wrote what, and that neither text is lost."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import redline
from app.domain.changes import gives_new, gives_old
from app.domain.clauses import Clause, ClauseTree, Kind, Numbering, Place
from app.domain.redline import Change
from tests.domain.strategies import edited_trees, trees


def _clause(key: str, text: str, *children: Clause) -> Clause:
    return Clause(key, Kind.CLAUSE, text=text, children=children)


OLD = ClauseTree(
    "Agreement",
    (
        _clause("a", "Each Hub pays 30 euro.", _clause("a1", "In May."), _clause("a2", "In June.")),
        _clause("b", "Disputes go to court."),
        _clause("c", "It ends in [[a]]."),
    ),
)


def _outline(nodes: tuple[redline.RedlineNode, ...], depth: int = 0) -> list[str]:
    found = []
    for node in nodes:
        found.append("  " * depth + f"{node.change} {node.key}")
        found += _outline(node.children, depth + 1)
    return found


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_accepting_gives_the_new_text_and_rejecting_the_old(data: st.DataObject) -> None:
    old = data.draw(trees())
    new = data.draw(edited_trees(old))
    built = redline.build(old, new, by=(7,))
    made_again = replace(built)  # without the texts it was built of
    assert redline.accept_all(made_again) == redline.accept_all(built) == new
    assert redline.reject_all(made_again) == redline.reject_all(built) == old


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_redline_is_never_taken_for_one_of_other_texts(data: st.DataObject) -> None:
    old = data.draw(trees())
    new = data.draw(edited_trees(old))
    built = redline.build(old, new)
    assert gives_new(built, old) == (old == new)
    assert gives_old(built, new) == (old == new)


@settings(max_examples=60, deadline=None)
@given(trees(), trees())
def test_the_laws_hold_for_texts_that_share_nothing_but_keys(
    old: ClauseTree, new: ClauseTree
) -> None:
    built = redline.build(old, new)
    made_again = replace(built)  # without the texts it was built of
    assert redline.accept_all(made_again) == redline.accept_all(built) == new
    assert redline.reject_all(made_again) == redline.reject_all(built) == old


def test_changed_words_name_their_author() -> None:
    built = redline.build(OLD, OLD.replace("a", text="Each Hub pays 60 euro."), by=[17])
    node = built.nodes[0]
    assert node.change == "text"
    assert node.by == (17,)
    assert node.text == (
        Change("=", "Each Hub pays ", "Each Hub pays "),
        Change("-", "30", by=(17,)),
        Change("+", "60", by=(17,)),
        Change("=", " euro.", " euro."),
    )
    assert [other.change for other in built.nodes[1:]] == ["same", "same"]


def test_a_moved_clause_stands_at_both_places_and_takes_its_changes_along() -> None:
    new = OLD.move("a", Place(None, "c")).replace("a2", text="In July.")
    built = redline.build(OLD, new)
    assert _outline(built.nodes) == [
        "moved-from a",
        "  moved-from a1",
        "  moved-from a2",
        "same b",
        "same c",
        "moved-to a",
        "  same a1",
        "  text a2",
    ]
    stood, stands = built.nodes[0], built.nodes[3]
    assert (stood.old_label, stood.new_label) == (stands.old_label, stands.new_label)
    assert stood.new_label is not None
    assert stood.new_label.full == "Article 3"


def test_inserted_and_deleted_subtrees_are_marked_throughout() -> None:
    new = OLD.remove("a").insert(Place(None, None), _clause("n", "New.", _clause("n1", "Too.")))
    built = redline.build(OLD, new)
    assert _outline(built.nodes) == [
        "delete a",
        "  delete a1",
        "  delete a2",
        "insert n",
        "  insert n1",
        "same b",
        "same c",
    ]
    assert built.nodes[0].new_label is None
    assert built.nodes[1].old_label is None


def test_parent_and_child_can_change_places() -> None:
    new = ClauseTree(
        "Agreement", (_clause("a1", "In May.", _clause("a", "Each Hub pays 30 euro.")),)
    )
    built = redline.build(OLD, new)
    assert redline.accept_all(built) == new
    assert redline.reject_all(built) == OLD


def test_title_style_kind_and_number_change_too() -> None:
    new = ClauseTree(
        "Framework [draft] Agreement",
        (
            Clause("a", Kind.PARA, text=OLD.find("a").text),
            Clause("b", Kind.CLAUSE, text=OLD.find("b").text, number="§ 2a"),
            Clause("c", Kind.VERBATIM, text="It ends in [[a]]."),
        ),
        language="fr",
        numbering=Numbering.DECIMAL,
    )
    built = redline.build(OLD, new)
    assert redline.accept_all(built) == new
    assert redline.reject_all(built) == OLD
    assert [node.change for node in built.nodes] == ["text", "text", "text"]


def test_texts_that_are_not_canonical_are_kept_as_they_are() -> None:
    old = ClauseTree("T", (_clause("a", "2 * 3  = [x]"), _clause("b", "*")))
    new = ClauseTree("T", (_clause("a", "2 * 4  = [x]"), _clause("b", "**")))
    built = redline.build(old, new)
    made_again = replace(built)  # without the texts it was built of
    assert redline.accept_all(made_again) == redline.accept_all(built) == new
    assert redline.reject_all(made_again) == redline.reject_all(built) == old

"""Changed words, and the two texts inside them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import changes, prose, redline
from app.domain.changes import Change, Either, RedlineNode
from app.domain.clauses import Clause, ClauseTree, Kind, Numbering, Place
from app.domain.numbering import Label
from tests.domain.strategies import edited_proses, odd_proses, proses


@settings(max_examples=150, deadline=None)
@given(st.data(), st.one_of(proses, odd_proses))
def test_both_texts_can_be_read_off(data: st.DataObject, old: str) -> None:
    new = data.draw(edited_proses(old))
    found = changes.compare(old, new, (3,))
    assert changes.old_words(found) == old
    assert changes.new_words(found) == new
    assert all(
        change.by == (() if change.op == "=" and change.text == change.was else (3,))
        for change in found
    )


@given(st.text(alphabet="a *[]|\\\n", max_size=12), st.text(alphabet="a *[]|\\\n", max_size=12))
def test_any_text_can_be_read_off(old: str, new: str) -> None:
    found = changes.compare(old, new)
    assert changes.old_words(found) == old
    assert changes.new_words(found) == new


def test_a_text_that_stays_is_one_stretch_and_an_empty_one_none() -> None:
    assert changes.compare("a", "a", (1,)) == (Change("=", "a", "a"),)
    assert changes.compare("", "") == ()
    assert changes.compare("", "a", (1,)) == (Change("+", "a", by=(1,)),)


def test_marks_change_without_words() -> None:
    found = changes.compare("pay the fee", "pay **the** fee", (1,))
    assert Change("=", "**the**", "the", (1,)) in found


def test_contested_words_have_one_old_text_and_first_wording() -> None:
    either = Either(
        (
            (Change("-", "30", by=(1,)), Change("+", "45", by=(1,))),
            (Change("-", "30", by=(2,)), Change("+", "60", by=(2,))),
        )
    )
    parts = (Change("=", "pay ", "pay "), either)
    assert changes.old_words(parts) == "pay 30"
    assert changes.new_words(parts) == "pay 45"


def test_a_row_is_cut_where_its_cells_end() -> None:
    old, new = prose.row(["Fee", "30", r"a\|b"]), prose.row(["Fee", "60", "new", r"a\|b"])
    found = changes.cells(changes.compare(old, new))
    assert [changes.new_words(cell).strip() for cell in found] == ["Fee", "60", "new", r"a\|b"]
    assert changes.old_words(found[1]).strip() == "30"


def test_a_node_is_labelled_where_it_stands_now_or_stood() -> None:
    here, there = Label("4.", "4"), Label("5.", "5")
    assert RedlineNode("k", Kind.CLAUSE, None, "same", here, there).label == there
    assert RedlineNode("k", Kind.CLAUSE, None, "delete", here, None).label == here


def others(tree: ClauseTree) -> list[ClauseTree]:
    """Texts that differ from one with a clause `a` and `b` below it in one thing each."""
    inner = tree.find("b")
    renamed = replace(tree.find("a"), children=(replace(inner, key="c"),))
    return [
        *(tree.replace(key, heading="Other") for key in "ab"),
        *(tree.replace(key, text="Other.") for key in "ab"),
        *(tree.replace(key, number="1a") for key in "ab"),
        *(tree.replace(key, kind=Kind.PARA) for key in "ab"),
        replace(tree, clauses=(renamed,)),
        tree.remove("b"),
        tree.remove("a"),
        tree.insert(Place("a", "b"), Clause("c", Kind.PARA, text="More.")),
        tree.insert(Place("b", None), Clause("c", Kind.PARA, text="More.")),
        tree.move("b", Place(None, "a")),
        replace(tree, title="Other"),
        replace(tree, language="fr"),
        replace(tree, numbering=Numbering.PLAIN),
    ]


def test_a_redline_gives_its_two_texts_and_no_other() -> None:
    inner = Clause("b", Kind.CLAUSE, "When", "In May.")
    old = ClauseTree("A & B", (Clause("a", Kind.CLAUSE, "Fees", "Each Hub pays.", (inner,)),))
    new = old.replace("a", text="Each Hub pays *now*.", heading="Fee").replace("b", text="In June.")
    built = redline.build(old, new)
    assert changes.gives_new(built, new)
    assert changes.gives_old(built, old)
    for other in (old, new.replace("a", text="Each Hub pays now."), *others(new)):
        assert not changes.gives_new(built, other)
    for other in (new, *others(old)):
        assert not changes.gives_old(built, other)
    assert changes.accept_all(built) == new
    assert changes.reject_all(built) == old

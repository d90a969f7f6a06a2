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


def test_a_redline_gives_its_two_texts_and_no_other() -> None:
    old = ClauseTree("A & B", (Clause("a", Kind.CLAUSE, text="Each Hub pays."),))
    new = old.replace("a", text="Each Hub pays *now*.")
    built = redline.build(old, new)
    assert changes.gives_new(built, new)
    assert changes.gives_old(built, old)
    for other in (
        new.replace("a", text="Each Hub pays now."),
        new.replace("a", heading="Fees"),
        new.replace("a", number="1a"),
        new.replace("a", kind=Kind.PARA),
        new.insert(Place("a", None), Clause("b", Kind.PARA, text="More.")),
        replace(new, title="A"),
        replace(new, language="fr"),
        replace(new, numbering=Numbering.PLAIN),
    ):
        assert not changes.gives_new(built, other)
        assert not changes.gives_old(built, other)
    assert not changes.gives_new(built, old)
    assert not changes.gives_old(built, new)

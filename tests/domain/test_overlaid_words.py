"""One text as several amendments want it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.changes import Change, Either, old_words
from app.domain.overlaid_words import Want, arriving, struck, together
from tests.domain.strategies import edited_proses, odd_proses, proses

BASE = "Each Hub pays 30 euro in May of each year."


def test_different_words_stand_side_by_side() -> None:
    found = together(
        BASE, [Want(1, BASE.replace("Each Hub", "A Hub")), Want(2, BASE.replace("May", "June"))]
    )
    assert found == (
        Change("-", "Each", by=(1,)),
        Change("+", "A", by=(1,)),
        Change("=", " Hub pays 30 euro in ", " Hub pays 30 euro in "),
        Change("-", "May", by=(2,)),
        Change("+", "June", by=(2,)),
        Change("=", " of each year.", " of each year."),
    )


def test_the_same_words_wanted_differently_are_contested() -> None:
    found = together(BASE, [Want(1, BASE.replace("30", "45")), Want(2, BASE.replace("30", "60"))])
    assert found[1] == Either(
        (
            (Change("-", "30", by=(1,)), Change("+", "45", by=(1,))),
            (Change("-", "30", by=(2,)), Change("+", "60", by=(2,))),
        )
    )


def test_equal_changes_are_one() -> None:
    found = together(BASE, [Want(1, BASE.replace("30", "45")), Want(2, BASE.replace("30", "45"))])
    assert found[1:3] == (Change("-", "30", by=(1, 2)), Change("+", "45", by=(1, 2)))


def test_an_amendment_to_an_amendment_counts_for_its_own_changes_only() -> None:
    first = BASE.replace("30", "45")
    found = together(BASE, [Want(1, first), Want(2, first.replace("May", "June"), primary=1)])
    assert [(part.op, part.text, part.by) for part in found if isinstance(part, Change)] == [
        ("=", "Each Hub pays ", ()),
        ("-", "30", (1,)),
        ("+", "45", (1,)),
        ("=", " euro in ", ()),
        ("-", "May", (2,)),
        ("+", "June", (2,)),
        ("=", " of each year.", ()),
    ]


def test_marks_are_no_words() -> None:
    found = together(BASE, [Want(1, BASE.replace("Hub", "**Hub**"))])
    assert Change("=", "**Hub**", "Hub", (1,)) in found
    assert {part.op for part in found if isinstance(part, Change)} == {"="}


def test_a_text_that_goes_or_comes_as_a_whole() -> None:
    parts = together(BASE, [Want(1, BASE.replace("30", "45"))])
    assert old_words(struck(parts, (3,))) == BASE
    assert [part.op for part in struck(parts, (3,)) if isinstance(part, Change)] == [
        "-",
        "-",
        "+",
        "-",
    ]
    assert all(part.op != "=" for part in arriving(parts, (4,)) if isinstance(part, Change))


@settings(max_examples=100, deadline=None)
@given(st.data(), st.one_of(proses, odd_proses))
def test_the_base_is_always_in_it(data: st.DataObject, base: str) -> None:
    wants = [
        Want(number, data.draw(edited_proses(base)))
        for number in range(1, data.draw(st.integers(1, 4)) + 1)
    ]
    assert old_words(together(base, wants)) == base

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import merging, tokens
from app.domain.merging import Change, Contested, Kept, Taken


def shown(base: str, *sides: str, lines: bool = False) -> str:
    words = tokens.tokens(base)
    separated = (merging.by_words_or_lines if lines else merging.by_words)(words)
    found = [
        change
        for number, side in enumerate(sides, 1)
        for change in merging.changes(words, tokens.tokens(side), number)
    ]
    return "".join(one_shown(words, segment) for segment in merging.merge(words, found, separated))


def one_shown(words: list[str], segment: merging.Segment) -> str:
    match segment:
        case Kept():
            return "".join(words[segment.start : segment.end])
        case Taken():
            return "".join(segment.words)
        case Contested():
            return "<" + "|".join("".join(w.words) for w in segment.wordings) + ">"


@pytest.mark.parametrize(
    ("base", "sides", "result"),
    [
        ("pay in 30 days", ["pay in 45 days", "pay in 60 days"], "pay in <45|60> days"),
        ("pay in 30 days", ["pay in 45 days", "pay in 45 days"], "pay in 45 days"),
        (
            "pay in 30 days",
            ["pay in 45 days", "pay in 45 days", "pay in 60 days"],
            "pay in <45|60> days",
        ),
        (
            "pay in 30 days now",
            ["settle in 30 days now", "pay in 30 weeks now"],
            "settle in 30 weeks now",
        ),
        ("pay in 30 days", ["pay in 45 days", "pay in 30 weeks"], "pay in <45 days|30 weeks>"),
        ("pay it, then", ["settle it, then", "pay that, then"], "<settle it|pay that>, then"),
        ("it, then", ["that, then", "it, now"], "<that, then|it, now>"),
        ("pay days", ["pay all days", "pay working days"], "pay <all |working >days"),
        ("a b c d e", ["a x y z e", "a b q d e"], "a <x y z|b q d> e"),
        ("pay the sum", ["pay the full sum", "pay the sum"], "pay the full sum"),
        ("", ["new", ""], "new"),
        ("old", ["", "old"], ""),
    ],
)
def test_changes_meet_or_stand_side_by_side(base: str, sides: list[str], result: str) -> None:
    assert shown(base, *sides) == result


def test_who_made_more_of_the_same_change_does_not_collide() -> None:
    words = tokens.tokens("a b, c d")
    both = Change(0, 1, ("x",), (1,)), Change(0, 1, ("x",), (2,))
    more = Change(1, 1, ("!",), (2,))
    found = merging.merge(words, [*both, more], merging.by_words(words))
    assert found[:2] == (Taken(0, 1, ("x",), (1, 2)), Taken(1, 1, ("!",), (2,)))


def test_the_lowest_number_is_listed_first_wherever_its_words_stand() -> None:
    words = ["a", ",", "b"]
    found = [Change(0, 1, ("x",), (2,)), Change(2, 3, ("y",), (1,)), Change(0, 3, ("z",), (3,))]
    (only,) = merging.merge(words, found, merging.by_words(words))
    assert isinstance(only, Contested)
    assert [wording.by for wording in only.wordings] == [(1,), (2,), (3,)]


def test_a_side_between_two_that_meet_joins_them() -> None:
    words = ["a", ",", ";", ",", "b"]
    found = [
        Change(0, 1, ("x",), (1,)),
        Change(2, 3, (":",), (1,)),
        Change(2, 3, (":",), (2,)),
        Change(4, 5, ("y",), (2,)),
    ]
    (only,) = merging.merge(words, found, merging.by_words(words))
    assert isinstance(only, Contested)
    assert [(w.by, "".join(w.words)) for w in only.wordings] == [((1,), "x,:,b"), ((2,), "a,:,y")]


def test_a_cut_meets_only_what_spans_it() -> None:
    words = tokens.tokens("One two. Three four.")
    cut = Change(4, 5, ("\x00n",), (1,), cut=True)
    beside = [Change(0, 1, ("Six",), (2,)), Change(5, 6, ("Seven",), (3,))]
    found = merging.merge(words, [cut, *beside], merging.by_words(words))
    assert [type(segment) for segment in found if not isinstance(segment, Kept)] == [Taken] * 3
    across = Change(2, 6, ("x",), (2,))
    assert any(
        isinstance(s, Contested)
        for s in merging.merge(words, [cut, across], merging.by_words(words))
    )


def test_in_files_an_unchanged_line_separates() -> None:
    base = "one\n---\ntwo\n"
    sides = ["six\n---\ntwo\n", "one\n---\nten\n"]
    assert shown(base, *sides) == "<six\n---\ntwo|one\n---\nten>\n"
    assert shown(base, *sides, lines=True) == "six\n---\nten\n"
    assert shown("one\ntwo\n", "six\ntwo\n", "one\nten\n", lines=True) == "<six\ntwo|one\nten>\n"


def test_review_names_those_whose_changes_stand_side_by_side() -> None:
    words = tokens.tokens("a b c")
    one, two = Change(0, 1, ("x",), (1,)), Change(4, 5, ("y",), (2,))
    assert merging.reviewed(merging.merge(words, [one, two], merging.by_words(words))) == (1, 2)
    assert merging.reviewed(merging.merge(words, [one], merging.by_words(words))) == ()
    same = [one, Change(0, 1, ("x",), (2,))]
    assert merging.reviewed(merging.merge(words, same, merging.by_words(words))) == ()


TEXTS = st.lists(st.sampled_from("abcde,. "), max_size=12)


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_no_result_depends_on_the_order(base: list[str], sides: list[list[str]]) -> None:
    separated = merging.by_words(base)
    found = [change for n, side in enumerate(sides) for change in merging.changes(base, side, n)]
    first = merging.merge(base, found, separated)
    shuffled = random.Random(1).sample(found, len(found))
    assert merging.merge(base, shuffled, separated) == first
    covered = [place for s in first for place in range(s.start, s.end)]
    assert covered == list(range(len(base)))


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_one_side_alone_or_twice_is_that_side(base: list[str], side: list[str]) -> None:
    separated = merging.by_words(base)
    once, twice = merging.changes(base, side, 1), merging.changes(base, side, 2)
    assert merging.merged(base, merging.merge(base, once, separated)) == side
    assert merging.merged(base, merging.merge(base, [*once, *twice], separated)) == side
    assert merging.merged(base, merging.merge(base, [], separated)) == base


@given(TEXTS, TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_change_is_taken_or_contested(
    base: list[str], one: list[str], two: list[str]
) -> None:
    found = [*merging.changes(base, one, 1), *merging.changes(base, two, 2)]
    segments = merging.merge(base, found, merging.by_words(base))
    for change in found:
        assert any(
            s.start <= change.start
            and change.end <= s.end
            and (
                set(change.by) <= set(s.by)
                if isinstance(s, Taken)
                else any(set(change.by) <= set(w.by) for w in s.wordings)
            )
            for s in segments
            if not isinstance(s, Kept)
        )


def test_sides_may_come_in_any_order() -> None:
    for sides in permutations(["pay in 45 days", "pay in 60 days", "settle in 30 days"]):
        assert set(
            shown("pay in 30 days", *sides).replace("<", "|").replace(">", "|").split("|")
        ) == {"settle in ", "45", "60", " days"}

"""Alignment: which paragraph goes on from which."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.alignment import align, moved, with_keys_of
from app.domain.clauses import Clause, ClauseTree, Kind

LINES = st.lists(st.sampled_from(["", "a b c", "a b d", "the fee is due in may", "x", "y z"]))


@settings(max_examples=60, deadline=None)
@given(LINES, LINES)
def test_no_text_goes_on_from_two_and_no_two_from_one(old, new):
    pairs = align(old, new)
    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= was < len(old) and 0 <= at < len(new) for at, was in pairs.items())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("abc ", min_size=1, max_size=12).filter(str.strip), unique_by=str.strip))
def test_a_text_is_aligned_with_itself(texts):
    assert align(texts, texts) == {at: at for at in range(len(texts))} or len(texts) != len(
        {" ".join(text.split()) for text in texts}
    )


def test_changed_paragraphs_stay_at_their_place():
    old = ["Scope", "The hub answers within thirty days.", "Records are kept for five years."]
    new = ["Scope", "The hub answers within ten days.", "New.", "Records are kept for six years."]
    assert align(old, new) == {0: 0, 1: 1, 3: 2}


def test_moved_paragraphs_are_found_again():
    old = ["Alpha beta gamma delta.", "One two three four five.", "Six seven eight nine ten."]
    new = [old[1], old[2], "Alpha beta gamma delta!"]
    assert align(old, new) == {0: 1, 1: 2, 2: 0}


def test_quotes_and_spaces_do_not_hide_a_paragraph():
    assert align(["He said “yes”  twice"], ['he said "yes" twice']) == {0: 0}


def clause(key, heading="", text="", *children):
    return Clause(key, Kind.CLAUSE, heading, text, children)


def test_a_heading_that_changed_is_known_by_what_stands_under_it():
    old = ClauseTree("T", (clause("fee", "Fee", "", clause("sum", "", "The fee is ten euro.")),))
    new = ClauseTree("T", (clause("x", "Price", "", clause("y", "", "The fee is ten euro.")),))
    assert list(with_keys_of(old, new).nodes) == ["fee", "sum"]


def test_what_is_known_stays_and_keeps_others_from_its_place():
    old, new = ["The fee is ten.", "The term is one year."], ["The term is one year.", "Other."]
    assert align(old, new) == {0: 1}
    assert align(old, new, {1: 0}) == {0: 1, 1: 0}


def test_a_long_strange_text_is_aligned_by_what_is_equal_alone():
    old = [f"Clause {number} says what it says about matter {number}." for number in range(1100)]
    new = [f"Strange line {number} of a file that nobody here has seen." for number in range(1100)]
    new[700] = old[3]
    assert align(old, new) == {700: 3}
    assert moved(old, new) == {700: 3}

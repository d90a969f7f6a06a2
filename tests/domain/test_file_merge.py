"""Files merged: bytes that nobody changed stay, words that two sides want differently are shown."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.file_merge import merge

PIECES = st.sampled_from(
    ["one ", "two ", "three ", "\n", "\r\n", "\t", "30 ", "45 ", "# H\n", "- i\n"]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS)
def test_one_side_alone_is_what_it_wrote(base, side):
    assert merge(base, [side]).text == side
    assert merge(base, [base, side]).text == side
    assert merge(base, [side, side, base]).text == side


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_the_order_of_the_sides_does_not_matter(base, one, other):
    first, second = merge(base, [one, other]), merge(base, [other, one])
    assert first.text == second.text
    assert len(first.conflicts) == len(second.conflicts)


@settings(max_examples=100, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_there_is_a_text_or_there_are_conflicts(base, one, other):
    found = merge(base, [one, other])
    assert (found.text is None) == bool(found.conflicts)
    assert found.text in {None, found.marked}


BASE = "# Fee\n\nThe fee is 30 euro and it is due in May.\t \r\n\nLast line without an end"


def test_bytes_that_nobody_changed_stay():
    side = BASE.replace("30", "45")
    other = BASE.replace("Last", "The last")
    assert merge(BASE, [side, other]).text == side.replace("Last", "The last")


def test_words_apart_in_one_line_are_both_kept_and_shown_for_review():
    found = merge(BASE, [BASE.replace("30", "45"), BASE.replace("May", "June")])
    assert found.text == BASE.replace("30", "45").replace("May", "June")
    (review,) = found.reviews
    assert (review.clause, review.by) == ("Fee", (1, 2))


def test_the_same_words_are_a_conflict_of_just_these_words():
    found = merge(BASE, [BASE.replace("30", "45"), BASE.replace("30", "60")])
    (conflict,) = found.conflicts
    assert (conflict.clause, conflict.kind, conflict.base) == ("Fee", "words", "30")
    assert [(w.by, w.text) for w in conflict.wordings] == [((1,), "45"), ((2,), "60")]
    assert found.marked == (
        "# Fee\n\n<<<<<<< side 1\nThe fee is 45 euro and it is due in May.\t \r\n"
        "||||||| base\nThe fee is 30 euro and it is due in May.\t \r\n"
        "=======\nThe fee is 60 euro and it is due in May.\t \r\n>>>>>>> side 2\n"
        "\nLast line without an end"
    )


def test_two_paragraphs_put_at_one_place_are_a_conflict_of_order():
    base = "One.\n\nTwo.\n"
    found = merge(base, ["One.\n\nHere A.\n\nTwo.\n", "One.\n\nThere B.\n\nTwo.\n"])
    assert [conflict.kind for conflict in found.conflicts] == ["order"]


def test_a_paragraph_taken_out_by_one_and_changed_by_another_is_of_structure():
    base = "One.\n\nThe fee is 30 euro.\n\nTwo.\n"
    found = merge(base, ["One.\n\nTwo.\n", base.replace("30", "45")])
    assert [conflict.kind for conflict in found.conflicts] == ["structure"]


def test_a_conflict_shows_the_whole_block_it_stands_in():
    base = "One.\n\nThe fee\nis 30 euro\na year.\n\nTwo.\n"
    found = merge(base, [base.replace("30", "45"), base.replace("30", "60").replace("a ", "per ")])
    assert found.marked == (
        "One.\n\n<<<<<<< side 1\nThe fee\nis 45 euro\nper year.\n||||||| base\nThe fee\n"
        "is 30 euro\na year.\n=======\nThe fee\nis 60 euro\nper year.\n>>>>>>> side 2\n\nTwo.\n"
    )


def test_who_did_what_the_other_did_and_more_is_taken():
    base = "Members pay.\n"
    more = "Members, guests and friends pay.\n"
    assert merge(base, ["Members and friends pay.\n", more]).text == more
    assert merge(more, ["Members and friends pay.\n", base]).text == base


def test_who_replaced_the_same_words_and_changed_more_beside_them_is_taken():
    base = "The fee is due within thirty (30) days.\n"
    one = "The fee is due within sixty (30) days.\n"
    more = "The fee is due within sixty (60) days.\n"
    assert merge(base, [one, more]).text == more
    assert merge(base, [more, one]).text == more
    other = "The fee is due within ninety (60) days.\n"
    assert merge(base, [one, other]).text is None


def test_white_space_is_no_reason_for_a_conflict():
    side = BASE.replace("30", "45")
    assert merge(BASE, [side, BASE.replace("30 euro", "30  euro")]).text == side


def test_three_sides_may_agree_in_pairs():
    found = merge(BASE, [BASE.replace("30", "45"), BASE.replace("30", "45"), BASE])
    assert found.text == BASE.replace("30", "45")


def test_an_unchanged_line_between_two_changes_keeps_them_apart():
    base = "a\n---\nb\n"
    assert merge(base, ["A\n---\nb\n", "a\n---\nB\n"]).text == "A\n---\nB\n"

from collections.abc import Iterable
from functools import reduce
from operator import or_

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import conflicts, prose, provenance, text_diff, word_merging
from app.domain.conflicts import Resolution
from app.domain.provenance import ProvenanceSpan, Source
from app.domain.word_merging import Ground, Merged, Wanted
from app.kernel.errors import Invalid

TEMPLATE = Source("template", "t")
TEXT = "The hub shall answer within 30 days of the request."
GROUND = Ground("a", "text", TEXT, provenance.whole(TEXT, TEMPLATE))


def want(number: int, text: str, **more: object) -> Wanted:
    return Wanted(number, text, Source("amendment", str(number)), (), **more)


def merged(*texts: str, **settled: Resolution) -> Merged:
    wants = [want(number, text) for number, text in enumerate(texts, 1)]
    return word_merging.merge_part(GROUND, wants, settled)


def settle(choice: conflicts.Choice, value: object, *texts: str) -> Merged:
    (conflict,) = merged(*texts).found
    return merged(*texts, **{conflict.id: Resolution(conflict.id, choice, value, "Agreed.")})


def sources(found: Merged) -> list[tuple[str, str, str]]:
    (piece,) = found.pieces
    result, at = [], 0
    for length, source in piece.spans:
        result.append((piece.text[at : at + length], source.ref, source.why))
        at += length
    return result


FIRST, SECOND = TEXT.replace("30", "45"), TEXT.replace("30", "60")


def test_words_taken_and_removed_have_a_source() -> None:
    found = merged(FIRST, FIRST)
    assert sources(found) == [(TEXT[:28], "t", ""), ("45", "1,2", ""), (TEXT[30:], "t", "")]
    (gone,) = found.removed
    assert (gone.at, gone.text, gone.source.ref) == (28, "30", "1,2")


def test_an_open_conflict_leaves_the_base_words_and_their_source() -> None:
    found = merged(FIRST, SECOND)
    assert (found.pieces[0].text, found.conflicted) == (TEXT, {1, 2})
    assert found.pieces[0].spans == (ProvenanceSpan(len(TEXT), TEMPLATE),)


def test_a_resolution_is_the_source_of_its_own_words() -> None:
    found = settle("own", "50", FIRST, SECOND)
    (_, chosen, _) = sources(found)
    assert (chosen[0], chosen[2]) == ("50", "Agreed.")
    assert found.pieces[0].spans[1].source.origin == "resolution"
    assert (found.lost, found.removed[0].text) == ({1, 2}, "30")
    chosen_side = settle("side", 2, FIRST, SECOND)
    assert sources(chosen_side)[1] == ("60", "2", "Agreed.")
    assert chosen_side.lost == {1}
    assert settle("base", None, FIRST, SECOND).pieces[0].text == TEXT


def test_words_that_replace_each_other_have_no_order() -> None:
    with pytest.raises(Invalid, match="replace each other"):
        settle("order", [1, 2], FIRST, SECOND)


def test_insertions_at_one_place_can_be_put_in_order() -> None:
    texts = (TEXT.replace("answer", "promptly answer"), TEXT.replace("answer", "fully answer"))
    assert "shall fully promptly answer" in settle("order", [2, 1], *texts).pieces[0].text
    assert "shall at once answer" in settle("own", "at once ", *texts).pieces[0].text


def test_stored_edits_are_used_only_if_they_say_what_the_text_says() -> None:
    good = text_diff.edits(TEXT, FIRST)
    for edits in (good, (), (text_diff.Edit(0, 1, "No"),), (text_diff.Edit(5, 900, ""),), None):
        found = word_merging.merge_part(GROUND, [want(1, FIRST, edits=edits)], {})
        assert found.pieces[0].text == FIRST
        assert len(found.removed) == 1


def test_marks_around_replaced_words_reach_the_new_ones() -> None:
    strong = TEXT.replace("30 days", "**30 days**")
    assert "within **45 days** of" in merged(strong, FIRST).pieces[0].text
    inside = TEXT.replace("within 30", "**within 30**")
    added = TEXT.replace("30", "about 30")
    assert "**within about 30** days" in merged(inside, added).pieces[0].text


def test_a_text_is_divided_where_it_was_split() -> None:
    text = "It answers. It pays."
    ground = Ground("a", "text", text, provenance.whole(text, TEMPLATE))
    split = want(1, "It answers.", split=(("n", "It pays."),))
    found = word_merging.merge_part(ground, [split, want(2, "It answers. It pays at once.")], {})
    assert [(piece.key, piece.text) for piece in found.pieces] == [
        ("a", "It answers."),
        ("n", "It pays at once."),
    ]
    assert [sum(s.length for s in piece.spans) for piece in found.pieces] == [11, 16]


def test_verbatim_text_has_no_marks() -> None:
    ground = Ground(
        "a", "text", "x  *y* [[z]]\n", provenance.whole("x  *y* [[z]]\n", TEMPLATE), verbatim=True
    )
    found = word_merging.merge_part(
        ground, [want(1, "x  *y* [[w]]\n"), want(2, "q  *y* [[z]]\n")], {}
    )
    assert found.pieces[0].text == "q  *y* [[w]]\n"


def test_a_word_that_replaces_a_marked_one_follows_every_change_of_its_marks() -> None:
    strong, linked = TEXT.replace("30", "**30**"), TEXT.replace("30", "[30](https://a.eu)")
    assert "within **45** days" in merged(strong, FIRST).pieces[0].text
    assert "within [45](https://a.eu) days" in merged(linked, FIRST).pieces[0].text
    for marked in (strong, linked):
        ground = Ground("a", "text", marked, provenance.whole(TEXT, TEMPLATE))
        reworded = marked.replace("30", "45", 1)
        found = word_merging.merge_part(ground, [want(1, reworded), want(2, TEXT)], {})
        assert (found.pieces[0].text, found.found) == (FIRST, ())


def test_a_marked_word_that_stays_in_a_sentence_written_anew_keeps_its_marks() -> None:
    marked = TEXT.replace("30", "**30**").replace("within", "*within*")
    anew = TEXT.replace("answer", "write").replace("days", "weeks")
    assert "shall write *within* **30** weeks of" in merged(marked, anew).pieces[0].text


def test_marks_on_a_contested_word_go_to_the_words_chosen() -> None:
    strong = TEXT.replace("30", "**30**")
    assert merged(FIRST, SECOND, strong).pieces[0].text == strong
    assert "within **60** days" in settle("side", 2, FIRST, SECOND, strong).pieces[0].text


WORDS = ("The", "hub", "shall", "answer", "soon")
STARS = ("", "*", "**", "***")
"""By number: the first bit is em, the second strong."""
ON_WORDS = st.lists(st.integers(0, 3), min_size=len(WORDS), max_size=len(WORDS))


def starred(marks: Iterable[int], words: Iterable[str] = WORDS) -> str:
    pairs = zip(words, marks, strict=True)
    return prose.canonical(" ".join(f"{STARS[on]}{word}{STARS[on]}" for word, on in pairs if word))


@given(
    ON_WORDS,
    st.lists(ON_WORDS, min_size=1, max_size=4),
    st.one_of(
        st.sampled_from(range(len(WORDS))).map(lambda place: {place: ""}),
        st.sets(st.sampled_from((0, 2, 4))).map(lambda held: {at: f"other{at}" for at in held}),
    ),
)
@settings(max_examples=150, deadline=None)
def test_every_change_of_marks_is_made_and_meets_nothing(
    base: list[int], toggled: list[list[int]], replaced: dict[int, str]
) -> None:
    text = starred(base)
    words = [replaced.get(place, word) for place, word in enumerate(WORDS)]
    wants = [
        want(number, starred(on ^ off for on, off in zip(base, own, strict=True)))
        for number, own in enumerate(toggled, 1)
    ]
    wants.append(want(len(wants) + 1, starred(base, words)))
    united = [on ^ reduce(or_, offs) for on, *offs in zip(base, *toggled, strict=True)]
    ground = Ground("a", "text", text, provenance.whole(" ".join(WORDS), TEMPLATE))
    for order in (wants, wants[::-1]):
        found = word_merging.merge_part(ground, order, {})
        assert (found.pieces[0].text, found.found) == (starred(united, words), ())

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import prose, text_diff, tokens
from app.domain.text_diff import Edit, Piece, Swap

WORDS = ["the", "hub", "shall", "answer", "within", "30", "45", "days", "and", "name", "one", "or"]
SIGNS = [
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "; ",
    "\n",
    " **",
    "** ",
    "*",
    " [[a-b]] ",
    " {{fee}} ",
    "世",
    "é",
]
PROSE = st.lists(st.sampled_from(WORDS + SIGNS), max_size=40).map("".join).map(prose.canonical)


def shown(old: str, new: str) -> str:
    signs = {"=": "{}", "-": "[-{}-]", "+": "[+{}+]"}
    return "".join(signs[p.op].format(p.text) for p in text_diff.pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "redline"),
    [
        ("within 30 days", "within 45 days", "within [-30-][+45+] days"),
        ("The Hub answers.", "The Hub answers promptly.", "The Hub answers[+ promptly+]."),
        (
            "The Hub shall answer.",
            "The Hub shall promptly answer.",
            "The Hub shall [+promptly +]answer.",
        ),
        ("A b c d e f.", "A x c y e f.", "A [-b c d-][+x c y+] e f."),
        ("A b c d e f g.", "A x c d e y g.", "A [-b-][+x+] c d e [-f-][+y+] g."),
        (
            "One two. Three four.",
            "One six. Seven four.",
            "One [-two-][+six+]. [-Three-][+Seven+] four.",
        ),
        ("It pays. It rests.", "It pays. It waits. It rests.", "It pays. [+It waits. +]It rests."),
        ("Fee of 1,000.50 due.", "Fee of 1,000.75 due.", "Fee of [-1,000.50-][+1,000.75+] due."),
        ("see [[a-b]] now", "see [[a-c]] now", "see [-[[a-b]]-][+[[a-c]]+] now"),
        ("don’t wait", "do not wait", "[-don’t-][+do not+] wait"),
        ("你好世界", "你们世界", "你[-好-][+们+]世界"),
        ("", "new words", "[+new words+]"),
        ("old words", "", "[-old words-]"),
    ],
)
def test_a_redline_reads_as_a_person_would_mark_it(old: str, new: str, redline: str) -> None:
    assert shown(old, new) == redline


def test_a_sentence_that_lost_over_half_its_words_is_one_edit() -> None:
    old = (
        "The asking hub pays all reasonable travel costs of the asked hub without delay. It rests."
    )
    new = "Each hub bears all reasonable travel costs that arise from its own search. It rests."
    swaps = text_diff.cleaned(
        tokens.tokens(old), text_diff.swaps(tokens.tokens(old), tokens.tokens(new))
    )
    assert len(swaps) == 1
    assert shown(old, new).endswith(". It rests.")


def test_marks_ride_on_words() -> None:
    assert text_diff.pieces("within 30 days", "within **30** days") == (
        Piece("=", "within ", "within "),
        Piece("=", "**30**", "30"),
        Piece("=", " days", " days"),
    )
    assert text_diff.edits("within 30 days", "within **30** days") == (Edit(2, 3, "**30**"),)


def test_edits_count_tokens_of_the_base() -> None:
    assert text_diff.edits(
        "The Hub shall answer within 30 days.", "The Hub shall answer within 15 days."
    ) == (Edit(10, 11, "15"),)


@given(PROSE, PROSE)
@settings(max_examples=150, deadline=None)
def test_pieces_rebuild_both_sides(old: str, new: str) -> None:
    found = text_diff.pieces(old, new)
    assert prose.join(p.text for p in found if p.op != "-") == new
    assert prose.join(p.was if p.op == "=" else p.text for p in found if p.op != "+") == old


@given(PROSE, PROSE)
@settings(max_examples=150, deadline=None)
def test_edits_lead_from_old_to_new(old: str, new: str) -> None:
    base = tokens.read(old)
    parts, position = [], 0
    for edit in text_diff.edits(old, new):
        parts += [base.part(position, edit.start), tokens.read(edit.text)]
        assert edit.start >= position
        position = edit.end
    assert tokens.write([*parts, base.part(position, len(base.words))]) == new


@given(
    st.lists(st.sampled_from("abcd. "), max_size=30),
    st.lists(st.sampled_from("abcd. "), max_size=30),
)
@settings(max_examples=150, deadline=None)
def test_swaps_and_cleaned_swaps_rebuild_the_new_tokens(old: list[str], new: list[str]) -> None:
    raw = text_diff.swaps(old, new)
    for found in (raw, text_diff.cleaned(old, raw)):
        built, position = [], 0
        for swap in found:
            assert swap.start >= position
            built += old[position : swap.start] + new[swap.new_start : swap.new_end]
            position = swap.end
        assert built + old[position:] == new


@pytest.mark.parametrize("ends", [[], [".", " "]], ids=["one sentence", "many sentences"])
def test_long_texts_lead_to_the_same_text(ends: list[str]) -> None:
    dice = random.Random(4)
    old = [word for _ in range(800) for word in [*dice.choices(WORDS, k=8), *ends]]
    new = list(old)
    for _ in range(60):
        new[dice.randrange(len(new))] = dice.choice(WORDS)
    found = text_diff.swaps(old, new)
    built, position = [], 0
    for swap in found:
        built += old[position : swap.start] + new[swap.new_start : swap.new_end]
        position = swap.end
    assert built + old[position:] == new
    assert sum(swap.end - swap.start for swap in found) <= 60


def test_nothing_changed_is_no_edit() -> None:
    assert text_diff.edits("same **words**", "same **words**") == ()
    assert text_diff.swaps(["a"], ["a"]) == []
    assert text_diff.swaps(["a"], ["a", "b"]) == [Swap(1, 1, 1, 2)]


def test_similarity_is_measured_in_words() -> None:
    assert text_diff.similarity("The hub answers.", "The hub answers!") == 1.0
    assert text_diff.similarity("one two three four", "one two five six") == 0.5
    assert text_diff.similarity("", "") == 1.0
    assert text_diff.similarity("", "words") == 0.0


def test_a_quote_is_found_by_its_context_then_by_likeness() -> None:
    text = "The fee is due. The fee of the asked hub is due at once."
    assert text_diff.find_quote(text, "fee", "The ", " of the asked", 0) == text.index("fee of")
    assert text_diff.find_quote(text, "fee", "", "", 5) == 4
    assert text_diff.find_quote(text, "fee of the asking hub is due", "", "", 20) == text.index(
        "fee of"
    )
    assert text_diff.find_quote(text, "nothing resembles this passage", "", "", 0) is None

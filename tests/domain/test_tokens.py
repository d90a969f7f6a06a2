import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import prose, tokens
from app.domain.tokens import PLAIN


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("It's 1,234.50 at 10:30", ["It's", " ", "1,234.50", " ", "at", " ", "10:30"]),
        (
            "15th of 3.5km, 1/2/2026.",
            ["15th", " ", "of", " ", "3.5", "km", ",", " ", "1/2/2026", "."],
        ),
        ("see [[fee-sum]] {{x.y}}!", ["see", " ", "[[fee-sum]]", " ", "{{x.y}}", "!"]),
        ("a  b\nc", ["a", "  ", "b", "\n", "c"]),
        ("'quoted'", ["'", "quoted", "'"]),
        ("rock’n’roll l’accord", ["rock’n’roll", " ", "l’accord"]),
        ("世界です 12", ["世", "界", "で", "す", " ", "12"]),
        (
            "नमस्ते e\u0301t\u00e9 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            [
                "नमस्ते",
                " ",
                "e\u0301t\u00e9",
                " ",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            ],
        ),
        ("snake_case--x", ["snake_case", "-", "-", "x"]),
        ("世界 [[a]]", ["世", "界", " ", "[[a]]"]),
    ],
)
def test_texts_are_cut_into_tokens(text: str, cut: list[str]) -> None:
    assert tokens.tokens(text) == cut


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_tokens_join_to_the_text(text: str) -> None:
    assert "".join(tokens.tokens(text)) == text


@given(st.text(alphabet="ab9  .,:/'’_é“”-\n\tÄ\u00a0"))
@settings(max_examples=200, deadline=None)
def test_the_fast_way_cuts_as_the_full_one(text: str) -> None:
    # Two spaces make it cut the whole text at once, the last sign by the rules for all scripts.
    assert tokens.tokens(text) == tokens.tokens(text + "\n  世")[:-3]


@given(st.text(alphabet="ab *[]{}|\\()-\n9").map(prose.canonical))
@settings(max_examples=300, deadline=None)
def test_prose_cut_anywhere_and_joined_is_the_same_prose(text: str) -> None:
    read = tokens.read(text)
    for cut in range(len(read.words) + 1):
        assert tokens.write([read.part(0, cut), read.part(cut, len(read.words))]) == text
    assert tokens.plain(read.words) == prose.plain(text)
    assert tokens.plain_length(read.words) == len(prose.plain(text))


@given(
    st.lists(
        st.sampled_from(("ab", " ", ".", "|", "[[a-b]]", "{{c.d}}", "[", "]", "{", "\\[", "-"))
    )
)
@settings(max_examples=200, deadline=None)
def test_stand_ins_and_cells_are_read_and_written_as_marked_prose_is(parts: list[str]) -> None:
    text = prose.canonical("".join(parts))
    read = tokens.read(text)
    marked = tokens.read(f"{text}\n**z**")  # a mark anywhere makes it read span by span
    assert read == marked.part(0, len(marked.words) - 2)
    assert tokens.write_unmarked(read.words) == prose.write(prose.parse(text)) == text


def test_marks_ride_on_words_not_on_spaces() -> None:
    read = tokens.read("plain **bold words** un**believ**able")
    assert read.words == ("plain", " ", "bold", " ", "words", " ", "unbelievable")
    strong, none = (True, False, None), (False, False, None)
    assert read.marks == (
        PLAIN,
        PLAIN,
        (strong,),
        PLAIN,
        (strong,),
        PLAIN,
        (none,) * 2 + (strong,) * 6 + (none,) * 4,
    )


def test_words_are_told() -> None:
    assert [tokens.is_word(token) for token in ("a", "9", "世", "[[k]]", " ", "  ", ",", "\n")] == [
        True
    ] * 4 + [False] * 4


def test_offsets_count_the_plain_text() -> None:
    assert tokens.offsets(["ab", " ", "c"]) == [0, 2, 3, 4]
    assert tokens.offsets(["ab", "[[key]]", "{{x}}", tokens.BARE_PIPE, "c"]) == [0, 2, 3, 4, 5, 6]

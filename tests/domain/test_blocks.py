"""Blocks: what a text is cut into, and that no byte is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.blocks import BlockKind, cut

PIECES = [
    "# A\n",
    "1. b\n",
    "   - c\n",
    "\t(a) d",
    "\r\n",
    "\n",
    "| x | y |\n",
    "|--|--|\n",
    "```\n",
]
PIECES += [
    "> q\n",
    "---\n",
    "===\n",
    "<div>\n",
    "    code\n",
    "[^1]: n\n",
    "[l]: u\n",
    "w ",
    "- 1. z\n",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).map("".join))
def test_the_pieces_are_the_text(text):
    assert "".join(block.raw for block in cut(text)) == text


def kinds(text):
    return [(str(block.kind), block.marker, block.depth, block.lines) for block in cut(text)]


def test_nested_lists_know_how_deep_they_stand():
    text = "1. One\n   - Inner\n\n     More of inner.\n\n   More of one.\n2. Two\n\nAfter.\n"
    assert kinds(text) == [
        ("item", "1.", 0, ("One",)),
        ("item", "-", 1, ("Inner",)),
        ("paragraph", "", 2, ("More of inner.",)),
        ("paragraph", "", 1, ("More of one.",)),
        ("item", "2.", 0, ("Two",)),
        ("paragraph", "", 0, ("After.",)),
    ]


def test_a_sentence_that_goes_on_with_a_number_is_no_list():
    assert kinds("It was in\n1984. Nobody\nsaw it.\n") == [
        ("paragraph", "", 0, ("It was in", "1984. Nobody", "saw it."))
    ]


def test_lettered_items_follow_each_other_without_blank_lines():
    assert [marker for _, marker, _, _ in kinds("(a) one\n(b) two\ngoes on\n(c) three\n")] == [
        "(a)", "(b)", "(c)",
    ]  # fmt: skip


def test_headings_of_both_forms():
    found = [(block.level, block.lines) for block in cut("# One ##\n\nTwo\n===\nThree\n---\n")]
    assert found == [(1, ("One",)), (1, ("Two",)), (2, ("Three",))]


def test_a_table_is_its_rows_and_ends_with_a_blank_line():
    blocks = cut("| a | b |\n|---|---|\n| 1 | 2 |\n\nWords | here\n")
    assert [block.kind for block in blocks] == [
        BlockKind.ROW, BlockKind.ROW, BlockKind.PARAGRAPH,
    ]  # fmt: skip
    assert blocks[0].raw == "| a | b |\n|---|---|\n"


def test_front_matter_stands_only_at_the_beginning():
    assert cut("---\ntitle: X\n---\n# X\n")[0].lines == ("title: X",)
    assert all(block.kind is not BlockKind.FRONT for block in cut("A\n\n---\ntitle: X\n---\n"))


def test_a_fence_keeps_its_lines_and_what_looks_like_a_heading():
    (block,) = cut("```python\n# no heading\n  x\n```\n")
    assert block.kind is BlockKind.FENCE
    assert block.lines == ("# no heading", "  x")


def test_carriage_returns_stay_in_the_piece_and_out_of_the_words():
    (block,) = cut("Words\r\nmore\r\n\r\n")
    assert block.lines == ("Words", "more")
    assert block.raw == "Words\r\nmore\r\n\r\n"

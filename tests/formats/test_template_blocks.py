"""Lines become blocks: marker, attributes, words, line and indent."""

import pytest

from app.formats.template_blocks import Attributes, Mark, read_blocks
from app.formats.template_document import TemplateError


def blocks(text: str) -> list[tuple[int, int, str, str, str]]:
    found = read_blocks(text.split("\n"), 10, "x.md")
    return [(b.line, b.indent, b.mark.value, b.attributes.id, b.words) for b in found]


def test_a_block_goes_on_until_a_blank_or_a_marker() -> None:
    text = "1. {#a} One\n  two\nthree\n    - {#b} four\n\n{#c} five\n## Six\nseven {#d}"
    assert blocks(text) == [
        (10, 0, "1.", "a", "One two three"),
        (13, 1, "-", "b", "four"),
        (15, 0, "{#…}", "c", "five"),
        (16, 0, "##", "d", "Six seven"),
    ]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("# x", Mark.PART),
        ("### x", Mark.SUBHEADING),
        ("A. x", Mark.RECITAL),
        (": x", Mark.DEFINITION),
        ("| x |", Mark.ROW),
        ("> x", Mark.GUIDANCE),
        ("{{parties}}", Mark.GENERATED),
        ("Table: x", Mark.TABLE),
        ("{#x} y", Mark.PARA),
    ],
)
def test_every_marker_is_known(line: str, mark: Mark) -> None:
    (block,) = read_blocks([line], 1, "x.md")
    assert block.mark is mark


@pytest.mark.parametrize(
    "line", ["#x", "1.5 million", "A.B. said", ":-", "-x", "{{name}}", "a > b"]
)
def test_what_only_looks_like_a_marker_goes_on_with_the_text(line: str) -> None:
    assert blocks(f"{{#a}} One\n{line}") == [(10, 0, "{#…}", "a", f"One {line}")]


def test_attributes_are_read_in_any_order() -> None:
    (block,) = read_blocks(["1. {#a mandatory as=b rule=unanimity if=fee:none} x"], 1, "x.md")
    assert block.attributes == Attributes("a", "fee:none", "b", True, "unanimity")


@pytest.mark.parametrize(
    "attributes",
    ["#a if=x if=y", "#a mandatory=yes", "#a rule", "#a colour=red", "#a as=B", "#" + "a" * 29],
)
def test_odd_attributes_are_refused(attributes: str) -> None:
    with pytest.raises(TemplateError) as caught:
        read_blocks(["", f"1. {{{attributes}}} x"], 5, "x.md")
    assert caught.value.line == 6


def test_a_fence_keeps_its_lines_as_they_are() -> None:
    text = "    ```{#f}\n      a\n\n    1. {#b} no clause\n    ```\n{#c} x"
    assert blocks(text) == [
        (10, 1, "```", "f", "  a\n\n1. {#b} no clause"),
        (15, 0, "{#…}", "c", "x"),
    ]

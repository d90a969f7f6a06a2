"""Blocks hang where their heading and their indent say."""

import pytest

from app.domain.clauses import Kind
from app.formats.template_blocks import read_blocks
from app.formats.template_document import Condition, TemplateError
from app.formats.template_tree import Beside, build


def built(body: str) -> Beside:
    lines = f"# Title\n{body}".split("\n")
    return build(read_blocks(lines, 1, "x.md"), "x.md", 1, language="en", numbering="plain")


def parents(body: str) -> dict[str, str | None]:
    return dict(built(body).tree.parents)


def test_headings_and_indents_make_the_tree() -> None:
    body = (
        "{#intro} x\n# Part {#part}\nA. {#r} x\n## One {#one}\n### Deep {#deep}\n1. {#a} x\n"
        "    1. {#b} x\n        - {#c} x\n    {#d} x\n## Two {#two}\n1. {#e} x\n"
        "# Annex: More {#annex}\n1. {#f} x"
    )
    assert parents(body) == {
        "intro": None,
        "part": None,
        "r": "part",
        "one": "part",
        "deep": "one",
        "a": "deep",
        "b": "a",
        "c": "b",
        "d": "a",
        "two": "part",
        "e": "two",
        "annex": None,
        "f": "annex",
    }
    assert built(body).tree.find("annex").kind is Kind.ANNEX


def test_a_run_in_heading_ends_in_a_full_stop() -> None:
    tree = built("1. {#a} **Aim.** We act.\n1. {#b} **We** act.\n1. {#c} **Alone.**").tree
    assert (tree.find("a").heading, tree.find("a").text) == ("Aim", "We act.")
    assert (tree.find("b").heading, tree.find("b").text) == ("", "**We** act.")
    assert (tree.find("c").heading, tree.find("c").text) == ("Alone", "")


def test_conditions_are_handed_down() -> None:
    beside = built("## One {#one if=fee:none}\n1. {#a if=loud} x\n    1. {#b} x\n## Two {#two}")
    fee, loud = Condition("fee", "none"), Condition("loud", "on")
    assert beside.conditions == {
        "one": frozenset({fee}),
        "a": frozenset({fee, loud}),
        "b": frozenset({fee, loud}),
    }


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("> A note about nothing.", 2),
        ("| a | b |", 2),
        ("### Deep {#deep}", 2),
        ("    1. {#a} x", 2),
        ("{#p} x\n    1. {#a} x", 3),
        ("1. {#a}", 2),
        ("# Part {#p}\n    1. {#a} x", 3),
    ],
)
def test_a_block_without_its_place_is_refused(body: str, line: int) -> None:
    with pytest.raises(TemplateError) as caught:
        built(body)
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["", "{#a} x", "# Annex: A {#a}", "# Title {#title}"])
def test_a_text_begins_with_its_title(text: str) -> None:
    with pytest.raises(TemplateError, match="title"):
        build(read_blocks(text.split("\n"), 1, "x"), "x", 1, language="en", numbering="plain")

"""A template is good exactly when every agreement that can be made of it is."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.template_document import TemplateError
from app.formats.template_reading import read

FRONT = """+++
slug = "t"
version = "1.0.0"
title = "T"
scenario = "t"
language = "en"
numbering = "article"
summary = "S."
changelog = ["C."]
options = [
  { name = "one", label = "One?", choices = { a = "A", b = "B", c = "C" }, default = "a" },
  { name = "two", label = "Two?" },
]
+++
# T
{#one-is-asked if=one:a} x

{#two-is-asked if=two} x

"""
CONDITIONS = ("", " if=one:a", " if=one:b", " if=one:c", " if=two:on", " if=two:off")
HOLDS = {
    "": lambda _one, _two: True,
    " if=one:a": lambda one, _two: one == "a",
    " if=one:b": lambda one, _two: one == "b",
    " if=one:c": lambda one, _two: one == "c",
    " if=two:on": lambda _one, two: two == "on",
    " if=two:off": lambda _one, two: two == "off",
}
CLAUSES = st.lists(
    st.tuples(
        st.sampled_from(CONDITIONS),
        st.sampled_from(["", "k", "m"]),
        st.sampled_from(["x", "see [[k]]", "see [[m]]", "see [[c0]]", "see [[c1]]"]),
    ),
    min_size=1,
    max_size=5,
)


def good(clauses: list[tuple[str, str, str]]) -> bool:
    """Whether under every choice all keys are single and all references have their target."""
    for one, two in product("abc", ("on", "off")):
        keys, wanted = Counter[str](), set[str]()
        for at, (condition, key, text) in enumerate(clauses):
            if HOLDS[condition](one, two):
                keys[key or f"c{at}"] += 1
                wanted |= {text[6:-2]} if text != "x" else set()
        if wanted - set(keys) or max(keys.values(), default=1) > 1:
            return False
    return True


def source(clauses: list[tuple[str, str, str]]) -> str:
    return FRONT + "\n".join(
        f"1. {{#c{at}{condition}{f' as={key}' if key else ''}}} {text}"
        for at, (condition, key, text) in enumerate(clauses)
    )


@settings(max_examples=200, deadline=None)
@given(CLAUSES)
def test_what_is_refused_is_what_could_go_wrong(clauses: list[tuple[str, str, str]]) -> None:
    try:
        read(source(clauses))
    except TemplateError:
        assert not good(clauses)
    else:
        assert good(clauses)


def test_both_answers_occur() -> None:
    shared = [(" if=one:a", "k", "x"), (" if=one:b", "k", "x"), (" if=one:c", "k", "x")]
    assert good([*shared, ("", "", "see [[k]]")])
    assert not good([*shared[:2], ("", "", "see [[k]]")])
    assert not good([("", "k", "x"), (" if=two:on", "k", "x")])

"""Sequences are compared alike whether short or long."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import sequences
from app.domain.sequences import Swap

SIGNS = st.lists(st.sampled_from(["a", "b", "word", " ", ".", "\n"]), max_size=25)


def rebuilt(old: list[str], new: list[str], found: list[Swap]) -> list[str]:
    built: list[str] = []
    position = 0
    for start, end, new_start, new_end in found:
        assert start >= position
        built += old[position:start] + new[new_start:new_end]
        position = end
    return built + old[position:]


@given(SIGNS, SIGNS)
@settings(max_examples=100, deadline=None)
def test_the_changes_lead_from_one_to_the_other(old: list[str], new: list[str]) -> None:
    assert rebuilt(old, new, sequences.compared(old, new)) == new
    start, end, new_end = sequences.trimmed(old, new)
    assert old[:start] == new[:start]
    assert old[end:] == new[new_end:]


@given(SIGNS, SIGNS, st.booleans())
@settings(max_examples=15, deadline=None)
def test_long_texts_are_compared_between_what_surely_belongs_together(
    old: list[str], new: list[str], told: bool
) -> None:
    book = [word for at in range(900) for word in (f"w{at}", " ", "x", "." if told else ",", " ")]
    before = [*book[:2500], *old, *book[2500:]]
    after = ["first", " ", *book[:2500], *new, *book[2500:], "last"]
    found = sequences.compared(before, after)
    assert rebuilt(before, after, found) == after
    assert sum(end - start for start, end, _, _ in found) <= len(old)

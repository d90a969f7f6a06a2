"""A text cut once and for all comes to the same as one cut anew."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import bare_texts, prose, text_diff
from tests.domain import strategies

BARE_WORDS = st.lists(
    st.sampled_from((*strategies.WORDS, *strategies.ODD_WORDS, "Mary's", "1.5/2", "a-b")),
    min_size=1,
    max_size=16,
)


@given(BARE_WORDS, st.data())
@settings(max_examples=150)
def test_edits_are_those_of_the_whole_texts(words: list[str], data: st.DataObject) -> None:
    changed = list(words)
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(changed)))
        changed[start : start + data.draw(st.integers(0, 3))] = data.draw(BARE_WORDS)[:3]
    old, new = prose.canonical(" ".join(words)), prose.canonical(" ".join(changed))
    base = bare_texts.read_kept(old)
    assert base.is_bare
    found = bare_texts.edits(base, new)
    assert found == text_diff.edits(old, new)
    assert bare_texts.leads_to(base, found, new)


def test_what_has_marks_or_breaks_is_not_bare() -> None:
    assert not bare_texts.read_kept("The **Hub** pays.").is_bare
    assert not bare_texts.read_kept("One.\nTwo.").is_bare


@pytest.mark.parametrize("stored", [((0, 1, "A"),), ((2, 9, "x"),), ((2, 1, "x"),), ()])
def test_edits_that_say_something_else_do_not_lead_there(
    stored: tuple[tuple[int, int, str], ...],
) -> None:
    base = bare_texts.read_kept("The Hub.")
    given = tuple(text_diff.Edit(*one) for one in stored)
    assert not bare_texts.leads_to(base, given, "The Client.")

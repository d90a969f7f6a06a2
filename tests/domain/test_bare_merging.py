"""The short way of a merge comes to what the long way comes to."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import bare_merging, provenance, text_diff, tokens, word_merging
from app.domain.conflicts import Resolution
from app.domain.provenance import ProvenanceSpan, Source
from app.domain.wanted import Ground, Wanted
from tests.domain import strategies

BASE = "The Hub shall pay the fee within 30 days. It may ask for more time."
OLD, NEW = Source("import"), Source("answer")


def wanted(base: str, number: int, text: str, *, stored: bool = True) -> Wanted:
    edits = text_diff.edits(base, text) if stored else None
    return Wanted(number, text, Source("amendment", str(number)), (), edits)


def ground(base: str) -> Ground:
    """Every other word is of another source."""
    spans = [
        ProvenanceSpan(len(word), NEW if at % 4 == 0 else OLD)
        for at, word in enumerate(tokens.cut(base))
    ]
    return Ground("term", "text", base, provenance.joined(spans))


PLAIN_WORDS = st.lists(st.sampled_from(strategies.WORDS), min_size=3, max_size=12)


@st.composite
def reworded(draw: st.DrawFn, words: list[str]) -> str:
    """Some words replaced, dropped or added; all of them bare."""
    held = list(words)
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, len(held)))
        end = min(len(held), start + draw(st.integers(0, 2)))
        held[start:end] = draw(PLAIN_WORDS)[: draw(st.integers(0, 3))]
    return " ".join(held) or "none"


@given(st.data())
@settings(max_examples=120)
def test_both_ways_come_to_the_same(data: st.DataObject) -> None:
    words = data.draw(PLAIN_WORDS)
    base = " ".join(words)
    texts = data.draw(st.lists(reworded(words), min_size=1, max_size=4))
    wants = tuple(
        wanted(base, number, text, stored=data.draw(st.booleans()))
        for number, text in enumerate(texts, start=1)
    )
    short = bare_merging.merge_bare(ground(base), wants, {})
    # Written sources ask for the long way; those of all words by one author change nothing else.
    spans = [(ProvenanceSpan(len(one.text), one.source),) for one in wants]
    if short is None:
        return
    long = word_merging.merge_part(
        ground(base), tuple(w._replace(spans=s) for w, s in zip(wants, spans, strict=True)), {}
    )
    assert short == long
    assert sum(span.length for span in short.pieces[0].spans) == len(short.pieces[0].text)


def test_marks_and_resolutions_take_the_long_way() -> None:
    marked = wanted(BASE, 1, BASE.replace("Hub", "**Hub**"))
    assert bare_merging.merge_bare(ground(BASE), (marked,), {}) is None
    two = tuple(wanted(BASE, n, BASE.replace("30", text)) for n, text in ((1, "45"), (2, "60")))
    short = bare_merging.merge_bare(ground(BASE), two, {})
    assert short is not None
    (conflict,) = short.found
    assert [one.text for one in conflict.wordings] == ["45", "60"]
    settled = {conflict.id: Resolution(conflict.id, "base")}
    assert bare_merging.merge_bare(ground(BASE), two, settled) is None


def test_stored_edits_that_say_something_else_are_left_aside() -> None:
    stale = wanted(BASE, 1, BASE.replace("30", "45"))._replace(
        edits=text_diff.edits(BASE, BASE.replace("30", "60"))
    )
    short = bare_merging.merge_bare(ground(BASE), (stale,), {})
    assert short is not None
    assert "45 days" in short.pieces[0].text
    assert [gone.text for gone in short.removed] == ["30"]

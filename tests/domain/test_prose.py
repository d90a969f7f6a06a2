"""What the marks of a text mean, and that reading and writing lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import prose
from app.domain.prose import Span


def _span(text, **marks):
    """Hypothesis would draw every field of a named tuple; only those that are named here vary."""
    return Span(text, **marks)


ODD = st.text(alphabet="ab \n\t*[]{}|\\()-:/h.é\u0301\u00a0\ufffc\u200b", max_size=40)
WORDS = st.text(alphabet="ab c*[]{}|\\_\u00a0é\n", min_size=1, max_size=8)
SPANS = st.lists(
    st.one_of(
        st.builds(
            _span,
            WORDS,
            strong=st.booleans(),
            em=st.booleans(),
            link=st.sampled_from([None, None, "https://a.eu/x_y?b=1&c", "mailto:law@a.eu"]),
        ),
        st.builds(_span, st.just(prose.HOLE), strong=st.booleans(), ref=st.just("answer-time")),
        st.builds(_span, st.just(prose.HOLE), em=st.booleans(), blank=st.just("asking.name")),
        st.just(Span("|", cell=True)),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", ()),
        ("Each Hub has one vote.", (Span("Each Hub has one vote."),)),
        ("a *b* c", (Span("a "), Span("b", em=True), Span(" c"))),
        ("**a**b", (Span("a", strong=True), Span("b"))),
        (
            "**a *b***",
            (Span("a ", strong=True), Span("b", strong=True, em=True)),
        ),
        (
            "***a* b**",
            (Span("a", strong=True, em=True), Span(" b", strong=True)),
        ),
        ("2 * 3 * 4", (Span("2 * 3 * 4"),)),
        ("a ** b", (Span("a ** b"),)),
        ("*a", (Span("*a"),)),
        ("***a**", (Span("*"), Span("a", strong=True))),
        ("****a****", (Span("****a****"),)),
        (
            "under [[answer-time]].",
            (Span("under "), Span(prose.HOLE, ref="answer-time"), Span(".")),
        ),
        ("[[Answer Time]]", (Span("[[Answer Time]]"),)),
        (f"[[{'a' * 29}]]", (Span(f"[[{'a' * 29}]]"),)),
        ("{{asking.name}}", (Span(prose.HOLE, blank="asking.name"),)),
        ("{{ two words }}", (Span("{{ two words }}"),)),
        (r"\{{a}}", (Span("{{a}}"),)),
        (r"a\b \* c", (Span(r"a\b * c"),)),
        (
            "see [our **own** page](https://a.eu/x)",
            (
                Span("see "),
                Span("our ", link="https://a.eu/x"),
                Span("own", strong=True, link="https://a.eu/x"),
                Span(" page", link="https://a.eu/x"),
            ),
        ),
        ("[a](javascript:alert)", (Span("[a](javascript:alert)"),)),
        ("a | b", (Span("a "), Span("|", cell=True), Span(" b"))),
    ],
)
def test_marks_are_read(text: str, spans: tuple[Span, ...]) -> None:
    assert prose.parse(text) == spans


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("  a \t b  ", "a b"),
        ("a  \n\n  b", "a\nb"),
        ("a\r\nb\vc", "a\nb\nc"),
        ("e\u0301", "é"),
        ("**a** **b**", "**a b**"),
        ("**a *b* c**", "**a** ***b*** **c**"),
        ("[a ](https://a.eu)b", "[a](https://a.eu) b"),
        ("2 * 3", r"2 \* 3"),
        ("[1]", r"\[1\]"),
        (r"a\b", r"a\\b"),
        ("a |  | b", "a | | b"),
        ("\x00a\ufffc\ufeff", "a"),
        ("\ud800", "\ufffd"),
        ("§\u00a03", "§\u00a03"),
    ],
)
def test_a_text_is_made_canonical(text: str, canonical: str) -> None:
    assert prose.canonical(text) == canonical


@given(ODD)
def test_canonical_text_stays_as_it_is(text: str) -> None:
    once = prose.canonical(text)
    assert prose.canonical(once) == once
    assert prose.write(prose.parse(once)) == once
    assert "  " not in once
    assert once == once.strip()


@given(SPANS)
def test_written_spans_are_read_again(spans: list[Span]) -> None:
    text = prose.write(spans)
    assert prose.write(prose.parse(text)) == text
    assert prose.plain(text) == "".join(span.text for span in spans)


@given(SPANS, st.integers(min_value=0, max_value=60))
def test_a_text_cut_anywhere_joins_to_itself(spans: list[Span], at: int) -> None:
    text = prose.write(spans)
    left: list[Span] = []
    right: list[Span] = []
    for span in prose.parse(text):
        cut = max(0, min(len(span.text), at))
        at -= len(span.text)
        left.append(_part(span, span.text[:cut]))
        right.append(_part(span, span.text[cut:]))
    assert prose.join([prose.write(left), prose.write(right)]) == text


@given(st.lists(ODD, max_size=3))
def test_pieces_join_as_their_spans_do(parts: list[str]) -> None:
    assert prose.join(parts) == prose.write(span for part in parts for span in prose.parse(part))


def test_a_text_without_marks_is_cut_around_its_stand_ins() -> None:
    assert prose.holes("Pay {{fee}} | see [[a]].") == [
        "Pay ", "{{fee}}", " ", "|", " see ", "[[a]]", ".",
    ]  # fmt: skip
    assert prose.holes("plain") == ["plain"]
    assert prose.holes("a *b* [[c]]") is None
    assert prose.holes(r"a \[ b") is None


def _part(span: Span, text: str) -> Span:
    return Span(text, span.strong, span.em, span.link, span.ref, span.blank, span.cell)


@given(st.text(max_size=30))
def test_escaped_words_are_those_words(words: str) -> None:
    assert prose.plain(prose.escape(words)) == words


def test_a_link_that_would_end_too_early_is_encoded() -> None:
    text = prose.write([Span("Act", link="https://a.eu/Act_(2020)")])
    assert text == "[Act](https://a.eu/Act_%282020%29)"
    assert prose.parse(text) == (Span("Act", link="https://a.eu/Act_%282020%29"),)


def test_plain_text_has_one_character_for_a_reference_and_a_blank() -> None:
    assert (
        prose.plain("By **[[d-hub]]** in {{days}} days") == f"By {prose.HOLE} in {prose.HOLE} days"
    )


def test_references_and_blanks_are_listed_in_order() -> None:
    text = r"[[b]] and {{x}} and [[a]] and [[b]], not \[[c]] nor \{{y}}"
    assert prose.references_in(text) == ("b", "a", "b")
    assert prose.blanks_in(text) == ("x",)


def test_cells_of_a_row() -> None:
    text = prose.row(["**Fee**", "", prose.escape("a|b")])
    assert text == r"**Fee** | | a\|b"
    assert prose.cells(text) == ("**Fee**", "", r"a\|b")


@pytest.mark.parametrize(
    "text",
    ["", "The Hub pays.", "L’organisation paie 5 €.", "~ \" '", "Straße, naïve"],
)
def test_texts_with_nothing_to_tidy_are_bare(text: str) -> None:
    assert prose.is_bare(text)


@pytest.mark.parametrize(
    "text",
    [
        *("two  spaces", " before", "after ", "a\ttab", "two\nlines", "gone\x7f", "nul\x00"),
        *("*em*", "no\u00a0break", f"a {prose.HOLE}", "e\u0301", "\ud800"),
    ],
)
def test_texts_with_something_to_tidy_are_not(text: str) -> None:
    assert not prose.is_bare(text)


@given(st.text(max_size=30))
def test_what_is_bare_is_canonical(text: str) -> None:
    assert not prose.is_bare(text) or prose.write([Span(text)]) == text

"""Clause text on a page: every mark shown, everything escaped."""

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import prose
from app.domain.numbering import Label
from app.formats.prose_html import Quote, of_prose

LABELS = {"fees": Label("4.2", "Article 4.2")}


def _shown(text: str, **more: object) -> str:
    return str(of_prose(text, labels=LABELS, **more))  # type: ignore[arg-type]


def test_marks_references_and_blanks() -> None:
    text = "Pay **all *fees*** under [[fees]] and [[gone]] in {{days}}."
    assert _shown(text, blanks={"days": "working days"}) == (
        "Pay <strong>all <em>fees</em></strong> under "
        '<a class="xref" href="#c-fees">Article 4.2</a> and '
        '<span class="xref">[missing clause]</span> in '
        '<span class="blank">[working days]</span>.'
    )


def test_everything_is_escaped() -> None:
    assert _shown("<script>&\"'") == "&lt;script&gt;&amp;\"'"
    assert _shown("[x](https://a.eu/?a=1&b='2')") == (
        '<a href="https://a.eu/?a=1&amp;b=&#x27;2&#x27;">x</a>'
    )
    assert _shown("{{a}}", blanks={"a": "<b>"}) == '<span class="blank">[&lt;b&gt;]</span>'


def test_the_first_use_of_a_term_leads_to_its_definition() -> None:
    shown = _shown(
        "A Hub tells each **Lead Hub** and every Hub; [Hub](https://a.eu).",
        terms={"Hub": "d-hub", "Lead Hub": "d-lead"},
        meanings={"d-hub": 'means a "hub"'},
        href=lambda key: f"/x/{key}",
    )
    assert shown == (
        'A <a class="term" href="/x/d-hub" title="means a &quot;hub&quot;">Hub</a> tells each '
        '<strong><a class="term" href="/x/d-lead">Lead Hub</a></strong> and every Hub; '
        '<a href="https://a.eu">Hub</a>.'
    )


def test_quoted_words_name_their_note() -> None:
    shown = _shown("Each Hub **pays fees** in May.", quotes=[Quote(5, 13, "88")])
    assert shown == (
        'Each <mark class="quoted" id="q-88" data-note="n-88">Hub <strong>pays</strong></mark>'
        "<strong> fees</strong> in May."
    )


def _markdown() -> markdown.Markdown:
    """Python-Markdown with nothing but the marks that clause text has."""
    renderer = markdown.Markdown(extensions=["nl2br"], output_format="html")
    for name in ("backtick", "autolink", "automail", "html", "entity", "reference",
                 "image_link", "image_reference", "short_reference", "short_image_ref",
                 "linebreak"):  # fmt: skip
        renderer.inlinePatterns.deregister(name)
    for name in ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote",
                 "reference"):  # fmt: skip
        renderer.parser.blockprocessors.deregister(name)
    renderer.delimiters.remove("_")
    renderer.preprocessors.deregister("html_block")
    renderer.ESCAPED_CHARS = list("\\*[]{}|")
    return renderer


RENDERER = _markdown()


def _span(text, **marks):
    """Hypothesis would draw every field of a named tuple; only those that are named here vary."""
    return prose.Span(text, **marks)


MARKED = st.builds(
    _span,
    st.text(alphabet="ab_`#1.&<>\"'é[]{}*\\!-+", min_size=1, max_size=6),
    strong=st.booleans(),
    em=st.booleans(),
    link=st.sampled_from([None, None, "https://a.eu/x_y?b=1&c=2"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(MARKED, min_size=1, max_size=5), st.sampled_from([" ", "\n", ", "]))
def test_python_markdown_shows_the_same(spans: list[prose.Span], between: str) -> None:
    # Never "": where marks meet inside a word, both nest them, but one in the other's order.
    parts = [part for span in spans for part in (prose.Span(between), span)][1:]
    text = prose.canonical(prose.write(parts))
    assert RENDERER.reset().convert(text) == f"<p>{_shown(text)}</p>"

"""Remarks become HTML that says what was written and can do nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as reader

from app.formats.markdown import SCHEMES, TAGS, to_html, to_words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Two **bold** and *slanted* words.", "<strong>bold</strong> and <em>slanted</em>"),
        ("First line\nsecond line", "First line<br>\nsecond line"),
        ("1. one\n2. two", "<ol>\n<li>one</li>"),
        ("3. three\n4. four", '<ol start="3">'),
        ("# Loud", "<h4>Loud</h4>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
        ("[the law](https://example.org/law)", 'href="https://example.org/law"'),
        ("> quoted", "<blockquote>"),
        ("5 < 6 & 7", "5 &lt; 6 &amp; 7"),
    ],
)
def test_what_is_written_is_shown(text, shown):
    assert shown in to_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div onclick='x()'>hello</div>",
        "<p style='position:fixed'>over everything</p>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_html_is_shown_as_the_words_it_is(text):
    shown = reader.fragment_fromstring(str(to_html(text)), create_parent="div")
    assert {element.tag for element in shown.iter()} <= {"div", "p", "br"}
    assert not any(element.attrib for element in shown.iter())


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc"],
)
def test_a_link_leads_nowhere_dangerous(target):
    assert "href" not in to_html(f"[press here]({target})")
    assert "href" not in to_html(f"<{target}>")


def test_no_picture_is_fetched_from_elsewhere():
    assert "<img" not in to_html("![pixel](https://example.org/pixel.png)")


def test_words_alone_are_one_line_without_marks():
    assert to_words("A **bold**\nclaim &amp; <b>more</b>") == "A bold claim & <b>more</b>"


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from(list("<>&\"'()[]*_`#|\\\n :;/ahref=javscript1!"))))
def test_whatever_is_written_stays_within_the_allowed(text):
    shown = reader.fragment_fromstring(str(to_html(text)), create_parent="div")
    for element in shown.iter():
        assert element.tag in TAGS | {"div"}
        assert set(element.attrib) <= {"href", "title", "rel", "start"}
        scheme, found, _ = element.get("href", "").partition(":")
        assert not found or scheme.lower() in SCHEMES

"""What people write in comments and reasons, shown so that it can do no harm."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.markdown import TAGS, to_html, to_plain


def _flat(text: str) -> str:
    return re.sub(r">\s+<", "><", str(to_html(text))).strip()


def test_marks_and_typed_lines_are_kept():
    assert _flat("Say **shall**, *not* will.\nTwice.") == (
        "<p>Say <strong>shall</strong>, <em>not</em> will.<br>\nTwice.</p>"
    )


def test_underscores_are_letters_as_in_clause_text():
    assert _flat("a_b_c and _d_") == "<p>a_b_c and _d_</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div onclick='x()'>words</div>",
        "Before <b>bold</b> after",
        "<!-- hidden -->",
        "<svg/onload=alert(1)>",
    ],
)
def test_raw_html_is_shown_as_the_characters_it_is(text):
    html = str(to_html(text))
    assert not re.search(r"<(script|img|div|b|svg|!)", html)
    assert "&lt;" in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "/\\evil.example",
        "file:///etc/passwd",
        "ftp://a.example",
    ],
)
def test_an_odd_link_leaves_its_words(target):
    assert _flat(f"see [the file]({target}) now") == "<p>see the file now</p>"
    assert "href" not in _flat(f"see [the file][1]\n\n[1]: {target}")


@pytest.mark.parametrize(
    "target", ["https://a.example/x?y=1", "http://a.example", "mailto:a@b.example", "/help", "#c-x"]
)
def test_a_good_link_is_a_link_that_gives_nothing_away(target):
    html = _flat(f"[words]({target})")
    assert f'href="{target}"' in html
    assert 'rel="nofollow noopener noreferrer"' in html


def test_a_picture_is_not_fetched():
    assert "<img" not in _flat("![a cat](https://a.example/cat.png)")


def test_a_list_may_follow_a_line_and_nest_by_two_spaces():
    html = _flat("Reasons:\n- one\n  - two\n    - three\n- four")
    assert html == (
        "<p>Reasons:</p><ul><li>one<ul><li>two<ul><li>three</li></ul></li></ul></li>"
        "<li>four</li></ul>"
    )


def test_a_paragraph_inside_an_item_does_not_split_the_list():
    html = _flat("1. first\n\n   still first\n2. second")
    assert html.count("<ol>") == 1
    assert html.count("<li>") == 2


def test_a_list_begins_at_its_first_number():
    assert _flat("3. three\n4. four") == '<ol start="3"><li>three</li><li>four</li></ol>'


def test_dashes_in_code_are_no_list_and_an_underline_is_no_heading():
    assert _flat("```\n- a\n<b>\n```") == "<pre><code>- a\n&lt;b&gt;\n</code></pre>"
    assert _flat("Yours\n---") == "<p>Yours</p><hr>"


def test_headings_stand_below_those_of_the_page():
    assert _flat("# One\n\n## Two\n\n##### Five") == "<h3>One</h3><h4>Two</h4><h4>Five</h4>"


def test_a_table_is_a_table():
    assert _flat("| a | b |\n|---|---|\n| 1 | 2 |").count("<td>") == 2


def test_the_plain_words_are_short_and_bare():
    assert to_plain("**Twenty** days & [more](https://a.example).\n\n- one") == (
        "Twenty days & more. one"
    )
    assert to_plain("word " * 60, 20) == "word word word …"
    assert to_plain("") == ""
    assert to_plain("<b>x</b>") == "<b>x</b>"


@pytest.mark.parametrize(
    "hostile", ["1. " * 3_333, "- " * 5_000, "> " * 5_000, "[" * 10_000, "[a](" * 2_500]
)
def test_what_is_made_to_hurt_is_shown_as_typed_and_quickly(hostile):
    began = time.process_time()
    html = str(to_html(f"{hostile}<b>"))
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert to_plain(f"{hostile}<b>", 20_000).endswith("<b>")
    assert time.process_time() - began < 2


def test_lines_stay_lines_where_nothing_else_can_be_shown():
    assert str(to_html("[" * 301 + "\n<i>two</i>")) == (
        "<p>" + "[" * 301 + "<br>\n&lt;i&gt;two&lt;/i&gt;</p>"
    )


@settings(max_examples=150)
@given(st.text(alphabet="<>&\"'[]()!*_`~|-+#: \n\t1.aj/\\=\x00\ufffe", max_size=80))
def test_only_allowed_tags_ever_leave(text):
    html = str(to_html(text))
    assert {name.lower() for name in re.findall(r"</?([a-zA-Z][\w-]*)", html)} <= TAGS
    assert not re.search(r"<[a-z0-9]+[^>]*\son\w+=", html)
    to_plain(text)


def test_a_text_that_broke_the_reader_leaves_no_trace_in_the_next():
    to_html.cache_clear()
    assert "<ol" not in to_html("1. " * 2_000 + "x")
    assert to_html("We **will**, after that.") == "<p>We <strong>will</strong>, after that.</p>"

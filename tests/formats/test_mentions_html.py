"""Mentions as labels in the HTML of a comment."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from app.formats import markdown
from app.formats.mentions_html import with_mentions


def marked(text: str, *words: str) -> str:
    return str(with_mentions(markdown.to_html(text), words))


def test_the_words_of_a_mention_are_a_label():
    assert marked("Ask @Porto, *@Porto*.", "@Porto") == (
        '<p>Ask <span class="mention">@Porto</span>, '
        '<em><span class="mention">@Porto</span></em>.</p>'
    )


def test_the_longest_words_count_and_a_longer_name_is_none():
    assert marked("@Porto Law, @Portos", "@Porto", "@Porto Law") == (
        '<p><span class="mention">@Porto Law</span>, @Portos</p>'
    )


def test_signs_that_html_escapes_are_found_and_stay_escaped():
    assert '<span class="mention">@R&amp;D</span>' in marked("Hello @R&D!", "@R&D")


def test_an_address_is_left_alone():
    text = "[here](https://example.org/@Porto)"
    assert marked(text, "@Porto") == str(markdown.to_html(text))


@given(st.text(max_size=120), st.text(min_size=1, max_size=8))
def test_taking_the_labels_out_gives_what_was_there(text, name):
    held = markdown.to_html(text)
    shown = with_mentions(held, [f"@{name}"])
    assert Markup(shown).striptags() == held.striptags()
    assert shown.replace('<span class="mention">', "").replace("</span>", "") == held.replace(
        "</span>", ""
    )

"""What is looked for, whether a text has it, and the words around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import finding
from app.domain.finding import Fragment

TEXTS = st.text(max_size=400)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Liability  cap", ("liability", "cap")),
        ("Kraków KRAKOW", ("krakow",)),
        ("Ελλάδα", ("ελλαδα",)),
        ("§ 4.2(b)", ("4", "2", "b")),
        ("'; drop table--", ("drop", "table")),
        ("  ?! ", ()),
        ("snake_case", ("snake", "case")),
    ],
)
def test_a_question_looks_for_its_words_without_case_and_accents(question, words):
    assert finding.wanted(question) == words


def test_no_question_looks_for_more_than_a_few_words():
    assert len(finding.wanted(" ".join(f"w{n}" for n in range(40)))) == finding.MOST_WORDS


def test_every_word_must_begin_some_word():
    text = "The Hubs share what they earn in Łódź and São Paulo."
    assert finding.holds(text, finding.wanted("hub sao"))
    assert not finding.holds(text, finding.wanted("ubs"))
    assert not finding.holds(text, finding.wanted("hub lose"))


def test_an_excerpt_shows_what_stands_around_the_first_hit():
    text = "x" * 30 + " " + "word " * 60 + "the Liability of a Hub " + "end " * 90
    shown = finding.excerpt(text, ("liab",))
    assert Fragment("Liability", True) in shown
    assert shown[0] == Fragment("… ", False) and shown[-1] == Fragment(" …", False)
    assert sum(len(one.text) for one in shown) < 260


def test_without_a_hit_an_excerpt_is_the_beginning():
    assert finding.excerpt("Short.", ("long",)) == (Fragment("Short.", False),)
    assert finding.excerpt("", ("long",)) == ()


@given(TEXTS, TEXTS)
def test_an_excerpt_says_nothing_that_the_text_does_not_say(text, question):
    words = finding.wanted(question)
    shown = finding.excerpt(text, words)
    held = "".join(one.text for one in shown).removeprefix("… ").removesuffix(" …")
    assert held in text
    for one in shown:
        if one.is_hit:
            assert any(finding.fold(one.text).startswith(word) for word in words)


@given(TEXTS)
def test_a_text_holds_the_words_it_is_made_of(text):
    assert finding.holds(text, finding.wanted(text))

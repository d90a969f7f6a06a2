"""What the record keeps of words."""

import hashlib

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.commitments import commitment

WORDS = st.text(max_size=40)


def test_anyone_with_salt_and_words_makes_the_same_commitment():
    plain = hashlib.sha256("pepper\nA Hub answers — in 15 days.".encode()).hexdigest()
    assert commitment("pepper", "A Hub answers — in 15 days.") == plain


@settings(max_examples=50)
@given(WORDS, WORDS)
def test_other_words_make_another_commitment(one, other):
    assume(one != other)
    assert commitment("salt", one) != commitment("salt", other)


@settings(max_examples=50)
@given(WORDS)
def test_the_same_words_under_another_salt_are_not_recognised(words):
    assert commitment("one", words) != commitment("other", words)

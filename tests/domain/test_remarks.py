"""What may be written, public or inside."""

import pytest

from app.domain.remarks import KINDS, checked_kind, checked_words, short_words
from app.kernel.errors import Invalid


def test_words_lose_what_surrounds_them_and_keep_their_lines():
    assert checked_words("  One.\r\n\r\nTwo. \n") == "One.\n\nTwo."
    assert short_words("  ", "remark", 5) == ""


def test_no_words_and_too_many_are_refused_at_their_field():
    for text, field in (("   ", "text"), ("x" * 10_001, "text")):
        with pytest.raises(Invalid) as refused:
            checked_words(text)
        assert refused.value.field == field
    with pytest.raises(Invalid, match="under 5 characters; this has 6") as refused:
        short_words("sixsix", "remark", 5)
    assert refused.value.field == "remark"


def test_a_comment_is_of_a_known_kind():
    assert [checked_kind(kind) for kind in KINDS] == list(KINDS)
    with pytest.raises(Invalid, match="Choose a kind"):
        checked_kind("gossip")

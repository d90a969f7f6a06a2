"""Wordings that collide, put together where they can stand together."""

import pytest

from app.domain.combining import combined


@pytest.mark.parametrize(
    ("base", "wordings", "found"),
    [
        (
            "within five working days",
            ["within ten working days", "within five calendar days"],
            "within ten calendar days",
        ),
        (
            "five working days",
            ["five working days of receipt", "ten working days"],
            "ten working days of receipt",
        ),
        ("the fee and the costs", ["the fee", "the fee and all the costs"], None),
        ("within five days", ["within ten days", "within ten days"], "within ten days"),
        ("within five days", ["within ten days", "within six days"], None),
        ("equally", ["in proportion to the hours", "in equal parts"], None),
        ("", ["without delay", "in writing"], None),
        ("within **five** days", ["within **ten** days", "within **five** weeks"], None),
    ],
)
def test_different_words_stand_together_and_the_same_ones_have_to_be_chosen(base, wordings, found):
    assert combined(base, wordings) == (found or " / ".join(wordings))


def test_one_that_only_deletes_leaves_nothing_to_choose():
    assert combined("or in writing", ["", "or by letter"]) == "or by letter"

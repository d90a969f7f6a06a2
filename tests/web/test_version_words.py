"""What a version changed, in words."""

import pytest

from app.domain.change_counts import ChangeCounts
from app.web import version_words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (ChangeCounts(), "No word changed."),
        (ChangeCounts(reworded=2, went=1), "2 paragraphs reworded, 1 removed."),
        (ChangeCounts(came=1, moved=3), "1 paragraph new, 3 moved."),
        (ChangeCounts(went=1), "1 paragraph removed."),
    ],
)
def test_the_first_kind_of_change_carries_the_noun(counts: ChangeCounts, words: str) -> None:
    assert version_words.told(counts) == words


def test_a_version_is_called_by_what_it_became() -> None:
    assert version_words.called(3, "In force") == "Version 3, in force"
    assert version_words.called(3, "Not adopted") == "Version 3"

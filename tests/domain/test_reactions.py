"""Reactions: a small fixed set, each with its words."""

from app.domain.reactions import WORDS, Reaction


def test_every_reaction_has_its_words():
    assert set(WORDS) == set(Reaction)
    assert len(set(WORDS.values())) == len(WORDS)

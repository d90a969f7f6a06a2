"""Reactions to a comment: a nod that decides nothing, told nobody, and is on no record."""

from collections.abc import Mapping
from enum import StrEnum

from app.kernel.said import said


class Reaction(StrEnum):
    """What one may nod to a comment without writing one."""

    AGREE = "agree"
    DISCUSS = "discuss"
    THANKS = "thanks"
    SEEN = "seen"


WORDS: Mapping[Reaction, str] = {
    Reaction.AGREE: said("Agree"),
    Reaction.DISCUSS: said("Let us talk"),
    Reaction.THANKS: said("Thanks"),
    Reaction.SEEN: said("Seen"),
}
"""How pages say them, in their order."""

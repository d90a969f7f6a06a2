"""Answers of the facilitator: what each makes of an amendment, and which need their reason."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.lifecycle import AmendmentState, Outcome

DECIDES: Mapping[str, AmendmentState] = {
    Outcome.ACCEPTED: AmendmentState.ACCEPTED,
    Outcome.REJECTED: AmendmentState.REJECTED,
    Outcome.DUPLICATE_OF: AmendmentState.REJECTED,
    Outcome.OUT_OF_SCOPE: AmendmentState.REJECTED,
    Outcome.DEFERRED: AmendmentState.PROPOSED,
}
"""What an answer to an amendment makes of it; other answers are for comments only."""

NEEDS_A_REASON = frozenset({Outcome.REJECTED, Outcome.OUT_OF_SCOPE, Outcome.ACCEPTED_IN_PART})

PLACES = ("organisation", "clause", "number")
"""What a saved answer may leave open, as in {organisation}."""

_PLACE = re.compile("{(" + "|".join(PLACES) + ")}")


@dataclass(frozen=True)
class Given:
    """The words that one contribution gets.

    `seen` is the number of the press that gave the answer the facilitator saw, 0 where there was
    none; None does not look.
    """

    id: uuid.UUID
    words: str
    seen: int | None = None


@dataclass(frozen=True)
class LeftOut:
    """A contribution that a press left as it is, and why."""

    number: str
    why: str


@dataclass(frozen=True)
class Pressed:
    """What one press came to: its number in the round, what it changed, what it left as it was."""

    number: int
    changed: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()


def filled(words: str, *, organisation: str, clause: str, number: str) -> str:
    """Put the names of one contribution into a saved answer; other braces stay as they are."""
    names = {"organisation": organisation, "clause": clause, "number": number}
    return _PLACE.sub(lambda found: names[found[1]], words)

"""Stances: where an organisation stands on a clause, from "can't live with it" to full support."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.kernel.errors import Invalid
from app.kernel.said import said

RED_LINE = -2
WORDS: Mapping[int, str] = {
    RED_LINE: said("Can't live with it"),
    -1: said("Has doubts"),
    0: said("Can live with it"),
    1: said("Supports it"),
    2: said("Fully supports it"),
}
"""Every stance and how pages say it, the lowest first."""

LONGEST = 1_000
"""How many characters of reason go with a stance."""


@dataclass(frozen=True)
class Spread:
    """How many organisations stand where on one clause, in the order of WORDS."""

    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many have said where they stand."""
        return sum(self.counts)

    @property
    def red_lines(self) -> int:
        """How many can't live with the clause."""
        return self.counts[0]

    @property
    def is_split(self) -> bool:
        """Whether somebody is against what somebody else supports."""
        return sum(self.counts[:2]) > 0 and sum(self.counts[3:]) > 0


def spread_of(values: Iterable[int]) -> Spread:
    """Count stances."""
    held = list(values)
    return Spread(tuple(held.count(value) for value in WORDS))


def sign(value: int) -> str:
    """A stance as a number with its sign; the minus is a minus, not a hyphen."""
    return f"{value:+d}".replace("-", "\N{MINUS SIGN}") if value else "0"


def checked(value: int, reason: str) -> str:
    """The reason of a stance, trimmed. Raises Invalid where there is no such stance."""
    if value not in WORDS:
        raise Invalid("Choose where you stand, from -2 to +2.", "value")
    words = reason.replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise Invalid(
            "Keep the reason under {most} characters; this has {size}.",
            "reason",
            most=LONGEST,
            size=len(words),
        )
    return words

"""What stands beside a clause of the stances on it: one's own, or how many stand where."""

from dataclasses import dataclass

from app.domain.stances import WORDS, sign
from app.queries.stances import Beside

BAR = 40
"""How wide the bar of a spread is, in the units of its drawing."""


@dataclass(frozen=True)
class Part:
    """A stretch of the bar: the stances of one kind."""

    name: str
    is_against: bool
    is_for: bool
    x: float
    width: float


@dataclass(frozen=True)
class Sign:
    """The sign beside a clause.

    `own` is the reader's own stance with its sign, "" where there is none; `parts` draw the spread
    where the reader may see it, and `counts` say it: a number and its words each.
    """

    own: str
    words: str
    organisation: str
    reason: str
    is_stale: bool
    red_lines: int
    parts: tuple[Part, ...]
    counts: tuple[tuple[int, str], ...]
    css: str


def beside(found: Beside | None) -> Sign | None:
    """The sign for what is known beside a clause; None where nothing is."""
    if found is None:
        return None
    own, counts = found.own, found.spread.counts if found.spread else ()
    own_red = own is not None and own.is_red_line
    return Sign(
        own=sign(own.value) if own else "",
        words=WORDS[own.value] if own else "",
        organisation=own.organisation if own else "",
        reason=own.reason if own else "",
        is_stale=own is not None and own.is_stale,
        red_lines=found.spread.red_lines if found.spread else int(own_red),
        parts=parts_of(counts),
        counts=tuple(
            (number, words) for number, words in zip(counts, WORDS.values(), strict=False) if number
        ),
        css="is-red-line" if own_red else "",
    )


def parts_of(counts: tuple[int, ...]) -> tuple[Part, ...]:
    """The bar of a spread: its stretches from the left, whose widths add up to BAR."""
    total = sum(counts)
    found: list[Part] = []
    at = 0
    for value, number in zip(WORDS, counts, strict=False):
        if number:
            x, width = BAR * at / total, BAR * number / total
            found.append(Part(_name(value), value < 0, value > 0, round(x, 2), round(width, 2)))
        at += number
    return tuple(found)


def _name(value: int) -> str:
    """The class of a stretch: m2, m1, n0, p1, p2."""
    return f"{'m' if value < 0 else 'p' if value else 'n'}{abs(value)}"

"""Bundles: which open amendments nobody contests, so that they may be decided together, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """One open amendment with what speaks for or against it.

    `concerns` are standing comments that raise a concern about it, `objections` votes against it,
    `amended_by` the labels of open amendments to it, `excludes` of
    those declared to exclude it. `supporters` counts organisations beside the
    one that proposed it.
    """

    number: int
    label: str
    concerns: int = 0
    objections: int = 0
    supporters: int = 0
    amended_by: tuple[str, ...] = ()
    is_secondary: bool = False
    has_ballot: bool = False
    needs_attention: bool = False
    is_bundled: bool = False
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether an amendment is uncontested, and every reason for that or against it."""

    label: str
    is_uncontested: bool
    reasons: tuple[str, ...]


def verdicts(
    candidates: Iterable[Candidate], rivals: Mapping[int, Sequence[str]]
) -> tuple[Verdict, ...]:
    """A verdict for each, in their order. `rivals`: who competes for the same text, by number."""
    found = []
    for one in candidates:
        against = tuple(_against(one, rivals.get(one.number, ())))
        found.append(Verdict(one.label, not against, against or tuple(_in_favour(one))))
    return tuple(found)


def _against(one: Candidate, rivals: Sequence[str]) -> Iterable[str]:
    if rivals:
        yield f"It can't stand beside {_listed(rivals)}."
    if one.excludes:
        yield f"It stands in a set of alternatives with {_listed(one.excludes)}."
    if one.concerns:
        yield f"{_many(one.concerns, 'comment raises', 'comments raise')} a concern about it."
    if one.objections:
        yield f"{_many(one.objections, 'vote was', 'votes were')} cast against it."
    if one.amended_by:
        verb = "asks" if len(one.amended_by) == 1 else "ask"
        yield f"{_listed(one.amended_by)} {verb} to change it first."
    if one.is_secondary:
        yield "It amends an amendment, and is decided before that."
    if one.has_ballot:
        yield "A ballot decides it."
    if one.needs_attention:
        yield "It was written on an earlier version and waits for its author."
    if one.is_bundled:
        yield "It stands in a bundle already, or was pulled out of one."


def _in_favour(one: Candidate) -> Iterable[str]:
    yield "No other open amendment changes the same words."
    yield "Nobody raised a concern, voted against it or asks to change it."
    if one.supporters:
        many = _many(one.supporters, "more organisation supports", "more organisations support")
        yield f"{many} it."


def _many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _listed(names: Iterable[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last

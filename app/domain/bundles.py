"""Bundles: which open amendments nobody contests, so that they may be decided together, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.kernel.said import counted, listed, said


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
        yield said("It can't stand beside {names}.", names=listed(rivals))
    if one.excludes:
        yield said("It stands in a set of alternatives with {names}.", names=listed(one.excludes))
    if one.concerns:
        yield counted(
            one.concerns,
            "{n} comment raises a concern about it.",
            "{n} comments raise a concern about it.",
        )
    if one.objections:
        yield counted(
            one.objections, "{n} vote was cast against it.", "{n} votes were cast against it."
        )
    if one.amended_by:
        yield counted(
            len(one.amended_by),
            "{names} asks to change it first.",
            "{names} ask to change it first.",
            names=listed(one.amended_by),
        )
    if one.is_secondary:
        yield said("It amends an amendment, and is decided before that.")
    if one.has_ballot:
        yield said("A ballot decides it.")
    if one.needs_attention:
        yield said("It was written on an earlier version and waits for its author.")
    if one.is_bundled:
        yield said("It stands in a bundle already, or was pulled out of one.")


def _in_favour(one: Candidate) -> Iterable[str]:
    yield said("No other open amendment changes the same words.")
    yield said("Nobody raised a concern, voted against it or asks to change it.")
    if one.supporters:
        yield counted(
            one.supporters,
            "{n} more organisation supports it.",
            "{n} more organisations support it.",
        )

"""Counting: choices, rules in words and in numbers, tally, outcome. Arithmetic on integers only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.kernel.errors import Invalid
from app.kernel.said import Said, said, strung

YES, NO, ABSTAIN = "yes", "no", "abstain"


class Base(StrEnum):
    """What a share is a share of."""

    YES_NO = "yes_no"
    CAST = "cast"
    PRESENT = "present"
    ELIGIBLE = "eligible"


class BallotOutcome(StrEnum):
    """How a ballot ended.

    Inquorate: too few took part, or nothing to count, so nothing is decided.
    """

    CARRIED = "carried"
    LOST = "lost"
    INQUORATE = "inquorate"


_TAKE_PART: Mapping[tuple[int, int], Said] = {
    (1, 2): said("At least half of the organisations entitled to vote must take part."),
    (1, 3): said("At least a third of the organisations entitled to vote must take part."),
    (2, 3): said("At least two thirds of the organisations entitled to vote must take part."),
    (3, 4): said("At least three quarters of the organisations entitled to vote must take part."),
    (1, 1): said("All organisations entitled to vote must take part."),
}
_AMOUNTS: Mapping[tuple[str, bool], Said] = {
    ("1/2", True): said("more than half"),
    ("1/2", False): said("at least half"),
    ("2/3", False): said("at least two thirds"),
    ("3/4", False): said("at least three quarters"),
    ("1/1", False): said("all"),
}
_OF_WHAT: Mapping[Base, Said] = {
    Base.YES_NO: said("Carried if {amount} of the votes for and against say yes."),
    Base.CAST: said("Carried if {amount} of the votes cast, abstentions included say yes."),
    Base.PRESENT: said("Carried if {amount} of the organisations taking part say yes."),
    Base.ELIGIBLE: said("Carried if {amount} of all organisations entitled to vote say yes."),
}


@dataclass(frozen=True)
class VotingRule:
    """When a proposal is carried. All shares are fractions of whole numbers.

    `present` counts every organisation that cast a vote, abstentions included, as `cast` does; it
    is kept apart
    because a meeting's roll may name more present than cast. `min_participation` is a fraction of
    the eligible.
    """

    numerator: int = 1
    denominator: int = 2
    strict: bool = True
    base: Base = Base.YES_NO
    min_participation: tuple[int, int] = (0, 1)
    min_yes: int = 0
    count_by: str = "heads"
    veto: bool = False
    consent: bool = False

    def __post_init__(self) -> None:
        part, whole = self.min_participation
        if not (0 < self.numerator <= self.denominator and 0 <= part <= whole and whole > 0):
            raise Invalid("The share needed must be a fraction between nothing and all.", "rule")
        if self.strict and self.numerator == self.denominator:
            raise Invalid("More than all votes can't be reached.", "rule")
        if self.count_by not in ("heads", "weight") or self.min_yes < 0:
            raise Invalid("Votes are counted by heads or by weight.", "rule")

    def to_json(self) -> dict[str, Any]:
        """The rule as it is stored and hashed."""
        return {
            **asdict(self),
            "base": str(self.base),
            "min_participation": [*self.min_participation],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "VotingRule":
        """Read back what `to_json` wrote."""
        part, whole = data["min_participation"]
        return cls(**{**data, "base": Base(data["base"]), "min_participation": (part, whole)})

    def in_words(self) -> str:
        """The rule as one or more sentences a lawyer accepts."""
        if self.consent:
            first = said("Carried unless an organisation votes no in time.")
            return strung((first, *self._minima()))
        share = f"{self.numerator}/{self.denominator}"
        amount = _AMOUNTS.get((share, self.strict))
        if amount is None and self.strict:
            amount = said("more than {share}", share=share)
        elif amount is None:
            amount = said("at least {share}", share=share)
        sentences = [said(_OF_WHAT[self.base], amount=amount)]
        if self.veto:
            sentences.append(said("One no defeats it."))
        return strung((*sentences, *self._minima()))

    def _minima(self) -> Iterable[str]:
        part, whole = self.min_participation
        if part:
            yield _TAKE_PART.get((part, whole)) or said(
                "At least {share} of the organisations entitled to vote must take part.",
                share=f"{part}/{whole}",
            )
        if self.min_yes:
            yield said("At least {min_yes} must say yes.", min_yes=self.min_yes)
        if self.count_by == "weight":
            yield said("Votes are counted by weight.")


@dataclass(frozen=True)
class RollLine:
    """One organisation on the roll: its weight and what it chose (None: no vote)."""

    weight: int
    choice: str | None


@dataclass(frozen=True)
class Tally:
    """The count: weights or heads by choice, who is eligible, how many (heads) took part."""

    by_choice: Mapping[str, int]
    eligible: int
    voters: int
    organisations: int

    def of(self, choice: str) -> int:
        """How much was given to one choice."""
        return self.by_choice.get(choice, 0)

    @property
    def cast(self) -> int:
        """Everything that was cast, abstentions included."""
        return sum(self.by_choice.values())


@dataclass(frozen=True)
class Decision:
    """The outcome, the winning choice if there is one, and the sentence that explains it."""

    outcome: BallotOutcome
    winner: str | None
    explanation: str
    params: Mapping[str, object]


def tally(roll: Iterable[RollLine], rule: VotingRule) -> Tally:
    """Count the roll under a rule; never more than one choice an organisation."""
    lines = list(roll)

    def size(line: RollLine) -> int:
        return line.weight if rule.count_by == "weight" else 1

    counted: Counter[str] = Counter()
    for line in lines:
        if line.choice is not None:
            counted[line.choice] += size(line)
    return Tally(
        by_choice=dict(counted),
        eligible=sum(size(line) for line in lines),
        voters=sum(line.choice is not None for line in lines),
        organisations=len(lines),
    )


def decide(count: Tally, rule: VotingRule, alternatives: tuple[str, ...] = (YES,)) -> Decision:
    """Apply a rule to a count.

    With several alternatives the one with most votes is put to the rule: its votes count as yes,
    those for the
    other alternatives and for none as no. A tie at the top, and a tie under the rule, fails.
    """
    if (missing := _inquorate(count, rule)) is not None:
        return missing
    if rule.consent:
        return _by_consent(count, rule)
    leader, yes, tied = _leader(count, alternatives)
    no = count.cast - count.of(ABSTAIN) - yes
    if tied:
        return Decision(
            BallotOutcome.LOST,
            None,
            said("Two alternatives have {yes} each; a tie decides for neither."),
            {"yes": yes},
        )
    base = _base(rule.base, count, yes, no)
    figures: dict[str, object] = {"yes": yes, "no": no, "abstain": count.of(ABSTAIN), "base": base}
    if base == 0:
        return Decision(
            BallotOutcome.INQUORATE,
            None,
            said("There is nothing to count, so nothing is decided."),
            figures,
        )
    return _by_share(rule, leader, yes, no, base, figures)


def _inquorate(count: Tally, rule: VotingRule) -> Decision | None:
    part, whole = rule.min_participation
    if count.voters * whole >= part * count.organisations:
        return None
    return Decision(
        BallotOutcome.INQUORATE,
        None,
        said(
            "{voters} of {organisations} took part; {part} of {whole} are needed: nothing is "
            "decided."
        ),
        {
            "voters": count.voters,
            "organisations": count.organisations,
            "part": part,
            "whole": whole,
        },
    )


def _by_consent(count: Tally, rule: VotingRule) -> Decision:
    no, yes = count.of(NO), count.of(YES)
    figures: dict[str, object] = {"no": no, "yes": yes}
    if no:
        return Decision(
            BallotOutcome.LOST, None, said("{no} objected in time, so it is not carried."), figures
        )
    if yes < rule.min_yes:
        return Decision(
            BallotOutcome.INQUORATE, None, said("{yes} said yes; more are needed."), figures
        )
    return Decision(
        BallotOutcome.CARRIED, YES, said("Nobody objected in time, so it is carried."), figures
    )


def _leader(count: Tally, alternatives: tuple[str, ...]) -> tuple[str, int, bool]:
    ranked = sorted(alternatives, key=count.of, reverse=True)
    top = count.of(ranked[0])
    tied = len(ranked) > 1 and top > 0 and count.of(ranked[1]) == top
    return ranked[0], top, tied


def _base(base: Base, count: Tally, yes: int, no: int) -> int:
    match base:
        case Base.YES_NO:
            return yes + no
        case Base.CAST | Base.PRESENT:
            return count.cast
        case Base.ELIGIBLE:
            return count.eligible


def _by_share(
    rule: VotingRule, leader: str, yes: int, no: int, base: int, figures: Mapping[str, object]
) -> Decision:
    reached, needed = yes * rule.denominator, rule.numerator * base
    enough = reached > needed if rule.strict else reached >= needed
    if rule.veto and no:
        return Decision(BallotOutcome.LOST, None, _VETOED, figures)
    if enough and yes != no and yes >= rule.min_yes:
        return Decision(BallotOutcome.CARRIED, leader, _MET, figures)
    if enough and yes < rule.min_yes:
        told = {**figures, "min_yes": rule.min_yes}
        return Decision(BallotOutcome.INQUORATE, None, _TOO_FEW, told)
    return Decision(BallotOutcome.LOST, None, _NOT_MET, figures)


_VETOED = said(
    "{yes} yes, {no} no, {abstain} abstained: {yes} of {base}, but one no is enough to defeat it."
)
_MET = said(
    "{yes} yes, {no} no, {abstain} abstained: {yes} of {base} meets the rule, so it is carried."
)
_TOO_FEW = said(
    "{yes} yes, {no} no, {abstain} abstained: {yes} of {base}, fewer yes than the {min_yes} "
    "needed, so nothing is decided."
)
_NOT_MET = said(
    "{yes} yes, {no} no, {abstain} abstained: {yes} of {base} does not meet the rule, so it is "
    "lost."
)

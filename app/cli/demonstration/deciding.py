"""What is decided after a round: ballots, conflicts, answers, and the next version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from app.access.actor import SYSTEM
from app.actions import (
    alternatives,
    ballots,
    bundles,
    consolidation,
    dispositions,
    rounds,
    saved_answers,
)
from app.cli.demonstration import amending
from app.cli.demonstration.calendar import Act
from app.cli.demonstration.deal import Deal
from app.cli.demonstration.material import (
    Bundling,
    Correction,
    Excluding,
    KeptAnswer,
    Question,
    RoundMaterial,
    Settlement,
)
from app.domain.ballots import ABSTAIN, NO, YES, Base, VotingRule
from app.domain.conflicts import ConflictFound
from app.domain.lifecycle import AmendmentState, Outcome
from app.queries import consolidations
from app.queries.reading import session

if TYPE_CHECKING:
    from app.models.ballots import Ballot

ABSENT = "absent"


@dataclass(frozen=True)
class Decision:
    """How the material of a round is decided, from the close of the round to the next version."""

    deal: Deal
    material: RoundMaterial

    def asking(self, opens: float, questions: Sequence[Question]) -> Iterator[Act]:
        """Ballots; their days count from the opening of the round."""
        for question in questions:
            yield from self._asking(opens, question)

    def _asking(self, opens: float, question: Question) -> Iterator[Act]:
        calendar, held = self.deal.network.calendar, Held(self.deal, question)
        first, last = opens + question.opens, opens + question.closes
        closes_at = calendar.at(last, 18)
        yield Act(calendar.at(first, 10), lambda: held.open(closes_at))
        end = min(last, -0.2)
        for place, sign in enumerate(held.voters):
            moment = calendar.spread(first + 0.3, end - 0.2, place)
            if sign in question.changed:
                yield Act(calendar.at(first, 11, place), partial(held.vote_otherwise, place, sign))
            yield Act(moment, partial(held.vote, place, sign))
        if last < 0:
            yield Act(calendar.at(last, 18, 1), held.count)

    def consolidating(self, day: float, days: float) -> Iterator[Act]:
        """Decide what no ballot decided, answer what the material answers, settle conflicts."""
        at = self.deal.network.calendar.at
        yield Act(at(day, 9), self._begin)
        for place, proposal in enumerate(self.material.proposals):
            moment = at(day + (0.1 if not proposal.amends else 0.9), 9, 10 + place % 50)
            yield Act(moment, partial(self._answer_amendment, proposal.id))
        remarks = self.material.remarks
        for place, remark in enumerate(remarks):
            name = remark.id or f"remark {place}"
            moment = at(day + 1 + (days - 2) * place / len(remarks))
            yield Act(moment, partial(self._answer_comment, name, place))
        yield Act(at(day + days - 1, 15), self._settle)
        for place, correction in enumerate(self.material.corrections):
            yield Act(at(day + days, 9, 10 + place), partial(self._correct, correction))

    def arranging(self, day: float) -> Iterator[Act]:
        """Put the desk in order on a day of consolidation: kept answers, alternatives, bundles."""
        at = self.deal.network.calendar.at
        for place, kept in enumerate(self.material.kept_answers):
            yield Act(at(day, 10, place), partial(self._keep, kept))
        for place, excluding in enumerate(self.material.alternatives):
            yield Act(at(day, 11, place), partial(self._exclude, excluding))
        for bundling in self.material.bundles:
            yield Act(at(bundling.day, 12), partial(self._bundle, bundling))

    def _keep(self, kept: KeptAnswer) -> None:
        saved_answers.keep_answer(
            self.deal.network.facilitator, self.deal.agreement, title=kept.title, text=kept.text
        )

    def _exclude(self, excluding: Excluding) -> None:
        rows = [self.deal.amendments[name].id for name in excluding.amendments]
        alternatives.declare_alternatives(
            self.deal.network.facilitator, self.deal.round, amendments=rows
        )

    def _bundle(self, bundling: Bundling) -> None:
        bundles.propose_bundle(
            self.deal.network.facilitator,
            self.deal.round,
            amendments=[self.deal.amendments[name].id for name in bundling.amendments],
            closes_at=self.deal.network.calendar.at(bundling.closes, 18),
            reason=bundling.reason,
        )

    def publishing(self, day: float, note: str) -> Act:
        """The next version."""
        at = self.deal.network.calendar.at(day, 11)
        return Act(at, lambda: self._publish(note))

    def begin_voting(self) -> None:
        """Take the agreement from consultation to voting."""
        rounds.begin_voting(self.deal.network.facilitator, self.deal.round)

    def _begin(self) -> None:
        rounds.begin_consolidation(self.deal.network.facilitator, self.deal.round)

    def _publish(self, note: str) -> None:
        consolidation.publish_version(self.deal.network.facilitator, self.deal.round, note=note)

    def _answer_amendment(self, name: str) -> None:
        proposal = next(one for one in self.material.proposals if one.id == name)
        row = self.deal.amendments[name]
        decided = {AmendmentState.ACCEPTED: "accepted", AmendmentState.REJECTED: "rejected"}
        outcome = decided.get(AmendmentState(row.state), proposal.outcome)
        if row.state in (AmendmentState.WITHDRAWN, AmendmentState.FALLEN):
            return
        if not (outcome or proposal.repeats):
            return
        repeats = self.deal.amendments[proposal.repeats].label if proposal.repeats else ""
        dispositions.answer_amendment(
            self.deal.network.facilitator,
            self.deal.round,
            amendment_id=row.id,
            outcome=Outcome.DUPLICATE_OF if repeats else Outcome(outcome),
            answer=proposal.answer,
            duplicate_of=repeats,
        )

    def _answer_comment(self, name: str, place: int) -> None:
        remark = self.material.remarks[place]
        if not remark.outcome:
            return
        outcome = Outcome.DUPLICATE_OF if remark.repeats else Outcome(remark.outcome)
        dispositions.answer_comments(
            self.deal.network.facilitator,
            self.deal.round,
            threads=[self.deal.threads[name].id],
            outcome=outcome,
            answer=remark.answer,
            duplicate_of=self._label(remark.repeats),
        )

    def _label(self, name: str) -> str:
        if not name:
            return ""
        if name in self.deal.amendments:
            return self.deal.amendments[name].label
        return f"C{self.deal.threads[name].number}"

    def _settle(self) -> None:
        """Settle one conflict after the other, as long as the material settles one."""
        while found := self._next_settlement():
            met, settlement = found
            consolidation.resolve_conflict(
                self.deal.network.facilitator,
                self.deal.round,
                conflict=met.id,
                choice=settlement.choice,
                value=self._value(settlement),
                why=settlement.why,
            )

    def _next_settlement(self) -> tuple[ConflictFound, Settlement] | None:
        told = {settlement.clause: settlement for settlement in self.material.settlements}
        for met in consolidations.standing_of(session(), self.deal.round).merged.conflicts:
            if met.clause in told:
                return met, told[met.clause]
        return None

    def _value(self, settlement: Settlement) -> object:
        held = self.deal.amendments
        if settlement.choice == "side":
            return held[settlement.side].number
        if settlement.choice == "order":
            return [held[name].number for name in settlement.order]
        return settlement.words or None

    def _correct(self, correction: Correction) -> None:
        preview = consolidations.standing_of(session(), self.deal.round).preview
        consolidation.edit_text(
            self.deal.network.facilitator,
            self.deal.round,
            operations=amending.operations(preview, correction.changes),
            why=correction.why,
        )


class Held:
    """One ballot as it goes: opened, voted in, counted."""

    def __init__(self, deal: Deal, question: Question) -> None:
        self.deal, self.question = deal, question
        self.ballot: Ballot

    @property
    def voters(self) -> tuple[str, ...]:
        """The parties that take part in it."""
        return tuple(sign for sign in self.deal.signs if self._chosen(sign) != ABSENT)

    @property
    def rule(self) -> VotingRule:
        """Its rule."""
        told = dict(self.question.rule)
        if "base" in told:
            told["base"] = Base(told["base"])
        if "min_participation" in told:
            told["min_participation"] = tuple(told["min_participation"])
        return VotingRule(**told)

    def open(self, closes_at: datetime) -> None:
        """Open it: on amendments, or on the whole text."""
        question, facilitator = self.question, self.deal.network.facilitator
        labels = {name: row.label for name, row in self.deal.amendments.items()}
        words = question.question.format_map(labels)
        if not question.amendments:
            self.ballot = ballots.open_adoption(
                facilitator,
                self.deal.agreement,
                question=words,
                rule=self.rule,
                closes_at=closes_at,
            )
            return
        self.ballot = ballots.open_ballot(
            facilitator,
            self.deal.round,
            question=words,
            rule=self.rule,
            closes_at=closes_at,
            amendments=[self.deal.amendments[name] for name in question.amendments],
            is_straw=question.is_straw,
            is_confidential=question.is_confidential,
        )

    def _chosen(self, sign: str) -> str:
        return next(
            (name for name, signs in self.question.votes.items() if sign in signs),
            self.question.rest,
        )

    def _choice(self, sign: str) -> str:
        chosen, held = self._chosen(sign), self.deal.amendments
        return held[chosen].label if chosen in held else chosen

    def vote(self, place: int, sign: str) -> None:
        """Cast the vote of a hub, by its contact or its director."""
        network = self.deal.network
        actor = (network.contacts if place % 3 else network.directors)[sign]
        ballots.cast_vote(actor, self.ballot, choice=self._choice(sign))

    def vote_otherwise(self, place: int, sign: str) -> None:
        """Cast a vote that is changed later."""
        actor = self.deal.network.contacts[sign]
        first = ABSTAIN if place % 2 or len(self.question.amendments) > 1 else NO
        ballots.cast_vote(actor, self.ballot, choice=first if first != self._choice(sign) else YES)

    def count(self) -> None:
        """Count it, after its deadline."""
        ballots.count_ballot(SYSTEM, self.ballot)

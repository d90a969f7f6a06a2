"""Ballots: opening one, a later deadline, voting, counting, declaring void."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from app.access.permissions import Permission
from app.access.predicates import may_cast
from app.actions.unit import Work, action
from app.domain import ballots as law
from app.domain import events as e
from app.domain.alternatives import lost_to
from app.domain.lifecycle import AgreementState, AmendmentState, move
from app.kernel.errors import Conflict, Invalid, WrongMoment
from app.kernel.ids import new_token
from app.kernel.said import said
from app.models.agreements import Agreement
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, BallotOption, RollEntry, SecretVote, Vote
from app.models.inserting import put
from app.models.rounds import Round
from app.queries import alternatives, proposals, versions
from app.queries import ballots as found

NONE = "none"


@action(Permission.BALLOT_OPEN)
def open_ballot(
    work: Work,
    held: Round,
    *,
    question: str,
    rule: law.VotingRule,
    closes_at: datetime,
    amendments: Sequence[AmendmentRow],
    is_straw: bool = False,
    is_confidential: bool = False,
    shows_results: bool = False,
) -> Ballot:
    """Put one amendment, or several as alternatives, to the parties; the roll is frozen now."""
    options = _votable(work, held, amendments)
    several = len(options) > 1
    ballot = _new_ballot(work, held.agreement, question, rule, closes_at)
    ballot.round_id, ballot.version_id = held.id, held.version_id
    ballot.subject = "straw" if is_straw else "alternatives" if several else "amendment"
    ballot.wording_hash = found.wording_hash(options)
    ballot.is_confidential, ballot.shows_results = is_confidential, shows_results
    ballot.choices = (
        [
            *([row.label, row.label] for row in options),
            [NONE, "none of these"],
            [law.ABSTAIN, "abstain"],
        ]
        if several
        else [[law.YES, "yes"], [law.NO, "no"], [law.ABSTAIN, "abstain"]]
    )
    _open(work, ballot)
    work.session.add_all(
        BallotOption(ballot_id=ballot.id, amendment_id=row.id, position=position)
        for position, row in enumerate(options)
    )
    return ballot


@action(Permission.ADOPTION_OPEN)
def open_adoption(
    work: Work,
    agreement: Agreement,
    *,
    question: str,
    rule: law.VotingRule,
    closes_at: datetime,
    is_confidential: bool = False,
) -> Ballot:
    """Put the whole text to the parties; if it is carried it can be adopted and signed."""
    version = versions.latest_version(work.session, agreement.id)
    if version is None:
        version = versions.first_version(work.session, agreement, now=work.now, by=work.person)
        work.session.add(version)
        work.session.flush()
        work.record(e.VersionPublished(version=version.number, hash=version.hash))
    agreement.state = move(AgreementState(agreement.state), AgreementState.ADOPTION)
    ballot = _new_ballot(work, agreement, question, rule, closes_at)
    ballot.subject, ballot.version_id, ballot.wording_hash = "whole_text", version.id, version.hash
    ballot.is_confidential = is_confidential
    ballot.choices = [[law.YES, "yes"], [law.NO, "no"], [law.ABSTAIN, "abstain"]]
    _open(work, ballot)
    return ballot


def _votable(work: Work, held: Round, amendments: Sequence[AmendmentRow]) -> list[AmendmentRow]:
    if not amendments:
        raise Invalid("Choose the amendment this ballot decides.", "amendments")
    rows = list(
        work.session.scalars(
            select(AmendmentRow)
            .where(
                AmendmentRow.agreement_id == held.agreement_id,
                AmendmentRow.id.in_([row.id for row in amendments]),
            )
            .order_by(AmendmentRow.number)
        )
    )
    if len(rows) != len({row.id for row in amendments}):
        raise Conflict("One of these amendments is not part of this agreement.")
    for row in rows:
        if row.state != AmendmentState.PROPOSED:
            raise Conflict(
                "{label} is {state}; it can't be voted on.", label=row.label, state=row.state
            )
        if row.rebase_state == "attention":
            raise Conflict(
                "{label} waits until its author confirms it on the new version.", label=row.label
            )
        if other := proposals.open_ballot_on(work.session, row, work.now):
            raise Conflict(
                "{label} is being decided by ballot {number} already.",
                label=row.label,
                number=other.number,
            )
        _excludes_none_voted_on(work, row, rows)
    return rows


def _excludes_none_voted_on(
    work: Work, row: AmendmentRow, together: Sequence[AmendmentRow]
) -> None:
    """Of a set of alternatives one at most wins, so that one ballot at a time may decide in it."""
    if apart := alternatives.voted_on_apart(work.session, row.id, {one.id for one in together}):
        raise Conflict(
            "{label} excludes {other}, which ballot {number} decides. "
            "Count that first, or put both to one ballot.",
            label=row.label,
            other=apart[0].label,
            number=apart[1].number,
        )


def _new_ballot(
    work: Work, agreement: Agreement, question: str, rule: law.VotingRule, closes_at: datetime
) -> Ballot:
    if closes_at <= work.now:
        raise Invalid("The deadline must lie ahead.", "closes_at")
    if not question.strip():
        raise Invalid("Say in one sentence what is asked.", "question")
    return Ballot(
        agreement_id=agreement.id,
        number=versions.take_number(work.session, agreement.id, Agreement.next_ballot),
        question=question.strip(),
        rule=rule.to_json(),
        opens_at=work.now,
        closes_at=closes_at,
        opened_by=work.person,
    )


def _open(work: Work, ballot: Ballot) -> None:
    roll = found.roll_today(work.session, ballot.agreement_id)
    if not roll:
        raise Invalid("No party takes part yet; there is nobody to vote.")
    if ballot.is_confidential and len({weight for _, weight, _ in roll}) > 1:
        raise Invalid(
            "Different weights give away who chose what. Vote openly, or give equal weights.",
            "is_confidential",
        )
    work.session.add(ballot)
    work.session.flush()
    work.session.add_all(
        RollEntry(ballot_id=ballot.id, organisation_id=organisation, weight=weight, casters=casters)
        for organisation, weight, casters in roll
    )
    work.record(
        e.BallotOpened(
            ballot=ballot.number,
            wording=ballot.wording_hash,
            closes_at=ballot.closes_at.isoformat(),
        )
    )


@action(Permission.BALLOT_EXTEND)
def extend_ballot(work: Work, ballot: Ballot, *, closes_at: datetime) -> Ballot:
    """Move the deadline of an open ballot to a later moment, never to an earlier one."""
    if closes_at <= ballot.closes_at:
        raise Invalid("A deadline only moves to a later moment.", "closes_at")
    ballot.closes_at = closes_at
    work.record(e.BallotExtended(ballot=ballot.number, closes_at=closes_at.isoformat()))
    return ballot


@action(Permission.BALLOT_VOTE)
def cast_vote(work: Work, ballot: Ballot, *, choice: str) -> Ballot:
    """Cast the vote of one's organisation; until the deadline it can be changed in a roll call."""
    if choice not in {key for key, _ in ballot.choices}:
        raise Invalid("Choose one of the answers.", "choice")
    entry = next(line for line in ballot.roll if may_cast(work.actor, line))
    organisation = entry.organisation.name
    if ballot.is_confidential:
        if entry.took_part:
            raise Conflict(
                "{name} has voted. A confidential vote can't be changed.", name=organisation
            )
        entry.took_part = True
        work.session.add(SecretVote(id=new_token(), ballot_id=ballot.id, choice=choice))
        work.record(e.VoteCast(ballot=ballot.number, organisation=organisation, choice=None))
        return ballot
    last = found.live_vote(work.session, ballot.id, entry.organisation_id)
    if last is not None and last.choice == choice:
        work.unchanged = True
        return ballot
    if last is not None:
        work.session.execute(update(Vote).where(Vote.id == last.id).values(is_live=False))
    vote = Vote(
        ballot_id=ballot.id,
        organisation_id=entry.organisation_id,
        choice=choice,
        cast_by=work.person,
        cast_at=work.now,
    )
    put(work.session, vote)
    work.record(
        e.VoteCast(ballot=ballot.number, organisation=organisation, choice=choice, salt=new_token())
    )
    return ballot


@action(Permission.BALLOT_VOID)
def void_ballot(work: Work, ballot: Ballot, *, reason: str) -> Ballot:
    """Declare a ballot void because its wording must change; say why."""
    if not reason.strip():
        raise Invalid("Say why; everybody who may vote reads it.", "reason")
    ballot.voided_at, ballot.void_reason = work.now, reason.strip()
    agreement = ballot.agreement
    if ballot.subject == "whole_text":
        agreement.state = move(AgreementState(agreement.state), AgreementState.PUBLISHED)
    work.record(e.BallotVoided(ballot=ballot.number))
    return ballot


@action(Permission.BALLOT_COUNT)
def count_ballot(work: Work, ballot: Ballot) -> Ballot:
    """Count after the deadline, once, and let the outcome do what it does."""
    if ballot.counted_at is not None:
        work.unchanged = True
        return ballot
    rule = law.VotingRule.from_json(ballot.rule)
    count = found.tally_of(work.session, ballot, rule)
    options = found.options_of(work.session, ballot.id)
    several = len(options) > 1
    names = tuple(row.label for row in options) if several else (law.YES,)
    decision = law.decide(count, rule, names)
    ballot.counted_at, ballot.outcome = work.now, decision.outcome
    ballot.result = _result(count, decision)
    if ballot.is_confidential:
        _shuffle(work, ballot)
    work.record(
        e.BallotCounted(ballot=ballot.number, outcome=decision.outcome, tally=dict(count.by_choice))
    )
    if ballot.subject in ("amendment", "alternatives"):
        _settle(work, ballot, options, decision)
    elif ballot.subject == "whole_text" and decision.outcome is not law.BallotOutcome.CARRIED:
        agreement = ballot.agreement
        agreement.state = move(AgreementState(agreement.state), AgreementState.PUBLISHED)
    return ballot


def _result(count: law.Tally, decision: law.Decision) -> dict[str, Any]:
    return {
        "by_choice": dict(count.by_choice),
        "eligible": count.eligible,
        "voters": count.voters,
        "organisations": count.organisations,
        "winner": decision.winner,
        "explanation": decision.explanation,
        "params": dict(decision.params),
    }


def _shuffle(work: Work, ballot: Ballot) -> None:
    """Write the votes anew in random order, so that no order or age of rows tells who cast them."""
    choices = list(
        work.session.scalars(select(SecretVote.choice).where(SecretVote.ballot_id == ballot.id))
    )
    secrets.SystemRandom().shuffle(choices)
    work.session.execute(delete(SecretVote).where(SecretVote.ballot_id == ballot.id))
    work.session.add_all(
        SecretVote(id=new_token(), ballot_id=ballot.id, choice=choice) for choice in choices
    )


def _settle(
    work: Work, ballot: Ballot, options: Sequence[AmendmentRow], decision: law.Decision
) -> None:
    if decision.outcome is law.BallotOutcome.INQUORATE:
        return
    won = decision.outcome is law.BallotOutcome.CARRIED
    winner = decision.winner if len(options) > 1 else options[0].label
    for row in options:
        state = (
            AmendmentState.ACCEPTED
            if won and row.label == winner
            else AmendmentState.FALLEN
            if won
            else AmendmentState.REJECTED
        )
        _decide(work, row, state, ballot.number)
        if state is AmendmentState.ACCEPTED:
            _fell_alternatives(work, row, options)


def _fell_alternatives(work: Work, adopted: AmendmentRow, options: Sequence[AmendmentRow]) -> None:
    """What was declared to exclude the winner falls with its victory, asked in the ballot or not.

    A ballot that counts isn't undone, and neither is this.
    """
    asked = {row.id for row in options}
    for row in alternatives.beside(work.session, adopted.id):
        if row.id not in asked and row.state == AmendmentState.PROPOSED:
            row.reason = lost_to(adopted.label)
            _decide(work, row, AmendmentState.FALLEN, None)


def _decide(work: Work, row: AmendmentRow, state: AmendmentState, ballot: int | None) -> None:
    if row.state != AmendmentState.PROPOSED:
        raise WrongMoment("{label} is decided already.", label=row.label)
    row.state, row.decided_at = move(AmendmentState(row.state), state), work.now
    work.record(e.AmendmentDecided(amendment=row.label, state=state, ballot=ballot))
    if state is AmendmentState.ACCEPTED:
        return
    for secondary in proposals.secondaries_of(work.session, row.id):
        secondary.state = move(AmendmentState(secondary.state), AmendmentState.FALLEN)
        secondary.decided_at = work.now
        secondary.reason = said("{label} was not adopted.", label=row.label)
        work.record(e.AmendmentDecided(amendment=secondary.label, state=AmendmentState.FALLEN))

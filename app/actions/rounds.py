"""Rounds: opening one on a frozen version, a later deadline, and what follows its close."""

from datetime import datetime

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.lifecycle import AgreementState, move
from app.kernel.errors import Invalid, WrongMoment
from app.models.agreements import Agreement
from app.models.rounds import Round
from app.queries import agreements as found
from app.queries import ballots, consolidations, versions


@action(Permission.ROUND_OPEN)
def open_round(
    work: Work, agreement: Agreement, *, closes_at: datetime, question: str = ""
) -> Round:
    """Open a round on the latest version until a deadline; a draft becomes version 1 first."""
    if closes_at <= work.now:
        raise Invalid("The deadline must lie ahead.", "closes_at")
    version = versions.latest_version(work.session, agreement.id)
    if version is None:
        version = versions.first_version(work.session, agreement, now=work.now, by=work.person)
        work.session.add(version)
        work.session.flush()
        work.record(e.VersionPublished(version=version.number, hash=version.hash))
    last = found.round_of(work.session, agreement.id)
    agreement.state = move(AgreementState(agreement.state), AgreementState.CONSULTATION)
    opened = Round(
        agreement_id=agreement.id,
        number=last.number + 1 if last else 1,
        version_id=version.id,
        opens_at=work.now,
        closes_at=closes_at,
        question=question,
    )
    work.session.add(opened)
    if last:
        work.session.flush()
        for contribution in consolidations.left_open(work.session, last):
            contribution.round_id = opened.id
    work.record(
        e.RoundOpened(round=opened.number, version=version.number, closes_at=closes_at.isoformat())
    )
    return opened


@action(Permission.ROUND_EXTEND)
def extend_round(work: Work, opened: Round, *, closes_at: datetime) -> Round:
    """Move the deadline of an open round to a later moment, never to an earlier one."""
    if closes_at <= opened.closes_at:
        raise Invalid("A deadline only moves to a later moment.", "closes_at")
    opened.closes_at = closes_at
    work.record(e.RoundExtended(round=opened.number, closes_at=closes_at.isoformat()))
    return opened


@action(Permission.ROUND_CLOSE)
def begin_voting(work: Work, closed: Round) -> Round:
    """Take the agreement from consultation to voting, once the round is over."""
    agreement = closed.agreement
    agreement.state = move(AgreementState(agreement.state), AgreementState.VOTING)
    work.record(e.VotingStarted())
    return closed


@action(Permission.ROUND_CLOSE)
def begin_consolidation(work: Work, closed: Round) -> Round:
    """Take the agreement to consolidation, once the round and all its ballots are over."""
    if uncounted := ballots.uncounted_in(work.session, closed.id):
        raise WrongMoment(
            "Ballot {number} is not counted yet. Consolidation begins when none is open.",
            number=uncounted[0].number,
        )
    agreement = closed.agreement
    agreement.state = move(AgreementState(agreement.state), AgreementState.CONSOLIDATION)
    work.record(e.ConsolidationStarted(round=closed.number))
    return closed

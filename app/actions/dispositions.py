"""Dispositions: the facilitator's answer to every comment and every amendment of a round."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.commitments import commitment
from app.domain.lifecycle import AgreementState, AmendmentState, Outcome, move
from app.kernel.errors import Conflict, Invalid, WrongMoment
from app.kernel.ids import new_token
from app.models.amendments import AmendmentRow
from app.models.comments import Thread
from app.models.decisions import Disposition
from app.models.rounds import Round
from app.queries import proposals

DECIDES = {
    Outcome.ACCEPTED: AmendmentState.ACCEPTED,
    Outcome.REJECTED: AmendmentState.REJECTED,
    Outcome.DUPLICATE_OF: AmendmentState.REJECTED,
    Outcome.OUT_OF_SCOPE: AmendmentState.REJECTED,
}
"""What an answer to an amendment makes of it; a deferred one stays proposed."""

NEEDS_A_REASON = frozenset({Outcome.REJECTED, Outcome.OUT_OF_SCOPE, Outcome.ACCEPTED_IN_PART})


@action(Permission.DISPOSITION_GIVE)
def answer_comments(
    work: Work,
    held: Round,
    *,
    threads: Sequence[uuid.UUID],
    outcome: Outcome,
    answer: str = "",
    duplicate_of: str = "",
    seen: int | None = None,
) -> Round:
    """Answer one comment or several alike.

    `seen` is the row version of an answer that is changed.
    """
    _checked(outcome, answer, duplicate_of)
    for thread in _threads(work, held, threads):
        given = _given(work, held, thread_id=thread.id, seen=seen)
        _write(work, given, outcome, answer, duplicate_of)
        work.record(
            e.CommentAnswered(
                thread=thread.number,
                outcome=outcome,
                commitment=commitment(new_token(), given.answer),
            )
        )
    return held


@action(Permission.DISPOSITION_GIVE)
def answer_amendment(
    work: Work,
    held: Round,
    *,
    amendment_id: uuid.UUID,
    outcome: Outcome,
    answer: str = "",
    duplicate_of: str = "",
    seen: int | None = None,
) -> Round:
    """Answer an amendment; where no ballot decided it and consolidation is on, this decides it."""
    _checked(outcome, answer, duplicate_of)
    amendment = work.session.get(AmendmentRow, amendment_id)
    if amendment is None or amendment.agreement_id != held.agreement_id:
        raise Conflict("This amendment is not part of the round.")
    if outcome not in DECIDES and outcome is not Outcome.DEFERRED:
        raise Invalid(
            "An amendment is accepted, rejected or deferred. To keep a part, accept it and edit.",
            "outcome",
        )
    _decide(work, held, amendment, outcome, answer)
    given = _given(work, held, amendment_id=amendment.id, seen=seen)
    _write(work, given, outcome, answer, duplicate_of)
    work.record(
        e.AmendmentAnswered(
            amendment=amendment.label,
            outcome=outcome,
            commitment=commitment(new_token(), given.answer),
        )
    )
    return held


def _decide(
    work: Work, held: Round, amendment: AmendmentRow, outcome: Outcome, answer: str
) -> None:
    wanted = DECIDES.get(outcome, AmendmentState.PROPOSED)
    if amendment.state == wanted:
        return
    ballot = proposals.deciding_ballot(work.session, amendment.id)
    if ballot is not None:
        raise Conflict(
            "Ballot {number} decided {label}; an answer can explain it, not change it.",
            number=ballot.number,
            label=amendment.label,
        )
    if held.agreement.state != AgreementState.CONSOLIDATION:
        raise WrongMoment("Amendments are decided during consolidation, after the round.")
    _not_without_its_primary(work, amendment, wanted)
    amendment.state = move(AmendmentState(amendment.state), wanted)
    open_again = wanted is AmendmentState.PROPOSED
    amendment.decided_at = None if open_again else work.now
    amendment.reason = "" if open_again else answer.strip()
    work.record(e.AmendmentDecided(amendment=amendment.label, state=wanted))
    _carry_secondaries(work, amendment, wanted)


def _not_without_its_primary(work: Work, amendment: AmendmentRow, wanted: AmendmentState) -> None:
    if amendment.primary_id is None or wanted is not AmendmentState.ACCEPTED:
        return
    primary = work.session.get_one(AmendmentRow, amendment.primary_id)
    if primary.state not in (AmendmentState.PROPOSED, AmendmentState.ACCEPTED):
        raise Conflict(
            "{label} is {state}; what amends it falls.", label=primary.label, state=primary.state
        )


def _carry_secondaries(work: Work, primary: AmendmentRow, wanted: AmendmentState) -> None:
    """What amends a rejected amendment falls; taken back, it stands again."""
    from_, to = (
        ((AmendmentState.PROPOSED, AmendmentState.ACCEPTED), AmendmentState.FALLEN)
        if wanted is AmendmentState.REJECTED
        else ((AmendmentState.FALLEN,), AmendmentState.PROPOSED)
    )
    for secondary in work.session.scalars(
        select(AmendmentRow).where(
            AmendmentRow.primary_id == primary.id, AmendmentRow.state.in_(from_)
        )
    ):
        secondary.state = move(AmendmentState(secondary.state), to)
        secondary.decided_at = work.now if to is AmendmentState.FALLEN else None
        secondary.reason = (
            f"{primary.label} was not adopted." if to is AmendmentState.FALLEN else ""
        )
        work.record(e.AmendmentDecided(amendment=secondary.label, state=to))


def _checked(outcome: Outcome, answer: str, duplicate_of: str) -> None:
    if outcome in NEEDS_A_REASON and not answer.strip():
        raise Invalid("Give the reason; its author and everybody else reads it.", "answer")
    if outcome is Outcome.DUPLICATE_OF and not duplicate_of.strip():
        raise Invalid("Name the contribution this repeats, as in C12 or A7.", "duplicate_of")


def _threads(work: Work, held: Round, ids: Sequence[uuid.UUID]) -> Sequence[Thread]:
    found = work.session.scalars(
        select(Thread).where(Thread.id.in_(ids), Thread.round_id == held.id).order_by(Thread.number)
    ).all()
    if not found or len(found) != len(set(ids)):
        raise Conflict("One of these comments is not part of this round any more.")
    return found


def _given(
    work: Work,
    held: Round,
    *,
    thread_id: uuid.UUID | None = None,
    amendment_id: uuid.UUID | None = None,
    seen: int | None,
) -> Disposition:
    """The answer given so far, to be changed, or a new one."""
    given = work.session.scalars(
        select(Disposition).where(
            Disposition.round_id == held.id,
            Disposition.thread_id == thread_id
            if thread_id
            else Disposition.amendment_id == amendment_id,
        )
    ).one_or_none()
    if given is None:
        given = Disposition(
            agreement_id=held.agreement_id,
            round_id=held.id,
            thread_id=thread_id,
            amendment_id=amendment_id,
        )
        work.session.add(given)
    elif seen is not None and given.row_version != seen:
        raise Conflict("A colleague answered this meanwhile: {answer}", answer=given.answer)
    return given


def _write(
    work: Work, given: Disposition, outcome: Outcome, answer: str, duplicate_of: str
) -> None:
    given.outcome, given.answer = outcome, answer.strip()
    given.duplicate_of = duplicate_of.strip() if outcome is Outcome.DUPLICATE_OF else ""
    given.decided_by, given.decided_at = work.person, work.now

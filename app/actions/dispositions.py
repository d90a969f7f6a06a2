"""Dispositions: the facilitator's answer to every comment and every amendment of a round."""

import uuid
from collections.abc import Mapping, Sequence

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
from app.models.people import User
from app.models.rounds import Round
from app.queries import answers, proposals

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
    seen: Mapping[uuid.UUID, int] | None = None,
) -> Round:
    """Answer one comment or several alike.

    `seen` are the row versions of the answers the facilitator saw, by thread; 0 is none. Where a
    colleague answered meanwhile nothing is changed.
    """
    found = _threads(work, held, threads)
    repeated = _checked(work, held, outcome, answer, duplicate_of, [f"C{t.number}" for t in found])
    given = answers.of_threads(work.session, held.id, [thread.id for thread in found])
    for thread in found:
        row = given.get(thread.id)
        if seen is not None:
            _same_as_seen(work, f"C{thread.number}", row, seen.get(thread.id, 0))
        if row is None:
            row = Disposition(agreement_id=held.agreement_id, round_id=held.id, thread_id=thread.id)
        _write(work, row, outcome, answer, repeated)
        work.record(
            e.CommentAnswered(
                thread=thread.number,
                outcome=outcome,
                commitment=commitment(row.salt, row.answer),
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
    """Answer an amendment; where no ballot decides it and consolidation is on, this decides it.

    `seen` is the row version of the answer the facilitator saw; 0 is none.
    """
    amendment = work.session.get(AmendmentRow, amendment_id)
    if amendment is None or amendment.round_id != held.id or amendment.number is None:
        raise Conflict("This amendment is not part of the round.")
    if outcome not in DECIDES and outcome is not Outcome.DEFERRED:
        raise Invalid(
            "An amendment is accepted, rejected or deferred. To keep a part, accept it and edit.",
            "outcome",
        )
    repeated = _checked(work, held, outcome, answer, duplicate_of, [amendment.label])
    row = answers.of_amendment(work.session, held.id, amendment.id)
    if seen is not None:
        _same_as_seen(work, amendment.label, row, seen)
    _decide(work, held, amendment, outcome, answer)
    if row is None:
        row = Disposition(
            agreement_id=held.agreement_id, round_id=held.id, amendment_id=amendment.id
        )
    _write(work, row, outcome, answer, repeated)
    work.record(
        e.AmendmentAnswered(
            amendment=amendment.label,
            outcome=outcome,
            commitment=commitment(row.salt, row.answer),
        )
    )
    return held


def _decide(
    work: Work, held: Round, amendment: AmendmentRow, outcome: Outcome, answer: str
) -> None:
    wanted = DECIDES.get(outcome, AmendmentState.PROPOSED)
    ballot = proposals.deciding_ballot(work.session, amendment.id)
    if amendment.state == wanted:
        if ballot is None and wanted is not AmendmentState.PROPOSED:
            amendment.reason = answer.strip()
        return
    if ballot is not None:
        raise Conflict(
            "Ballot {number} decided {label}; an answer can explain it, not change it.",
            number=ballot.number,
            label=amendment.label,
        )
    if held.agreement.state != AgreementState.CONSOLIDATION:
        raise WrongMoment(
            "Amendments are decided during consolidation. It begins on the page of the rounds."
        )
    _may_be_decided(work, amendment, wanted)
    amendment.state = move(AmendmentState(amendment.state), wanted)
    open_again = wanted is AmendmentState.PROPOSED
    amendment.decided_at = None if open_again else work.now
    amendment.reason = "" if open_again else answer.strip()
    work.record(e.AmendmentDecided(amendment=amendment.label, state=wanted))
    _carry_secondaries(work, amendment, wanted)


def _may_be_decided(work: Work, amendment: AmendmentRow, wanted: AmendmentState) -> None:
    """Not while a ballot is on, and nothing is accepted that doesn't fit the text."""
    if ballot := proposals.uncounted_ballot(work.session, amendment.id):
        raise Conflict(
            "Ballot {number} decides {label}, and is not counted yet.",
            number=ballot.number,
            label=amendment.label,
        )
    if wanted is not AmendmentState.ACCEPTED:
        return
    if amendment.rebase_state == "attention":
        raise Conflict(
            "{label} was written on an earlier version and waits for its author. "
            "Reject it, or leave it for the next round.",
            label=amendment.label,
        )
    if amendment.primary_id is None:
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


def _checked(
    work: Work,
    held: Round,
    outcome: Outcome,
    answer: str,
    duplicate_of: str,
    answered: Sequence[str],
) -> str:
    """The number of the contribution repeated, if that is the answer."""
    if outcome in NEEDS_A_REASON and not answer.strip():
        raise Invalid("Give the reason; its author and everybody else reads it.", "answer")
    if outcome is not Outcome.DUPLICATE_OF:
        return ""
    repeated = duplicate_of.strip().upper()
    if not repeated:
        raise Invalid("Name the contribution this repeats, as in C12 or A7.", "duplicate_of")
    if repeated in answered:
        raise Invalid("{number} can't repeat itself.", "duplicate_of", number=repeated)
    if not answers.is_contribution(work.session, held.agreement_id, repeated):
        raise Invalid(
            "There is no {number} in this agreement. A number looks like C12 or A7.",
            "duplicate_of",
            number=repeated,
        )
    return repeated


def _threads(work: Work, held: Round, ids: Sequence[uuid.UUID]) -> Sequence[Thread]:
    if not ids:
        raise Invalid("Select the comments that get this answer.")
    found = work.session.scalars(
        select(Thread).where(Thread.id.in_(ids), Thread.round_id == held.id).order_by(Thread.number)
    ).all()
    if len(found) != len(set(ids)):
        raise Conflict("One of these comments is not part of this round any more.")
    return found


def _same_as_seen(work: Work, number: str, given: Disposition | None, seen: int) -> None:
    if given is None or given.row_version == seen:
        return
    raise Conflict(
        "{name} answered {number} meanwhile: {outcome}. {answer}",
        name=work.session.get_one(User, given.decided_by).name,
        number=number,
        outcome=answers.WORDS[given.outcome].lower(),
        answer=given.answer,
    )


def _write(work: Work, row: Disposition, outcome: Outcome, answer: str, repeated: str) -> None:
    row.salt = row.salt or new_token()
    row.outcome, row.answer, row.duplicate_of = outcome, answer.strip(), repeated
    row.decided_by, row.decided_at = work.person, work.now
    work.session.add(row)

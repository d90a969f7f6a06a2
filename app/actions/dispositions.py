"""Dispositions: the facilitator's answer to every comment and every amendment of a round."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.alternatives import lost_to
from app.domain.answering import DECIDES, NEEDS_A_REASON, Given, LeftOut, Pressed
from app.domain.commitments import commitment
from app.domain.lifecycle import AgreementState, AmendmentState, Outcome, move
from app.kernel.errors import AppError, Conflict, Invalid, WrongMoment
from app.kernel.ids import new_token
from app.kernel.said import kept, said
from app.models.amendments import AmendmentRow
from app.models.bundles import Bundle
from app.models.comments import Thread
from app.models.decisions import Disposition
from app.models.desk import AnswerChange
from app.models.people import User
from app.models.rounds import Round
from app.queries import alternatives, answers, bundles, proposals


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

    `seen` are the answers the facilitator saw, by thread, as `Given.seen` has them. Where a
    colleague answered meanwhile nothing is changed.
    """
    if not threads:
        raise Invalid("Select the comments that get this answer.")
    found = answers.threads_in(work.session, held.id, threads)
    if len(found) != len(set(threads)):
        raise Conflict("One of these comments is not part of this round any more.")
    press = _press(work, held, outcome, duplicate_of)
    press.check(answer, [f"C{thread.number}" for thread in found])
    given = answers.of_threads(work.session, held.id, [thread.id for thread in found])
    for thread in found:
        look = None if seen is None else seen.get(thread.id, 0)
        press.comment(thread, given.get(thread.id), Given(thread.id, answer.strip(), look))
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

    `seen` is the answer the facilitator saw, as `Given.seen` has it.
    """
    amendment = work.session.get(AmendmentRow, amendment_id)
    if amendment is None or amendment.round_id != held.id or amendment.number is None:
        raise Conflict("This amendment is not part of the round.")
    press = _press(work, held, outcome, duplicate_of)
    press.check(answer, [amendment.label])
    row = answers.of_amendment(work.session, held.id, amendment.id)
    press.amendment(amendment, row, Given(amendment.id, answer.strip(), seen))
    return held


@action(Permission.DISPOSITION_GIVE)
def answer_contributions(
    work: Work, held: Round, *, given: Sequence[Given], outcome: Outcome, duplicate_of: str = ""
) -> Pressed:
    """Answer comments and amendments alike, each in its own words.

    What can't get this answer, or was answered by a colleague meanwhile, is left as it is and
    named. Secondary amendments are decided before what they amend. Raises Conflict where nothing
    could be answered.
    """
    ids = [one.id for one in given]
    threads = answers.threads_in(work.session, held.id, ids)
    amendments = answers.amendments_in(work.session, held.id, ids)
    numbers = [f"C{row.number}" for row in threads] + [row.label for row in amendments]
    press = _press(work, held, outcome, duplicate_of)
    for one in given:
        press.check(one.words, ())
    if not given:
        raise Invalid("Select the contributions that get this answer.")
    if not numbers:
        raise Conflict("These contributions are not part of this round any more.")
    stand = answers.by_contribution(work.session, held.id)
    by_id = {one.id: replace(one, words=one.words.strip()) for one in given}
    left: list[LeftOut] = []
    rows: list[Thread | AmendmentRow] = [*threads, *amendments]
    for number, row in zip(numbers, rows, strict=True):
        try:
            press.one(row, stand.get(row.id), by_id[row.id])
        except AppError as no:
            left.append(LeftOut(number, said(no.message, **no.params)))
    if len(left) == len(numbers):
        raise Conflict("{number}: {why}", number=left[0].number, why=left[0].why)
    kept = {one.number for one in left}
    return Pressed(
        press.number, tuple(number for number in numbers if number not in kept), tuple(left)
    )


@action(Permission.BUNDLE_ACCEPT)
def accept_bundle(work: Work, bundle: Bundle) -> Bundle:
    """Accept what nobody pulled out of a bundle, once its deadline has passed.

    What was withdrawn, decided or put to a ballot meanwhile is left as it is. Done already,
    nothing changes. The whole is one press, and can be undone as one.
    """
    if bundle.accepted_at is not None:
        work.unchanged = True
        return bundle
    press = _press(work, bundle.round, Outcome.ACCEPTED, "")
    words = bundle.reason or said(
        "Nobody objected; accepted with bundle {number}.", number=bundle.number
    )
    accepted = []
    for item in bundles.items_of(work.session, bundle):
        row = item.amendment
        if item.pulled_at is not None or row.state != AmendmentState.PROPOSED:
            continue
        stands = answers.of_amendment(work.session, bundle.round_id, row.id)
        if proposals.uncounted_ballot(work.session, row.id) or alternatives.voted_on_apart(
            work.session, row.id
        ):
            continue
        press.amendment(row, stands, Given(row.id, words, None))
        accepted.append(row.label)
    bundle.accepted_at = work.now
    work.record(e.BundleAccepted(bundle=bundle.number, amendments=tuple(accepted)))
    return bundle


def _press(work: Work, held: Round, outcome: Outcome, duplicate_of: str) -> "_Press":
    repeats = duplicate_of.strip().upper() if outcome is Outcome.DUPLICATE_OF else ""
    return _Press(work, held, answers.next_press(work.session, held.id), outcome, repeats)


@dataclass(frozen=True)
class _Press:
    """One press of the button: the same outcome for all that it answers."""

    work: Work
    held: Round
    number: int
    outcome: Outcome
    repeats: str

    def check(self, words: str, answered: Sequence[str]) -> None:
        """Refuse an answer without its reason, and one that repeats nothing."""
        if self.outcome in NEEDS_A_REASON and not words.strip():
            raise Invalid("Give the reason; its author and everybody else reads it.", "answer")
        if self.outcome is not Outcome.DUPLICATE_OF:
            return
        if not self.repeats:
            raise Invalid("Name the contribution this repeats, as in C12 or A7.", "duplicate_of")
        self.repeats_another(answered)
        if not answers.is_contribution(self.work.session, self.held.agreement_id, self.repeats):
            raise Invalid(
                "There is no {number} in this agreement. A number looks like C12 or A7.",
                "duplicate_of",
                number=self.repeats,
            )

    def repeats_another(self, answered: Sequence[str]) -> None:
        if self.repeats and self.repeats in answered:
            raise Invalid("{number} can't repeat itself.", "duplicate_of", number=self.repeats)

    def one(self, row: Thread | AmendmentRow, stands: Disposition | None, given: Given) -> None:
        if isinstance(row, Thread):
            self.repeats_another([f"C{row.number}"])
            self.comment(row, stands, given)
        else:
            self.repeats_another([row.label])
            self.amendment(row, stands, given)

    def comment(self, thread: Thread, stands: Disposition | None, given: Given) -> None:
        self.same_as_seen(f"C{thread.number}", stands, given.seen)
        row = stands or Disposition(thread_id=thread.id)
        self.keep(AnswerChange(thread_id=thread.id), stands)
        self.write(row, given.words)
        self.work.record(
            e.CommentAnswered(
                thread=thread.number,
                outcome=self.outcome,
                commitment=commitment(row.salt, row.answer),
            )
        )

    def amendment(self, amendment: AmendmentRow, stands: Disposition | None, given: Given) -> None:
        if self.outcome not in DECIDES:
            raise Invalid(
                "An amendment is accepted, rejected or deferred. "
                "To keep a part, accept it and edit.",
                "outcome",
            )
        self.same_as_seen(amendment.label, stands, given.seen)
        change = AnswerChange(
            amendment_id=amendment.id,
            state_before=amendment.state,
            reason_before=amendment.reason,
        )
        self.decide(amendment, given.words)
        row = stands or Disposition(amendment_id=amendment.id)
        self.keep(change, stands)
        self.write(row, given.words)
        self.work.record(
            e.AmendmentAnswered(
                amendment=amendment.label,
                outcome=self.outcome,
                commitment=commitment(row.salt, row.answer),
            )
        )

    def decide(self, amendment: AmendmentRow, reason: str) -> None:
        wanted = DECIDES[self.outcome]
        ballot = proposals.deciding_ballot(self.work.session, amendment.id)
        if amendment.state == wanted:
            if ballot is None and wanted is not AmendmentState.PROPOSED:
                amendment.reason = reason
            return
        if ballot is not None:
            raise Conflict(
                "Ballot {number} decided {label}; an answer can explain it, not change it.",
                number=ballot.number,
                label=amendment.label,
            )
        if self.held.agreement.state != AgreementState.CONSOLIDATION:
            raise WrongMoment(
                "Amendments are decided during consolidation. It begins on the page of the rounds."
            )
        answers.check_decidable(self.work.session, amendment, wanted)
        was = amendment.state
        _becomes(self.work, amendment, wanted, reason)
        self.carry_secondaries(amendment, wanted)
        self.carry_alternatives(amendment, wanted, was)

    def carry_secondaries(self, primary: AmendmentRow, wanted: AmendmentState) -> None:
        """What amends a rejected amendment falls; taken back, it stands again."""
        falls = wanted is AmendmentState.REJECTED
        from_ = (
            (AmendmentState.PROPOSED, AmendmentState.ACCEPTED)
            if falls
            else (AmendmentState.FALLEN,)
        )
        for row in self.work.session.scalars(
            select(AmendmentRow).where(
                AmendmentRow.primary_id == primary.id, AmendmentRow.state.in_(from_)
            )
        ):
            self.keep(
                AnswerChange(amendment_id=row.id, state_before=row.state, reason_before=row.reason),
                None,
                outcome="",
            )
            if falls:
                reason = said("{label} was not adopted.", label=primary.label)
                _becomes(self.work, row, AmendmentState.FALLEN, reason)
            else:
                _becomes(self.work, row, AmendmentState.PROPOSED, "")

    def carry_alternatives(
        self, adopted: AmendmentRow, wanted: AmendmentState, was: AmendmentState | str
    ) -> None:
        """What excludes an adopted amendment falls; where that is taken back, it stands again."""
        adopts = wanted is AmendmentState.ACCEPTED
        if not adopts and was != AmendmentState.ACCEPTED:
            return
        reason = lost_to(adopted.label)
        if adopts and (apart := alternatives.voted_on_apart(self.work.session, adopted.id)):
            raise Conflict(
                "Ballot {number} decides {label}, which excludes this. Count it first.",
                number=apart[1].number,
                label=apart[0].label,
            )
        for row in alternatives.beside(self.work.session, adopted.id):
            stands_again = row.state == AmendmentState.FALLEN and row.reason == reason
            if row.state != AmendmentState.PROPOSED if adopts else not stands_again:
                continue
            change = AnswerChange(
                amendment_id=row.id, state_before=row.state, reason_before=row.reason
            )
            self.keep(change, None, outcome="")
            _becomes(
                self.work,
                row,
                AmendmentState.FALLEN if adopts else AmendmentState.PROPOSED,
                reason,
            )
            self.carry_secondaries(
                row, AmendmentState.REJECTED if adopts else AmendmentState.PROPOSED
            )

    def same_as_seen(self, number: str, stands: Disposition | None, seen: int | None) -> None:
        if seen is None or (stands.given_in if stands else 0) == seen:
            return
        if stands is None:
            raise Conflict("The answer to {number} was taken back meanwhile.", number=number)
        raise Conflict(
            "{name} answered {number} meanwhile: {outcome}. {answer}",
            name=self.work.session.get_one(User, stands.decided_by).name,
            number=number,
            outcome=answers.outcome_words(stands.outcome),
            answer=stands.answer,
        )

    def keep(
        self, change: AnswerChange, stands: Disposition | None, outcome: str | None = None
    ) -> None:
        """Keep what stood before, so that this press can be undone."""
        change.round_id, change.number = self.held.id, self.number
        change.outcome = self.outcome if outcome is None else outcome
        change.before = None if stands is None else _as_json(stands)
        change.made_by, change.made_at = self.work.person, self.work.now
        self.work.session.add(change)

    def write(self, row: Disposition, words: str) -> None:
        row.agreement_id, row.round_id = self.held.agreement_id, self.held.id
        row.salt = row.salt or new_token()
        row.outcome, row.answer, row.duplicate_of = self.outcome, words, self.repeats
        row.decided_by, row.decided_at = self.work.person, self.work.now
        row.given_in = self.number
        self.work.session.add(row)


def _as_json(row: Disposition) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "answer": kept(row.answer),
        "duplicate_of": row.duplicate_of,
        "decided_by": str(row.decided_by),
        "decided_at": row.decided_at.isoformat(),
        "given_in": row.given_in,
    }


def _becomes(work: Work, row: AmendmentRow, state: AmendmentState, reason: str) -> None:
    row.state = move(AmendmentState(row.state), state)
    row.decided_at = None if state is AmendmentState.PROPOSED else work.now
    row.reason = "" if state is AmendmentState.PROPOSED else reason
    work.record(e.AmendmentDecided(amendment=row.label, state=state))

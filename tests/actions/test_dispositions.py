"""Answers: who gives them, when, what they make of an amendment, and what a colleague sees."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions import amendments, comments, dispositions, rounds, undoing
from app.domain import operations as ops
from app.domain.answering import Given, Pressed
from app.domain.lifecycle import AmendmentState, Outcome
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.kernel.ids import new_id
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, BallotOption
from app.models.comments import Thread
from app.models.decisions import Disposition
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START

DURING = START + timedelta(days=5)
AFTER = START + timedelta(days=31)


def comment(case: Case, name: str = "Tartu") -> Thread:
    with clock.at(DURING):
        return comments.start_thread(
            case.actor(name), case.round, text="Too short.", kind="concern"
        )


def draft(case: Case, name: str, text: str, **more) -> AmendmentRow:
    with clock.at(DURING):
        return amendments.draft_amendment(
            case.actor(name),
            case.round,
            operations=[ops.replace_text(TREE, "answer-time", text)],
            rationale="Because.",
            **more,
        )


def propose(case: Case, name: str, text: str) -> AmendmentRow:
    row = draft(case, name, text)
    with clock.at(DURING):
        return amendments.propose_amendment(case.actor(name), row)


def amend(case: Case, primary: AmendmentRow, text: str) -> AmendmentRow:
    amended = ops.apply(TREE, ops.from_json(primary.operations))
    with clock.at(DURING):
        row = amendments.amend_amendment(
            case.actor("Porto"),
            primary,
            operations=[ops.replace_text(amended, "answer-time", text)],
        )
        return amendments.propose_amendment(case.actor("Porto"), row)


def consolidating(case: Case) -> None:
    with clock.at(AFTER):
        rounds.begin_consolidation(case.actor("facilitator"), case.round)


def answer(case: Case, row: AmendmentRow, outcome: Outcome, words: str = "So.", **more) -> None:
    with clock.at(AFTER):
        dispositions.answer_amendment(
            case.actor("facilitator"),
            case.round,
            amendment_id=row.id,
            outcome=outcome,
            answer=words,
            **more,
        )


def answer_comments(case: Case, *threads: uuid.UUID, **more) -> None:
    with clock.at(AFTER):
        given = {"outcome": Outcome.NOTED, "answer": "Noted.", **more}
        dispositions.answer_comments(
            case.actor("facilitator"), case.round, threads=list(threads), **given
        )


def given_to(session, **to) -> Disposition:
    return session.scalars(select(Disposition).filter_by(**to)).one()


def ballot_on(session, case: Case, row: AmendmentRow, **more) -> Ballot:
    held = Ballot(
        agreement_id=case.agreement.id,
        round_id=case.round.id,
        version_id=case.version.id,
        number=1,
        **{"subject": "amendment", **more},
        question="Adopt it?",
        wording_hash=row.operations_hash,
        choices=[["yes", "Yes"]],
        rule={},
        opens_at=DURING,
        closes_at=AFTER,
        opened_by=case.facilitator.id,
    )
    session.add(held)
    session.flush()
    session.add(BallotOption(ballot_id=held.id, amendment_id=row.id))
    session.commit()
    return held


def test_several_comments_get_one_answer_and_each_is_on_the_record(session):
    case = make_case()
    threads = [comment(case, name) for name in ("Lille", "Porto", "Tartu")]
    answer_comments(case, *[thread.id for thread in threads[:2]], answer=" Twenty days. ")
    held = session.scalars(select(Disposition)).all()
    assert {row.thread_id for row in held} == {thread.id for thread in threads[:2]}
    assert {row.answer for row in held} == {"Twenty days."}


def test_only_the_facilitator_answers_and_not_after_publication(session):
    case = make_case()
    thread = comment(case)
    with clock.at(DURING), pytest.raises(NotAllowed):
        dispositions.answer_comments(
            case.actor("Lille"), case.round, threads=[thread.id], outcome=Outcome.NOTED
        )
    case.round.settled_at = AFTER
    session.commit()
    with pytest.raises(WrongMoment):
        answer_comments(case, thread.id)


def test_nothing_selected_and_threads_of_others_are_refused(session):
    case, other = make_case(), make_case("Bilbao")
    mine, foreign = comment(case), comment(other, "Bilbao")
    with pytest.raises(Invalid, match="Select"):
        answer_comments(case)
    for ids in ([mine.id, foreign.id], [new_id()]):
        with pytest.raises(Conflict, match="not part of this round"):
            answer_comments(case, *ids)
    assert session.scalars(select(Disposition)).all() == []


@pytest.mark.parametrize(
    "outcome", [Outcome.REJECTED, Outcome.OUT_OF_SCOPE, Outcome.ACCEPTED_IN_PART]
)
def test_a_no_needs_its_reason(session, outcome):
    case = make_case()
    thread = comment(case)
    with pytest.raises(Invalid, match="reason") as refused:
        answer_comments(case, thread.id, outcome=outcome, answer="  ")
    assert refused.value.field == "answer"


def test_a_duplicate_names_another_contribution_of_this_agreement(session):
    case = make_case()
    first, second = comment(case), comment(case, "Porto")
    row = propose(case, "Lille", "A Hub answers within 20 days.")
    for said in ("", "C99", "A99", "nonsense", f"C{second.number}", "C٣", "C" + "9" * 40):
        with pytest.raises(Invalid) as refused:
            answer_comments(
                case, second.id, outcome=Outcome.DUPLICATE_OF, duplicate_of=said, answer=""
            )
        assert refused.value.field == "duplicate_of"
    for said in (f" c{first.number} ", row.label):
        answer_comments(case, second.id, outcome=Outcome.DUPLICATE_OF, duplicate_of=said)
        assert given_to(session, thread_id=second.id).duplicate_of == said.strip().upper()


def test_an_answer_changes_but_not_behind_a_colleagues_back(session):
    case = make_case()
    first, second = comment(case), comment(case, "Porto")
    answer_comments(case, first.id, seen={first.id: 0})
    held = given_to(session, thread_id=first.id)
    with pytest.raises(Conflict, match=r"Sofie Maes answered C\d+ meanwhile: noted. Noted."):
        answer_comments(case, first.id, second.id, answer="Mine.", seen={first.id: 0, second.id: 0})
    assert session.scalars(select(Disposition).filter_by(thread_id=second.id)).all() == []
    answer_comments(case, first.id, answer="Better.", seen={first.id: held.row_version})
    session.refresh(held)
    assert held.answer == "Better."


def test_an_amendment_is_decided_by_its_answer_while_consolidating_and_not_before(session):
    case = make_case()
    row = propose(case, "Lille", "A Hub answers within 20 days.")
    with clock.at(DURING), pytest.raises(WrongMoment, match="during consolidation"):
        dispositions.answer_amendment(
            case.actor("facilitator"),
            case.round,
            amendment_id=row.id,
            outcome=Outcome.ACCEPTED,
        )
    consolidating(case)
    answer(case, row, Outcome.ACCEPTED, "Good.")
    assert (row.state, row.reason) == (AmendmentState.ACCEPTED, "Good.")
    answer(case, row, Outcome.ACCEPTED, "Very good.", seen=1)
    assert row.reason == "Very good."
    with pytest.raises(Conflict, match="Sofie Maes"):
        answer(case, row, Outcome.REJECTED, "No.", seen=1)
    answer(case, row, Outcome.DEFERRED, "Later.", seen=2)
    assert (row.state, row.decided_at, row.reason) == (AmendmentState.PROPOSED, None, "")
    with pytest.raises(Invalid, match="accepted, rejected or deferred"):
        answer(case, row, Outcome.NOTED)


def test_a_draft_and_an_amendment_of_another_round_can_not_be_answered(session):
    case, other = make_case(), make_case("Bilbao")
    kept = draft(case, "Lille", "A Hub answers within 20 days.")
    foreign = propose(other, "Bilbao", "A Hub answers within 20 days.")
    consolidating(case)
    for row in (kept, foreign):
        with pytest.raises(Conflict, match="not part of the round"):
            answer(case, row, Outcome.DEFERRED)
    assert kept.state == AmendmentState.DRAFT


def test_what_a_ballot_decided_or_will_decide_is_not_decided_by_an_answer(session):
    case = make_case()
    row = propose(case, "Lille", "A Hub answers within 20 days.")
    consolidating(case)
    held = ballot_on(session, case, row)
    with pytest.raises(Conflict, match="Ballot 1 decides A1, and is not counted yet"):
        answer(case, row, Outcome.REJECTED)
    held.counted_at, held.outcome, row.state = AFTER, "carried", AmendmentState.ACCEPTED
    row.reason = "Ballot 1."
    session.commit()
    with pytest.raises(Conflict, match="Ballot 1 decided A1"):
        answer(case, row, Outcome.REJECTED)
    answer(case, row, Outcome.ACCEPTED, "As the ballot decided.")
    assert row.reason == "Ballot 1."
    assert given_to(session, amendment_id=row.id).answer == "As the ballot decided."


def test_a_straw_poll_decides_nothing(session):
    case = make_case()
    row = propose(case, "Lille", "A Hub answers within 20 days.")
    consolidating(case)
    ballot_on(session, case, row, subject="straw")
    answer(case, row, Outcome.ACCEPTED)
    assert row.state == AmendmentState.ACCEPTED


def test_what_waits_for_its_author_is_not_accepted(session):
    case = make_case()
    row = propose(case, "Lille", "A Hub answers within 20 days.")
    row.rebase_state = "attention"
    session.commit()
    consolidating(case)
    with pytest.raises(Conflict, match="waits for its author"):
        answer(case, row, Outcome.ACCEPTED)
    answer(case, row, Outcome.REJECTED)
    assert row.state == AmendmentState.REJECTED


def test_what_amends_a_rejected_amendment_falls_and_stands_again(session):
    case = make_case()
    primary = propose(case, "Lille", "A Hub answers within 20 days.")
    second = amend(case, primary, "A Hub answers within 30 days.")
    consolidating(case)
    answer(case, primary, Outcome.REJECTED)
    session.refresh(second)
    assert (second.state, second.reason) == (AmendmentState.FALLEN, "A1 was not adopted.")
    answer(case, primary, Outcome.ACCEPTED)
    session.refresh(second)
    assert second.state == AmendmentState.PROPOSED


def press(case: Case, *given: Given, outcome: Outcome = Outcome.NOTED, **more) -> Pressed:
    with clock.at(AFTER):
        return dispositions.answer_contributions(
            case.actor("facilitator"), case.round, given=given, outcome=outcome, **more
        )


def test_comments_and_amendments_get_one_answer_each_in_its_own_words(session):
    case = make_case()
    thread, row = comment(case), propose(case, "Lille", "A Hub answers within 20 days.")
    consolidating(case)
    done = press(
        case, Given(thread.id, "Yes, C1."), Given(row.id, "Yes, A1."), outcome=Outcome.ACCEPTED
    )
    assert (done.changed, done.left_out) == (("C1", "A1"), ())
    assert given_to(session, thread_id=thread.id).answer == "Yes, C1."
    assert given_to(session, amendment_id=row.id).answer == "Yes, A1."
    session.refresh(row)
    assert (row.state, row.reason) == (AmendmentState.ACCEPTED, "Yes, A1.")


def test_what_a_colleague_answered_meanwhile_is_left_out_and_named(session):
    case = make_case()
    first, second = comment(case), comment(case, "Porto")
    answer_comments(case, first.id, answer="Theirs.")
    done = press(case, Given(first.id, "Mine.", 0), Given(second.id, "Mine.", 0))
    assert done.changed == ("C2",)
    assert [(one.number, one.why) for one in done.left_out] == [
        ("C1", "Sofie Maes answered C1 meanwhile: noted. Theirs.")
    ]
    assert given_to(session, thread_id=first.id).answer == "Theirs."
    with pytest.raises(Conflict, match="C1: Sofie Maes answered C1 meanwhile"):
        press(case, Given(first.id, "Mine.", 0))


def test_a_press_that_can_change_nothing_says_why(session):
    case = make_case()
    row = propose(case, "Lille", "A Hub answers within 20 days.")
    with pytest.raises(Invalid, match="Select the contributions"):
        press(case)
    with pytest.raises(Conflict, match="not part of this round any more"):
        press(case, Given(new_id(), "x"))
    with pytest.raises(Invalid, match="Give the reason"):
        press(case, Given(row.id, ""), outcome=Outcome.REJECTED)
    with pytest.raises(Conflict, match="A1: Amendments are decided during consolidation"):
        press(case, Given(row.id, "No."), outcome=Outcome.REJECTED)
    with pytest.raises(Conflict, match="A1: An amendment is accepted, rejected or deferred"):
        press(case, Given(row.id, "Hm."))
    assert session.scalars(select(Disposition)).all() == []


def test_what_others_repeat_does_not_repeat_itself(session):
    case = make_case()
    first, second = comment(case), comment(case, "Porto")
    done = press(
        case,
        Given(first.id, "See C1."),
        Given(second.id, "See C1."),
        outcome=Outcome.DUPLICATE_OF,
        duplicate_of="c1",
    )
    assert done.changed == ("C2",)
    assert done.left_out[0].why == "C1 can't repeat itself."


def test_what_amends_another_is_decided_before_it(session):
    case = make_case()
    primary = propose(case, "Lille", "A Hub answers within 20 days.")
    second = amend(case, primary, "A Hub answers within 30 days.")
    consolidating(case)
    words = [Given(row.id, "No.") for row in (primary, second)]
    done = press(case, *words, outcome=Outcome.REJECTED)
    assert done.changed == (second.label, primary.label)
    session.refresh(second)
    assert (second.state, second.reason) == (AmendmentState.REJECTED, "No.")


def test_an_answer_taken_back_meanwhile_is_not_given_again_unseen(session):
    case = make_case()
    thread = comment(case)
    answer_comments(case, thread.id)
    with clock.at(AFTER):
        undoing.undo_answers(case.actor("facilitator"), case.round)
    with pytest.raises(Conflict, match="The answer to C1 was taken back meanwhile"):
        answer_comments(case, thread.id, seen={thread.id: 1})
    answer_comments(case, thread.id, answer="Another.")
    with pytest.raises(Conflict, match=r"meanwhile: noted. Another\."):
        answer_comments(case, thread.id, seen={thread.id: 1})

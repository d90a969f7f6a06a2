"""Undoing answers: what stood before stands again, and nothing answered since is touched."""

import pytest
from sqlalchemy import select

from app.access.actor import Role
from app.actions import amendments, dispositions, undoing
from app.domain import operations as ops
from app.domain.answering import Given, Pressed
from app.domain.lifecycle import AmendmentState, Outcome
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.agreements import Seat
from app.models.audit import AuditEntry
from app.models.decisions import Disposition
from app.queries.people import actor_of
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import (
    AFTER,
    DURING,
    answer,
    comment,
    consolidate,
    decide,
    reword,
)
from tests.factories.people import make_user


def undo(case, **what) -> Pressed:
    with clock.at(AFTER):
        return undoing.undo_answers(case.actor("facilitator"), case.round, **what)


def stands(session) -> dict:
    return {
        row.thread_id or row.amendment_id: (row.outcome, row.answer)
        for row in session.scalars(select(Disposition).execution_options(populate_existing=True))
    }


def test_the_last_answer_is_undone_and_then_the_one_before(session):
    case = make_case()
    first, second = comment(case), comment(case, "Porto")
    answer(case, [first], Outcome.NOTED, "One.")
    answer(case, [first, second], Outcome.ACCEPTED, "Both.")
    assert undo(case).changed == ("C1", "C2")
    assert stands(session) == {first.id: ("noted", "One.")}
    assert undo(case).changed == ("C1",)
    assert stands(session) == {}
    with pytest.raises(Invalid, match="no answer of yours to undo"):
        undo(case)


def test_one_of_many_is_undone(session):
    case = make_case()
    first, second = comment(case), comment(case, "Porto")
    answer(case, [first, second], Outcome.NOTED, "Both.")
    number = session.scalars(select(Disposition.given_in)).first()
    assert undo(case, number=number, only=first.id).changed == ("C1",)
    assert stands(session) == {second.id: ("noted", "Both.")}
    with pytest.raises(Invalid):
        undo(case, number=number, only=first.id)


def test_what_was_answered_again_since_stays(session):
    case = make_case()
    first, second = comment(case), comment(case, "Porto")
    answer(case, [first, second], Outcome.NOTED, "Both.")
    answer(case, [first], Outcome.ACCEPTED, "Better.")
    done = undo(case, number=1)
    assert done.changed == ("C2",)
    assert [one.why for one in done.left_out] == ["C1 was answered again since; that answer stays."]
    assert stands(session) == {first.id: ("accepted", "Better.")}
    with pytest.raises(Conflict, match="answered again since"):
        undo(case, number=1)


def test_a_decision_on_an_amendment_is_as_before(session):
    case = make_case()
    row = reword(case, "Lille", "15", "20")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, row, answer="Good.")
    decide(case, Outcome.REJECTED, row, answer="No.")
    undo(case)
    session.refresh(row)
    assert (row.state, row.reason) == (AmendmentState.ACCEPTED, "Good.")
    undo(case)
    session.refresh(row)
    assert (row.state, row.reason, row.decided_at) == (AmendmentState.PROPOSED, "", None)
    assert stands(session) == {}


def test_what_fell_with_an_amendment_is_as_before_too(session):
    case = make_case()
    primary = reword(case, "Porto", "15", "20")
    amended = ops.apply(TREE, ops.from_json(primary.operations))
    with clock.at(DURING):
        second = amendments.amend_amendment(
            case.actor("Lille"),
            primary,
            operations=[ops.replace_text(amended, "answer-time", "A Hub answers in 22 days.")],
        )
        amendments.propose_amendment(case.actor("Lille"), second)
    consolidate(case)
    decide(case, Outcome.ACCEPTED, second)
    decide(case, Outcome.REJECTED, primary)
    session.refresh(second)
    assert second.state == AmendmentState.FALLEN
    undo(case)
    session.refresh(second)
    assert (second.state, second.reason) == (AmendmentState.ACCEPTED, "So decided.")


def test_a_colleague_undoes_ones_own_press_only_by_its_number(session):
    case = make_case()
    colleague = make_user("Jan Novák")
    session.add(Seat(agreement_id=case.agreement.id, user_id=colleague.id, role=Role.FACILITATOR))
    session.commit()
    thread = comment(case)
    answer(case, [thread])
    actor = actor_of(session, colleague.id)
    with clock.at(AFTER):
        with pytest.raises(Invalid, match="no answer of yours"):
            undoing.undo_answers(actor, case.round)
        done = undoing.undo_answers(actor, case.round, number=1)
    assert done.changed == ("C1",)


def test_it_is_on_the_record_and_over_with_publication(session):
    case = make_case()
    thread = comment(case)
    answer(case, [thread])
    undo(case)
    events = session.scalars(select(AuditEntry.tag).order_by(AuditEntry.seq)).all()
    assert events[-2:] == ["disposition:given", "disposition:undone"]
    answer(case, [thread])
    case.round.settled_at = AFTER
    session.commit()
    with pytest.raises(WrongMoment):
        undo(case)
    with clock.at(AFTER), pytest.raises(NotAllowed):
        undoing.undo_answers(case.actor("Lille"), case.round)


def test_a_mixed_press_is_undone_whole(session):
    case = make_case()
    thread, row = comment(case), reword(case, "Lille", "15", "20")
    consolidate(case)
    with clock.at(AFTER):
        done = dispositions.answer_contributions(
            case.actor("facilitator"),
            case.round,
            given=[Given(thread.id, "Yes."), Given(row.id, "Yes.")],
            outcome=Outcome.ACCEPTED,
        )
    assert set(undo(case, number=done.number).changed) == {"C1", "A1"}
    session.refresh(row)
    assert row.state == AmendmentState.PROPOSED
    assert stands(session) == {}

"""Arranging the desk: who answers what, what goes together; the facilitators' alone."""

import pytest
from sqlalchemy import select

from app.actions import desk
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.kernel.ids import new_id
from app.models.audit import AuditEntry
from app.models.desk import DeskMark
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, comment, reword


def marks(session) -> dict:
    return {
        row.thread_id or row.amendment_id: (row.assigned_to, row.goes_with)
        for row in session.scalars(select(DeskMark).execution_options(populate_existing=True))
    }


def test_contributions_are_assigned_to_a_facilitator_and_given_back(session):
    case = make_case()
    thread, row = comment(case), reword(case, "Lille", "15", "20")
    sofie = case.actor("facilitator")
    ids = [thread.id, row.id]
    desk.assign_contributions(sofie, case.round, ids=ids, to=case.facilitator.id)
    assert {one[0] for one in marks(session).values()} == {case.facilitator.id}
    entries = len(session.scalars(select(AuditEntry)).all())
    desk.assign_contributions(sofie, case.round, ids=ids, to=case.facilitator.id)
    assert len(session.scalars(select(AuditEntry)).all()) == entries
    desk.assign_contributions(sofie, case.round, ids=ids[:1], to=None)
    assert marks(session) == {thread.id: (None, None), row.id: (case.facilitator.id, None)}


def test_nobody_else_is_given_an_answer_to_write(session):
    case = make_case()
    thread = comment(case)
    for stranger in (case.people["Lille"].id, new_id()):
        with pytest.raises(Invalid, match="Only a facilitator"):
            desk.assign_contributions(
                case.actor("facilitator"), case.round, ids=[thread.id], to=stranger
            )


def test_contributions_are_joined_and_stand_alone(session):
    case = make_case()
    first, second = comment(case), comment(case, "Porto")
    row = reword(case, "Lille", "15", "20")
    sofie = case.actor("facilitator")
    desk.group_contributions(sofie, case.round, ids=[second.id, row.id], head=" c1 ")
    assert marks(session) == {second.id: (None, "C1"), row.id: (None, "C1")}
    desk.separate_contributions(sofie, case.round, ids=[second.id])
    assert marks(session)[second.id] == (None, "")
    desk.group_contributions(sofie, case.round, ids=[first.id], head=row.label)
    assert marks(session)[first.id] == (None, "A1")
    assert marks(session)[row.id] == (None, None)


@pytest.mark.parametrize("head", ["", "C9", "A9", "nonsense", "C٣"])
def test_a_group_needs_a_head_that_is_on_the_desk(session, head):
    case = make_case()
    thread = comment(case)
    with pytest.raises(Invalid, match="on this desk"):
        desk.group_contributions(case.actor("facilitator"), case.round, ids=[thread.id], head=head)
    with pytest.raises(Invalid, match="with itself"):
        desk.group_contributions(case.actor("facilitator"), case.round, ids=[thread.id], head="C1")


def test_it_is_the_facilitators_until_the_round_is_settled(session):
    case, other = make_case(), make_case("Bilbao")
    thread, foreign = comment(case), comment(other, "Bilbao")
    for refused in (
        lambda actor, ids: desk.assign_contributions(actor, case.round, ids=ids, to=None),
        lambda actor, ids: desk.group_contributions(actor, case.round, ids=ids, head="C1"),
        lambda actor, ids: desk.separate_contributions(actor, case.round, ids=ids),
    ):
        with pytest.raises(NotAllowed):
            refused(case.actor("Lille"), [thread.id])
        with pytest.raises(Conflict, match="not part of this round"):
            refused(case.actor("facilitator"), [foreign.id])
        with pytest.raises(Invalid, match="Select"):
            refused(case.actor("facilitator"), [])
    case.round.settled_at = AFTER
    session.commit()
    with clock.at(AFTER), pytest.raises(WrongMoment):
        desk.separate_contributions(case.actor("facilitator"), case.round, ids=[thread.id])

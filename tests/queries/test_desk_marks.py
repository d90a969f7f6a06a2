"""Marks on contributions, the facilitators, and a contribution by its number."""

import pytest

from app.access.actor import Role
from app.actions import desk
from app.models.agreements import Seat
from app.queries import desk_marks
from tests.factories.agreements import make_case
from tests.factories.contributions import comment, reword
from tests.factories.people import make_user


def test_facilitators_stand_by_name(session):
    case = make_case()
    jan = make_user("Jan Novák")
    session.add(Seat(agreement_id=case.agreement.id, user_id=jan.id, role=Role.FACILITATOR))
    session.commit()
    held = desk_marks.facilitators(session, case.agreement.id)
    assert held == {jan.id: "Jan Novák", case.facilitator.id: "Sofie Maes"}
    assert list(held) == [jan.id, case.facilitator.id]


def test_marks_are_found_by_what_they_are_about(session):
    case = make_case()
    thread, row, other = comment(case), reword(case, "Lille", "15", "20"), comment(case)
    sofie = case.actor("facilitator")
    desk.separate_contributions(sofie, case.round, ids=[thread.id, row.id, other.id])
    found = desk_marks.marks_of(session, case.round.id, [thread.id, row.id])
    assert set(found) == {thread.id, row.id}


@pytest.mark.parametrize("number", ["", "C", "C٣", "C" + "9" * 40, "A7", "x"])
def test_what_is_no_number_of_the_round_finds_nothing(session, number):
    case = make_case()
    assert desk_marks.contribution_in(session, case.round.id, number) is None


def test_a_contribution_is_found_by_its_number(session):
    case = make_case()
    thread, row = comment(case), reword(case, "Lille", "15", "20")
    assert desk_marks.contribution_in(session, case.round.id, "C1") == thread
    assert desk_marks.contribution_in(session, case.round.id, "A1") == row

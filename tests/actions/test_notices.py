"""Marking notices as read."""

import pytest
from sqlalchemy import func, select

from app.actions import agreements, notices
from app.kernel.errors import NotAllowed
from app.models.audit import AuditEntry
from app.models.notices import Notice
from app.models.people import User
from app.queries.notices import unread_of
from tests.factories.agreements import make_case


@pytest.fixture
def case(session, clock):
    """Three people who have not read that their agreement was given up."""
    case = make_case()
    agreements.abandon_agreement(case.actor("facilitator"), case.agreement)
    clock.go_on(hours=1)
    return case


def read_marks(session, name_of_user: User):
    rows = session.scalars(select(Notice.read_at).where(Notice.user_id == name_of_user.id))
    return rows.all()


def test_one_reads_ones_own_and_leaves_those_of_others(session, case, clock):
    notices.mark_all_read(case.actor("Lille"), case.people["Lille"])
    assert read_marks(session, case.people["Lille"]) == [clock.now]
    assert unread_of(case.actor("Lille")) == 0
    assert unread_of(case.actor("Porto")) == 1


def test_what_was_read_before_keeps_its_moment(session, case, clock):
    first = clock.now
    notices.mark_all_read(case.actor("Lille"), case.people["Lille"])
    clock.go_on(hours=1)
    notices.mark_all_read(case.actor("Lille"), case.people["Lille"])
    assert read_marks(session, case.people["Lille"]) == [first]


def test_nobody_reads_for_somebody_else(session, case):
    with pytest.raises(NotAllowed):
        notices.mark_all_read(case.actor("Porto"), case.people["Lille"])
    assert unread_of(case.actor("Lille")) == 1


def test_reading_leaves_no_trace_in_the_record(session, case):
    before = session.scalar(select(func.count()).select_from(AuditEntry))
    notices.mark_all_read(case.actor("Lille"), case.people["Lille"])
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == before

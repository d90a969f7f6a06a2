import pytest
from sqlalchemy import func, select

from app.actions.visits import note_visit
from app.kernel.errors import NotAllowed
from app.models.audit import AuditEntry
from app.models.visits import Visit
from tests.factories.agreements import make_case


def test_a_visit_is_one_row_and_never_on_the_record(session, clock):
    case = make_case()
    lille, person = case.actor("Lille"), case.people["Lille"]
    session.commit()
    for seen in (0, 1, 2):
        note_visit(lille, person, seen=seen)
        clock.go_on(hours=2)
    row = session.scalars(select(Visit)).one()
    assert (row.since_seq, row.seen_seq) == (1, 2)
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_nobody_notes_a_visit_of_another(session):
    case = make_case()
    with pytest.raises(NotAllowed):
        note_visit(case.actor("Lille"), case.people["Porto"], seen=0)

import pytest
from sqlalchemy import func, select

from app.actions.reading import note_reading
from app.kernel.errors import NotAllowed, NotFound
from app.models.audit import AuditEntry
from app.models.reading import ReadMark
from app.queries.people import actor_of
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, DURING
from tests.factories.people import make_user


def test_reading_is_one_row_with_the_last_moment_and_never_on_the_record(session, clock):
    case = make_case()
    person = case.people["Lille"]
    for moment in (DURING, AFTER):
        clock.set(moment)
        note_reading(
            case.actor("Lille"), person, agreement=case.agreement, version_id=case.version.id
        )
    assert [row.read_at for row in session.scalars(select(ReadMark))] == [AFTER]
    session.refresh(person)
    assert person.seen_at == AFTER
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_nobody_reads_for_another_nor_what_is_closed_to_them_nor_what_is_elsewhere(session):
    case, other = make_case(), make_case("Bilbao")
    stranger = make_user()
    session.commit()
    version = case.version.id
    with pytest.raises(NotAllowed):
        note_reading(
            actor_of(session, stranger.id), stranger, agreement=case.agreement, version_id=version
        )
    with pytest.raises(NotAllowed):
        note_reading(
            case.actor("Lille"), case.people["Porto"], agreement=case.agreement, version_id=version
        )
    with pytest.raises(NotFound):
        note_reading(
            case.actor("Lille"),
            case.people["Lille"],
            agreement=case.agreement,
            version_id=other.version.id,
        )

"""Visits are noted once the page is on its way."""

from sqlalchemy import func, select

from app.models.visits import Visit
from tests.factories.agreements import make_case
from tests.factories.people import make_workspace


def test_home_notes_its_reader_once_in_a_while_and_not_a_page_fetched_ahead(
    client, session, sign_in, clock
):
    make_workspace()
    case = make_case()
    sign_in(client, case.people["Lille"])
    client.get("/", headers={"Sec-Purpose": "prefetch"}).close()
    assert session.scalar(select(func.count()).select_from(Visit)) == 0
    client.get("/").close()
    session.rollback()
    first = session.scalars(select(Visit)).one().seen_at
    clock.go_on(seconds=30)
    client.get("/").close()
    session.rollback()
    assert session.scalars(select(Visit)).one().seen_at == first
    clock.go_on(minutes=5)
    client.get("/").close()
    session.rollback()
    assert session.scalars(select(Visit)).one().seen_at == clock.now

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.access.actor import Actor
from app.actions import presence
from app.kernel import clock as kernel_clock
from app.kernel.errors import NotAllowed
from app.models.audit import AuditEntry
from app.models.presence import Presence
from app.queries.people import actor_of
from tests.factories.agreements import make_case
from tests.factories.people import make_user


def at(session) -> list[tuple[str, str]]:
    return [(row.place, row.doing) for row in session.scalars(select(Presence)).all()]


def test_being_somewhere_is_one_row_and_never_on_the_record(session, clock):
    case = make_case()
    lille, person = case.actor("Lille"), case.people["Lille"]
    for doing in ("reading", "writing"):
        presence.be_at(lille, person, agreement=case.agreement, place="clause:ending", doing=doing)
    assert at(session) == [("clause:ending", "writing")]
    presence.leave(lille, person, agreement=case.agreement, place="clause:ending")
    presence.leave(lille, person, agreement=case.agreement, place="clause:ending")
    assert at(session) == []
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_nobody_is_where_they_may_not_read_nor_says_so_for_another(session):
    case = make_case()
    stranger = make_user()
    session.commit()
    with pytest.raises(NotAllowed):
        presence.be_at(
            actor_of(session, stranger.id),
            stranger,
            agreement=case.agreement,
            place="clause:ending",
            doing="reading",
        )
    actor: Actor = case.actor("Lille")
    with pytest.raises(NotAllowed, match="somebody else"):
        presence.leave(actor, case.people["Porto"], agreement=case.agreement, place="desk")
    assert at(session) == []


def test_only_who_enters_the_desk_is_said_to_be_there(session):
    case = make_case()
    with pytest.raises(NotAllowed):
        presence.be_at(
            case.actor("Lille"),
            case.people["Lille"],
            agreement=case.agreement,
            place="desk:answers",
            doing="reading",
        )
    assert at(session) == []


def test_nobody_is_at_more_than_some_places(session, monkeypatch):
    monkeypatch.setattr(presence, "MOST", 2)
    case = make_case()
    lille, person = case.actor("Lille"), case.people["Lille"]
    for number, place in enumerate(("clause:a", "clause:b", "clause:c")):
        with kernel_clock.at(case.round.opens_at + timedelta(seconds=number)):
            presence.be_at(lille, person, agreement=case.agreement, place=place, doing="reading")
    assert sorted(place for place, _ in at(session)) == ["clause:b", "clause:c"]

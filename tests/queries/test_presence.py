import pytest

from app.access.actor import Role
from app.actions import presence as actions
from app.kernel.errors import NotAllowed
from app.models.agreements import Seat
from app.queries import presence
from tests.factories.agreements import make_case


@pytest.fixture
def case(session, clock):
    return make_case()


def be(case, name: str, place: str, doing: str = "reading") -> None:
    person = case.facilitator if name == "facilitator" else case.people[name]
    actions.be_at(case.actor(name), person, agreement=case.agreement, place=place, doing=doing)


def seen(session, case, name: str, place: str) -> list[tuple[str, bool]]:
    found = presence.others_at(session, case.actor(name), case.agreement, place)
    return [(one.name, one.writes) for one in found]


def test_one_sees_the_others_those_who_write_first_until_a_minute_has_passed(session, case, clock):
    be(case, "Lille", "clause:ending")
    be(case, "Porto", "clause:ending", "writing")
    be(case, "Tartu", "clause:scope")
    lille, porto = case.people["Lille"].name, case.people["Porto"].name
    assert seen(session, case, "Tartu", "clause:ending") == [(porto, True), (lille, False)]
    assert seen(session, case, "Lille", "clause:ending") == [(porto, True)]
    clock.go_on(seconds=61)
    assert seen(session, case, "Tartu", "clause:ending") == []


def test_only_facilitators_see_who_is_at_the_desk(session, case):
    be(case, "facilitator", "desk:ending")
    assert seen(session, case, "Lille", "desk:ending") == []
    with pytest.raises(NotAllowed):
        be(case, "Lille", "desk:ending")
    colleague = case.people["Porto"]
    session.add(Seat(agreement_id=case.agreement.id, user_id=colleague.id, role=Role.FACILITATOR))
    session.commit()
    be(case, "Porto", "desk:ending")
    assert seen(session, case, "facilitator", "desk:ending") == [(colleague.name, False)]


def test_nothing_is_told_in_another_agreement(session, case):
    other = make_case("Oslo")
    be(case, "Lille", "clause:ending")
    assert presence.others_at(session, other.actor("Oslo"), other.agreement, "clause:ending") == ()
    assert presence.others_at(session, other.actor("Oslo"), case.agreement, "clause:ending") == ()


def test_a_sign_of_life_is_fresh_for_a_moment_and_for_the_same_deed(session, case, clock):
    lille = case.actor("Lille")
    here = "clause:ending"
    assert not presence.is_fresh(session, lille, case.agreement, here, "reading")
    be(case, "Lille", here)
    assert presence.is_fresh(session, lille, case.agreement, here, "reading")
    assert not presence.is_fresh(session, lille, case.agreement, here, "writing")
    clock.go_on(seconds=15)
    assert not presence.is_fresh(session, lille, case.agreement, here, "reading")

import pytest

from app.access.actor import Role
from app.actions import presence as actions
from app.kernel.errors import NotAllowed
from app.models.agreements import Seat
from app.queries import presence
from app.queries.people import actor_of
from tests.factories.agreements import make_case
from tests.factories.people import make_user


@pytest.fixture
def case(session, clock):
    return make_case()


def be(case, name: str, place: str, doing: str = "reading") -> None:
    person = case.facilitator if name == "facilitator" else case.people[name]
    actions.be_at(case.actor(name), person, agreement=case.agreement, place=place, doing=doing)


def seen(session, case, name: str, place: str) -> list[tuple[str, bool]]:
    found = presence.others_at(session, case.actor(name), case.agreement, place)
    return [(one.name, one.writes) for one in found]


def colleague_of(session, case, name: str):
    """A second legal contact of an organisation."""
    person = make_user(f"Colleague in {name}")
    session.flush()
    seat = {"agreement_id": case.agreement.id, "participant_id": case.participants[name].id}
    session.add(Seat(user_id=person.id, role=Role.LEGAL_CONTACT, **seat))
    session.commit()
    return actor_of(session, person.id), person


def test_colleagues_are_told_by_name_those_who_write_first_until_a_minute_has_passed(
    session, case, clock
):
    actor, colleague = colleague_of(session, case, "Porto")
    second, other = colleague_of(session, case, "Porto")
    at = {"agreement": case.agreement, "place": "clause:ending"}
    actions.be_at(actor, colleague, doing="reading", **at)
    actions.be_at(second, other, doing="writing", **at)
    told = [(other.name, True), (colleague.name, False)]
    assert seen(session, case, "Porto", "clause:ending") == told
    clock.go_on(seconds=61)
    assert seen(session, case, "Porto", "clause:ending") == []


def test_another_organisation_learns_that_somebody_writes_and_never_who_or_what_they_read(
    session, case
):
    be(case, "Lille", "clause:ending")
    be(case, "Porto", "clause:ending", "writing")
    be(case, "Porto", "clause:scope")
    for stranger in ("Tartu", "facilitator"):
        assert seen(session, case, stranger, "clause:ending") == [("", True)]
        assert seen(session, case, stranger, "clause:scope") == []
    written = presence.others_in(session, case.actor("Lille"), case.agreement)
    assert {key: [one.name for one in held] for key, held in written.items()} == {
        "clause:ending": [""]
    }
    assert presence.others_in(session, case.actor("Porto"), case.agreement) == {}


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


def test_facilitators_are_told_where_on_the_desk_the_others_are(session, case):
    colleague = case.people["Porto"]
    session.add(Seat(agreement_id=case.agreement.id, user_id=colleague.id, role=Role.FACILITATOR))
    session.commit()
    be(case, "Porto", "desk:ending")
    found = presence.others_in(session, case.actor("facilitator"), case.agreement)
    assert {place: [one.name for one in held] for place, held in found.items()} == {
        "desk:ending": [colleague.name]
    }
    assert presence.others_in(session, case.actor("Lille"), case.agreement) == {}

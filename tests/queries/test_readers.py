"""Who has read, and who may know of whom."""

from datetime import timedelta

from app.actions.reading import note_reading
from app.kernel import clock
from app.queries.readers import readers_of, unnoted
from tests.factories.agreements import add_party, make_case
from tests.factories.contributions import DURING, comment, reword


def read(case, name, at=DURING):
    with clock.at(at):
        note_reading(
            case.actor(name),
            case.people[name],
            agreement=case.agreement,
            version_id=case.version.id,
        )


def test_facilitators_see_everybody_and_others_their_own_organisation(session):
    case = make_case()
    add_party(case, "Oslo", kind="observer")
    read(case, "Lille")
    read(case, "Porto")
    comment(case, "Lille")
    reword(case, "Lille", "15", "20")
    with clock.at(DURING):
        told = readers_of(session, case.actor("facilitator"), case.agreement, case.round)
        assert [(one.organisation, one.read_at, one.comments, one.amendments) for one in told] == [
            ("Lille", DURING, 1, 1),
            ("Porto", DURING, 0, 0),
            ("Tartu", None, 0, 0),
        ]
        own = readers_of(session, case.actor("Tartu"), case.agreement, case.round)
        assert [one.organisation for one in own] == ["Tartu"]
        assert readers_of(session, case.actor("Oslo"), case.agreement, case.round) == ()


def test_a_mark_is_written_anew_after_ten_minutes_and_for_versions_there_are(session):
    case = make_case()
    person = case.people["Lille"].id
    assert unnoted(session, case.agreement, 1, person) == case.version.id
    read(case, "Lille")
    with clock.at(DURING + timedelta(minutes=9)):
        assert unnoted(session, case.agreement, 1, person) is None
    with clock.at(DURING + timedelta(minutes=10)):
        assert unnoted(session, case.agreement, 1, person) == case.version.id
        assert unnoted(session, case.agreement, 7, person) is None

from datetime import timedelta

from app.actions.visits import note_visit
from app.queries.visits import APART, current_visit, entry_at
from tests.factories import contributions
from tests.factories.agreements import make_case
from tests.queries.test_news import end


def test_a_visit_goes_on_until_somebody_has_been_away_for_a_while(session, clock):
    case = make_case()
    lille, person = case.actor("Lille"), case.people["Lille"]
    session.commit()
    first = current_visit(session, person.id, clock.now)
    assert first.at is None and first.since == first.now and not first.is_fresh
    note_visit(lille, person, seen=first.now)
    began = clock.now
    assert current_visit(session, person.id, clock.now).is_fresh
    clock.set(contributions.DURING)
    contributions.comment(case, "Porto")
    second = current_visit(session, person.id, clock.now)
    assert (second.since, second.now, second.at) == (first.now, end(session), began)
    note_visit(lille, person, seen=second.now)
    clock.go_on(minutes=20)
    again = current_visit(session, person.id, clock.now)
    assert (again.since, again.at) == (second.since, began), "the same visit still"
    clock.set(clock.now + APART + timedelta(minutes=1))
    third = current_visit(session, person.id, clock.now)
    assert third.since == second.now and third.at == contributions.DURING


def test_each_person_has_visits_of_their_own(session, clock):
    case = make_case()
    note_visit(case.actor("Lille"), case.people["Lille"], seen=0)
    assert current_visit(session, case.people["Porto"].id, clock.now).at is None


def test_the_record_had_come_so_far_at_a_moment(session, clock):
    case = make_case()
    session.commit()
    assert entry_at(session, clock.now - timedelta(days=900)) == 0
    clock.set(contributions.DURING)
    contributions.comment(case, "Porto")
    assert entry_at(session, clock.now) == end(session)
    assert entry_at(session, clock.now - timedelta(seconds=1)) < end(session)

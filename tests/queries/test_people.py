import pytest

from app.access.actor import Role, Standing
from app.kernel import clock
from app.kernel.errors import NotAllowed, NotFound
from app.kernel.ids import new_id
from app.models.agreements import Seat
from app.queries.people import (
    Voice,
    actor_of,
    free_organisation_slug,
    signed_in,
    speaks_for,
)
from tests.factories.agreements import make_case
from tests.factories.people import make_organisation, make_user


def test_an_actor_is_everything_a_person_stands_for(session):
    case = make_case("Lille")
    lille, seat = case.organisations["Lille"], case.participants["Lille"]
    found = actor_of(session, case.people["Lille"].id)

    assert (found.name, found.is_operator) == ("Person Lille", False)
    assert found.organisations == {lille.id} and not found.administers
    assert found.standings == {
        Standing(case.agreement.id, role, lille.id, seat.id, True)
        for role in (Role.MEMBER, Role.LEGAL_CONTACT, Role.VOTER, Role.SIGNATORY)
    }


def test_a_facilitator_sits_alone(session):
    case = make_case()
    found = actor_of(session, case.facilitator.id)
    assert found.standings == {Standing(case.agreement.id, Role.FACILITATOR)}


def test_who_left_stands_for_nothing_there_but_belongs_to_the_organisation(session):
    case = make_case("Lille", "Porto")
    case.participants["Lille"].left_at = clock.utcnow()
    session.commit()
    found = actor_of(session, case.people["Lille"].id)
    assert not found.standings
    assert found.organisations == {case.organisations["Lille"].id}


def test_an_administrator_and_an_operator_are_known_as_such(session):
    lille = make_organisation("Lille")
    found = actor_of(session, make_user(of=lille, administrator=True, operator=True).id)
    assert found.administers == {lille.id}
    assert found.is_operator


def test_a_closed_account_is_nobodys(session):
    person = make_user()
    person.active = False
    session.commit()
    for unknown in (person.id, new_id()):
        with pytest.raises(NotFound):
            actor_of(session, unknown)


def test_it_takes_one_statement_however_much_one_stands_for(session, count_statements):
    case = make_case("Lille")
    session.commit()
    with count_statements() as sent:
        actor_of(session, case.people["Lille"].id)
    assert len(sent) == 1, sent


def test_who_signed_in_is_the_same_actor_found_at_once(session, count_statements):
    case = make_case("Lille", "Porto")
    newcomer = make_user("New Comer")
    session.commit()
    for person in (case.people["Lille"], case.facilitator, newcomer):
        with count_statements() as sent:
            row, actor = signed_in(session, person.fs_uniquifier)
        assert len(sent) == 1, sent
        assert (row, actor) == (person, actor_of(session, person.id))
    assert signed_in(session, "of nobody") is None


def test_a_facilitator_speaks_for_nobody_unless_words_were_sent(session):
    case = make_case("Lille", "Porto")
    lille, porto = case.organisations["Lille"], case.organisations["Porto"]
    facilitator, person = case.actor("facilitator"), case.actor("Lille")
    assert speaks_for(facilitator, case.agreement.id) is None
    assert speaks_for(facilitator, case.agreement.id, porto) == Voice(porto.id, porto.name)
    assert speaks_for(person, case.agreement.id) == Voice(lille.id, lille.name)
    with pytest.raises(NotAllowed):
        speaks_for(person, case.agreement.id, porto)


def test_a_slug_that_is_taken_gets_a_number(session):
    make_organisation("Lille").slug = "lille"
    session.commit()
    assert free_organisation_slug(session, "lille") == "lille-2"
    assert free_organisation_slug(session, "porto") == "porto"


def test_no_organisation_hides_behind_the_page_for_a_new_one(session):
    assert free_organisation_slug(session, "new") == "new-2"


def test_who_sits_twice_speaks_for_whom_they_are_the_legal_contact_of(session):
    case = make_case("Lille", "Porto")
    person, porto = case.people["Lille"], case.participants["Porto"]
    for seat in session.query(Seat).filter_by(user_id=person.id, role=Role.LEGAL_CONTACT):
        seat.participant_id = porto.id
    session.commit()
    speaking = speaks_for(case.actor("Lille"), case.agreement.id)
    assert speaking == Voice(porto.organisation_id, case.organisations["Porto"].name)


def test_nobody_speaks_where_they_have_no_seat(session):
    case, other = make_case("Lille"), make_case("Riga")
    assert speaks_for(other.actor("Riga"), case.agreement.id) is None

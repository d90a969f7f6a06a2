"""What the demonstration asks: is it there, who is who, how much is there."""

import pytest

from app.kernel.errors import NotFound
from app.kernel.ids import new_id
from app.queries import demonstration
from tests.factories.agreements import add_party, make_case
from tests.factories.people import make_user, make_workspace


def test_the_network_has_its_name_once_it_is_founded(session):
    assert demonstration.name_of_network(session) is None
    make_workspace("Meridian")
    assert demonstration.name_of_network(session) == "Meridian"


def test_everybody_stands_with_their_organisation_by_what_they_do(session):
    case = make_case("Lille", "Porto")
    add_party(case, "Capital", kind="observer")
    colleague = make_user("Anna Colleague", of=case.organisations["Lille"])
    operator = make_user("Ilse Winter", operator=True)

    found = demonstration.everybody(session)

    assert found.facilitators == [case.facilitator]
    assert found.operators == [operator]
    parties = {group.organisation.name: group for group in found.parties}
    assert set(parties) == {"Lille", "Porto"}
    assert parties["Lille"].signatories == [case.people["Lille"]]
    assert parties["Lille"].speakers == [colleague]
    observers = {group.organisation.name: group for group in found.observers}
    assert observers["Capital"].speakers == [case.people["Capital"]]
    assert observers["Ghent"].speakers == []


def test_who_has_left_can_not_be_entered(session):
    gone = make_user("Gone Away")
    gone.active = False
    session.flush()
    with pytest.raises(NotFound):
        demonstration.person(session, gone.id)
    with pytest.raises(NotFound):
        demonstration.person(session, new_id())


def test_an_empty_network_counts_nothing(session):
    assert set(demonstration.counts(session).values()) == {0}

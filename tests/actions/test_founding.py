"""The first commit: a network with its operator, once, on the record."""

import pytest
from sqlalchemy import select

from app.actions.founding import found_network
from app.actions.people import add_person
from app.kernel.errors import Conflict, Invalid, NotAllowed
from app.ledger import audit
from app.models.audit import AuditEntry
from app.models.people import User
from app.queries.people import actor_of
from tests.factories.people import make_organisation

NAMES = {
    "name": "A network",
    "noun": "hub",
    "operator": "Ilse Winter",
    "email": "Ilse@example.org",
}


def test_a_network_is_founded_once_and_on_the_record(session, clock):
    workspace, _ = found_network(**NAMES)

    assert (workspace.name, workspace.noun) == ("A network", "hub")
    operator = session.scalars(select(User)).one()
    assert operator.is_operator and operator.password is None
    assert operator.email == "ilse@example.org"
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.tag, entry.at, entry.actor_id) == ("workspace:founded", clock.now, operator.id)
    assert audit.verify(session) == (1, None)
    session.rollback()
    with pytest.raises(Conflict):
        found_network(**{**NAMES, "email": "other@example.org"})
    assert len(session.scalars(select(User)).all()) == 1


@pytest.mark.parametrize("wrong", [{"name": " "}, {"operator": ""}, {"email": "nowhere"}])
def test_names_and_address_are_needed(session, wrong):
    with pytest.raises(Invalid):
        found_network(**{**NAMES, **wrong})


def test_the_operator_gives_people_an_account_without_a_password(session, clock):
    _, operator = found_network(**NAMES)
    hub = make_organisation("Lille")
    session.commit()
    actor = actor_of(session, operator.id)

    user = add_person(
        actor, hub, name="Claire Dumont", email=" Claire@LIL.example ", is_administrator=True
    )

    assert (user.email, user.password) == ("claire@lil.example", None)
    assert actor_of(session, user.id).administers == {hub.id}
    with pytest.raises(NotAllowed):
        add_person(actor_of(session, user.id), hub, name="Anna", email="anna@lil.example")
    with pytest.raises(Invalid):
        add_person(actor, hub, name=" ", email="nobody@lil.example")

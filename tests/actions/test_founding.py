"""The first commit: a network with its operator, once, on the record."""

import pytest
from sqlalchemy import select

from app.actions.founding import found_network
from app.kernel.errors import Conflict, Invalid
from app.ledger import audit
from app.models.audit import AuditEntry
from app.models.people import User

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

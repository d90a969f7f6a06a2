from datetime import timedelta

import pytest

from app.access.actor import SYSTEM
from app.actions import agreements
from app.kernel import clock as kernel_clock
from app.kernel.errors import NotFound
from app.ledger import audit
from app.models.audit import AuditEntry
from app.models.people import User
from app.queries.acting import facts_of
from app.queries.people import actor_of
from tests.factories.agreements import make_case


def test_who_acts_is_read_again_with_the_moment_and_the_end_of_the_record(session, clock):
    case = make_case()
    lille = case.actor("Lille")
    agreements.end_participation(case.actor("facilitator"), case.participants["Lille"])
    facts = facts_of(session, lille)
    assert facts.actor == actor_of(session, case.people["Lille"].id) != lille
    assert facts.now == clock.now
    last = session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert facts.end == audit.End(last.seq, last.hash)


def test_the_moment_is_the_present_one_on_every_database(session):
    facts = facts_of(session, make_case().actor("Lille"))
    assert abs(facts.now - kernel_clock.utcnow()) < timedelta(minutes=1)
    assert facts.now.tzinfo is not None


def test_an_empty_record_has_no_end_yet(session, clock):
    assert facts_of(session, make_case().actor("Lille")).end is None


def test_the_system_stands_nowhere_and_needs_no_look(session, clock):
    facts = facts_of(session, SYSTEM)
    assert (facts.actor, facts.now, facts.end) == (SYSTEM, clock.now, None)


def test_who_came_by_a_pass_stays_narrow(session, clock):
    whole = make_case().actor("Lille")
    seen = facts_of(session, whole.narrowed_to(frozenset()))
    assert seen.actor.is_narrowed and not seen.actor.standings


def test_whose_account_is_closed_acts_no_more(session, clock):
    case = make_case()
    lille = case.actor("Lille")
    session.get_one(User, case.people["Lille"].id).active = False
    session.commit()
    with pytest.raises(NotFound):
        facts_of(session, lille)

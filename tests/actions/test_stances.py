"""Stances: who says where an organisation stands, when, and what the record keeps of it."""

from datetime import timedelta

import pytest

from app.access.actor import Role
from app.actions.stances import drop_stance, take_stance
from app.kernel.errors import Invalid, NotAllowed, NotFound, WrongMoment
from app.models.agreements import Seat
from app.models.audit import AuditEntry
from app.models.base import db
from app.models.stances import Stance
from app.queries.people import actor_of
from tests.factories.agreements import TREE, Case, add_party, make_case
from tests.factories.people import START, make_user

DURING, CLOSES = START + timedelta(days=2), START + timedelta(days=30)


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(DURING)
    made = make_case()
    session.commit()
    return made


def taken(case: Case, by: str = "Lille", clause: str = "answer-time", value: int = -2, **more):
    return take_stance(case.actor(by), case.round, clause=clause, value=value, **more)


def test_an_organisation_says_where_it_stands_and_says_it_anew(case):
    taken(case, reason="Our staff is three people.")
    held = taken(case, value=1)
    assert (held.value, held.reason) == (1, "")
    assert held.text_hash == TREE.find("answer-time").subtree_hash
    assert held.organisation_id == case.organisations["Lille"].id
    assert db.session.query(Stance).count() == 1
    taken(case, by="Porto")
    assert db.session.query(Stance).count() == 2


def test_the_same_stance_again_changes_nothing(case):
    taken(case)
    taken(case)
    assert db.session.query(AuditEntry).count() == 1


def test_it_is_taken_back(case):
    taken(case)
    drop_stance(case.actor("Lille"), case.round, clause="answer-time")
    drop_stance(case.actor("Lille"), case.round, clause="answer-time")
    assert db.session.query(Stance).count() == 0
    assert [entry.tag for entry in db.session.query(AuditEntry).order_by(AuditEntry.seq)] == [
        "stance:taken",
        "stance:dropped",
    ]


def test_before_the_round_and_from_its_deadline_on_nothing_is_taken(case, clock):
    clock.set(START - timedelta(seconds=1))
    with pytest.raises(WrongMoment):
        taken(case)
    clock.set(CLOSES - timedelta(seconds=1))
    taken(case)
    clock.set(CLOSES)
    with pytest.raises(WrongMoment):
        taken(case, value=2)
    with pytest.raises(WrongMoment):
        drop_stance(case.actor("Lille"), case.round, clause="answer-time")
    assert db.session.query(Stance).one().value == -2


def test_the_facilitator_an_observer_and_a_signatory_say_nothing(case, session):
    add_party(case, "Oslo", kind="observer")
    signatory = make_user("Signs Only", of=case.organisations["Lille"])
    session.add(
        Seat(
            agreement_id=case.agreement.id,
            participant_id=case.participants["Lille"].id,
            user_id=signatory.id,
            role=Role.SIGNATORY,
        )
    )
    session.commit()
    for actor in (
        case.actor("facilitator"),
        case.actor("Oslo"),
        actor_of(session, signatory.id),
    ):
        with pytest.raises(NotAllowed):
            take_stance(actor, case.round, clause="answer-time", value=0)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"value": 3}, Invalid),
        ({"reason": "x" * 1_001}, Invalid),
        ({"clause": "nowhere"}, NotFound),
    ],
)
def test_what_is_no_stance_is_refused(case, values, refusal):
    with pytest.raises(refusal):
        taken(case, **values)
    assert db.session.query(Stance).count() == 0


def test_the_record_keeps_neither_the_clause_nor_the_stance(case):
    taken(case, reason="Our insurer covers 250,000 only")
    entry = db.session.query(AuditEntry).one()
    assert set(entry.data) == {"organisation", "commitment"}

"""Stances as pages show them: to whom, and against which text."""

from datetime import timedelta

import pytest

from app.actions.stances import take_stance
from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.models.base import db
from app.models.stances import Stance
from app.queries.beside import sides_of
from app.queries.stances import (
    held_in,
    may_see_all,
    may_see_numbers,
    stances_beside,
    stances_of,
    voice_of,
)
from tests.factories.agreements import TREE, Case, add_party, make_case
from tests.factories.people import START

DURING, CLOSES = START + timedelta(days=2), START + timedelta(days=30)


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(DURING)
    made = make_case()
    add_party(made, "Oslo", kind="observer")
    session.commit()
    for name, clause, value in (
        ("Lille", "answers", -2),
        ("Lille", "scope-aim", 2),
        ("Porto", "answers", 1),
    ):
        take_stance(made.actor(name), made.round, clause=clause, value=value)
    return made


def beside(session, case, actor, tree):
    stances = sides_of(session, actor, case.agreement.id).stances
    return stances_beside(actor, case.agreement.id, held_in(stances, tree))


def test_people_see_their_own_organisations_stances_alone(case, session):
    lille = beside(session, case, case.actor("Lille"), TREE)
    assert {key: one.own.value for key, one in lille.items()} == {
        "answers": -2,
        "scope-aim": 2,
    }
    assert all(one.spread is None for one in lille.values())
    assert lille["answers"].own.is_red_line
    assert not beside(session, case, case.actor("Tartu"), TREE)
    assert not beside(session, case, case.actor("Oslo"), TREE)


def test_the_facilitator_sees_how_many_stand_where(case, session, count_statements):
    facilitator = case.actor("facilitator")
    with count_statements() as sent:
        found = beside(session, case, facilitator, TREE)
    assert len(sent) == 1
    assert found["answers"].spread.counts == (1, 0, 0, 1, 0)
    assert found["answers"].own is None
    everything = stances_of(session, case.agreement.id, TREE)
    lille = stances_beside(case.actor("Lille"), case.agreement.id, everything)
    assert lille["answers"].own.organisation == "Lille"
    assert lille["answers"].spread is None


def test_numbers_are_everybodys_once_the_round_is_closed(case):
    for name, before, after in (("facilitator", True, True), ("Lille", False, True)):
        actor = case.actor(name)
        assert may_see_numbers(actor, case.round, DURING) is before
        assert may_see_numbers(actor, case.round, CLOSES) is after
        assert may_see_all(actor, case.agreement.id) is (name == "facilitator")
    assert not may_see_numbers(case.actor("Lille"), None, DURING)


def test_a_stance_stands_on_the_next_version_and_says_whether_the_text_changed(case, session):
    below = TREE.find("answer-time")
    changed = ops.apply(TREE, (ops.ReplaceText("answer-time", below.node_hash, "At once."),))
    found = {one.clause: one for one in stances_of(session, case.agreement.id, changed)}
    assert found["answers"].is_stale
    assert not found["scope-aim"].is_stale
    assert found["scope-aim"].version == 1


def test_a_stance_on_a_clause_that_went_is_kept_and_comes_last(case, session):
    shorter = ClauseTree(TREE.title, TREE.clauses[1:])
    found = stances_of(session, case.agreement.id, shorter)
    assert [(one.clause, one.is_gone) for one in found] == [
        ("answers", False),
        ("answers", False),
        ("scope-aim", True),
    ]
    lille = beside(session, case, case.actor("Lille"), shorter)
    assert set(lille) == {"answers"}
    assert db.session.query(Stance).count() == 3


def test_legal_contacts_and_voters_speak_for_their_party(case):
    assert voice_of(case.actor("Lille"), case.agreement.id).name == "Lille"
    assert voice_of(case.actor("Oslo"), case.agreement.id) is None
    assert voice_of(case.actor("facilitator"), case.agreement.id) is None

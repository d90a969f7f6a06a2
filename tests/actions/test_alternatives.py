"""Alternatives: the others fall with the adoption of one, and stand again with its undoing."""

import pytest

from app.actions import alternatives, amendments, undoing
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, DURING, consolidate, decide, reword


@pytest.fixture
def case(session):
    made = make_case()
    made.rows = [reword(made, who, "15", new) for who, new in (("Lille", "20"), ("Porto", "30"))]
    made.other = reword(made, "Tartu", "in writing", "by letter", "answer-form")
    consolidate(made)
    return made


def declare(case, *rows, who="facilitator"):
    with clock.at(AFTER):
        alternatives.declare_alternatives(
            case.actor(who), case.round, amendments=[row.id for row in rows or case.rows]
        )


def states(session, case):
    for row in case.rows:
        session.refresh(row)
    return [row.state for row in case.rows]


def test_the_other_falls_and_stands_again_when_the_adoption_is_undone(session, case):
    declare(case)
    decide(case, Outcome.ACCEPTED, case.rows[0])
    assert states(session, case) == ["accepted", "fallen"]
    assert case.rows[1].reason == "A1 was adopted instead."
    with clock.at(AFTER):
        undoing.undo_answers(case.actor("facilitator"), case.round)
    assert states(session, case) == ["proposed", "proposed"]


def test_another_answer_to_the_adopted_one_brings_the_other_back(session, case):
    declare(case)
    decide(case, Outcome.ACCEPTED, case.rows[0])
    decide(case, Outcome.REJECTED, case.rows[0])
    assert states(session, case) == ["rejected", "proposed"]


def test_a_rejected_one_fells_nobody(session, case):
    declare(case)
    decide(case, Outcome.REJECTED, case.rows[0])
    assert states(session, case) == ["rejected", "proposed"]


def test_a_set_is_of_two_open_ones_that_stand_in_no_other(case):
    with pytest.raises(Invalid, match="at least two"):
        declare(case, case.rows[0])
    declare(case)
    with pytest.raises(Conflict, match="A1 stands in a set"):
        declare(case, case.rows[0], case.other)
    with pytest.raises(NotAllowed):
        declare(case, case.rows[0], case.other, who="Lille")


def test_what_amends_a_fallen_alternative_falls_and_stands_again_with_it(session):
    case = make_case()
    case.rows = [reword(case, who, "15", new) for who, new in (("Lille", "20"), ("Porto", "30"))]
    from_ = case.rows[1]
    changed = ops.apply(TREE, ops.from_json(from_.operations))
    words = changed.find("answer-time").text.replace("30", "31")
    with clock.at(DURING):
        draft = amendments.amend_amendment(
            case.actor("Tartu"), from_, operations=[ops.replace_text(changed, "answer-time", words)]
        )
        case.rows.append(amendments.propose_amendment(case.actor("Tartu"), draft))
    consolidate(case)
    declare(case, *case.rows[:2])
    decide(case, Outcome.ACCEPTED, case.rows[0])
    assert states(session, case) == ["accepted", "fallen", "fallen"]
    with clock.at(AFTER):
        undoing.undo_answers(case.actor("facilitator"), case.round)
    assert states(session, case) == ["proposed", "proposed", "proposed"]


def test_what_was_left_open_cant_be_adopted_beside_its_alternative(session, case):
    declare(case)
    decide(case, Outcome.ACCEPTED, case.rows[0])
    decide(case, Outcome.DEFERRED, case.rows[1])
    with pytest.raises(Conflict, match="A1 is adopted, and excludes A2"):
        decide(case, Outcome.ACCEPTED, case.rows[1])

"""Before a press: whom it answers, whom it leaves and why, what follows."""

import pytest

from app.actions import amendments
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.queries.batches import review
from app.queries.desk_items import desk_of
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import (
    DURING,
    answer,
    comment,
    consolidate,
    decide,
    reword,
)


def looked(case, rows, outcome=Outcome.ACCEPTED, repeats="", seen=None):
    desk = desk_of(case.agreement, case.round)
    return review(desk, [row.id for row in rows], outcome, repeats, seen or {})


def told(found) -> dict[str, str]:
    return {one.number: one.why for one in found.left_out}


def amend(case, primary, text="A Hub answers a request within 22 working days."):
    amended = ops.apply(TREE, ops.from_json(primary.operations))
    with clock.at(DURING):
        row = amendments.amend_amendment(
            case.actor("Tartu"),
            primary,
            operations=[ops.replace_text(amended, "answer-time", text)],
        )
        return amendments.propose_amendment(case.actor("Tartu"), row)


@pytest.fixture
def case(session):
    return make_case()


def test_comments_are_answered_and_what_it_replaces_is_said(case):
    first, second = comment(case), comment(case, "Porto")
    answer(case, [first])
    found = looked(case, [first, second])
    assert [item.number for item in found.answered] == ["C1", "C2"]
    assert found.follows == ("C1 has an answer already, which this replaces.",)


def test_what_changed_meanwhile_is_left(case):
    first, second = comment(case), comment(case, "Porto")
    answer(case, [first], Outcome.NOTED, "Thanks.")
    found = looked(case, [first, second], seen={first.id: 0, second.id: 3})
    assert told(found) == {
        "C1": "Sofie Maes answered it meanwhile: noted. Thanks.",
        "C2": "Its answer was taken back meanwhile.",
    }


def test_an_amendment_is_left_where_it_can_not_be_decided(case, session):
    row = reword(case, "Lille", "15", "20")
    early = told(looked(case, [row]))
    assert early == {"A1": "Amendments are decided during consolidation."}
    consolidate(case)
    assert told(looked(case, [row], Outcome.NOTED)) == {
        "A1": "An amendment is accepted, rejected or deferred."
    }
    assert told(looked(case, [row], Outcome.DUPLICATE_OF, "A1")) == {
        "A1": "It can't repeat itself."
    }
    row.rebase_state = "attention"
    session.commit()
    assert "waits for its author" in told(looked(case, [row]))["A1"]
    assert told(looked(case, [row], Outcome.REJECTED)) == {}


def test_what_collides_is_said_also_with_what_is_accepted_already(case):
    rows = [reword(case, name, "15", to) for name, to in (("Lille", "20"), ("Porto", "30"))]
    apart = reword(case, "Tartu", "A Hub", "Each Hub")
    consolidate(case)
    (sentence,) = looked(case, [*rows, apart]).follows
    assert sentence.startswith("A1 and A2 can’t all stand: they change the same words")
    assert looked(case, [rows[0], apart]).follows == ()
    decide(case, Outcome.ACCEPTED, rows[0])
    assert looked(case, rows[1:]).follows == (sentence,)


def test_a_clause_that_many_change_is_one_set(case):
    rows = [
        reword(case, ("Lille", "Porto", "Tartu")[at % 3], "15", str(20 + at)) for at in range(12)
    ]
    consolidate(case)
    (sentence,) = looked(case, rows).follows
    assert sentence.startswith("A1, A2, A3, A4, A5, A6, A7, A8, A9, A10 and 2 more can’t all stand")


def test_what_amends_another_falls_with_it_or_is_decided_first(case):
    primary = reword(case, "Lille", "15", "20")
    second = amend(case, primary)
    consolidate(case)
    assert looked(case, [primary], Outcome.REJECTED).follows == (
        "A1.1, which amends A1, falls with it.",
    )
    assert looked(case, [primary]).follows == (
        "A1.1, which amends A1, is not decided yet. Decide it first.",
    )
    assert looked(case, [primary, second]).follows == ()
    decide(case, Outcome.REJECTED, primary)
    assert told(looked(case, [second])) == {"A1.1": "It fell; there is nothing to answer."}

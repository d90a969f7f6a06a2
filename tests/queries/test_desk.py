"""What lies on the desk: everything of the round, in the order of the clauses."""

import pytest

from app.actions import amendments, comments
from app.domain import operations as ops
from app.domain.clauses import Clause, Kind
from app.domain.lifecycle import AgreementState, Outcome
from app.kernel import clock
from app.kernel.errors import NotAllowed, WrongMoment
from app.models.rounds import Round
from app.queries import desk as found
from app.queries.desk import ALL, Wanted
from app.queries.desk_items import desk_of
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import (
    DURING,
    answer,
    comment,
    consolidate,
    decide,
    propose,
    reword,
)


def numbers(items) -> list[str]:
    return [item.number for item in items]


def test_contributions_stand_in_the_order_of_the_clauses(session):
    case = make_case()
    comment(case, "Lille", "On the end.", "ending")
    comment(case, "Porto", "On it all.")
    comment(case, "Tartu", "On answers.", "answer-time")
    reword(case, "Lille", "three months", "six months", key="ending")
    reword(case, "Porto", "15", "20")
    desk = desk_of(case.agreement, case.round)
    assert numbers(desk.items) == ["C2", "C3", "A2", "C1", "A1"]
    assert [item.label for item in desk.items] == ["Whole", "2.1", "2.1", "3", "3"]
    assert (
        desk.items[2].words == "Replaces “within 15 working days”"
        " with “within 20 working days” in Article 2.1"
    )
    assert desk.places == (
        ("answers", "Article 2 Answers", 0),
        ("answer-time", "2.1 A Hub answers a request within 15 working…", 1),
        ("ending", "Article 3 Ending", 0),
    )
    assert desk.unanswered == 5


def test_a_comment_on_an_amendment_and_what_amends_it_stand_beside_it(session):
    case = make_case()
    primary = reword(case, "Porto", "15", "20")
    amended = ops.apply(TREE, ops.from_json(primary.operations))
    with clock.at(DURING):
        comments.start_thread(
            case.actor("Tartu"), case.round, text="Hm.", kind="question", amendment=primary
        )
        row = amendments.amend_amendment(
            case.actor("Lille"),
            primary,
            operations=[
                ops.replace_text(amended, "answer-time", "A Hub answers within 22 working days.")
            ],
        )
        amendments.propose_amendment(case.actor("Lille"), row)
    desk = desk_of(case.agreement, case.round)
    assert numbers(desk.items) == ["C1", "A1", "A1.1"]
    assert (desk.items[0].label, desk.items[0].on) == ("2.1", "A1")
    assert "22" in desk.items[2].words and "15" not in desk.items[2].words


def test_a_new_clause_stands_where_it_is_put(session):
    case = make_case()
    new = Clause("c0000000000", Kind.CLAUSE, text="Hubs meet once a year.")
    propose(case, "Lille", ops.insert_clause(TREE, "answers", "answer-time", new))
    item = desk_of(case.agreement, case.round).items[0]
    assert (item.clause, item.label) == ("answer-time", "2.1")


def test_it_is_narrowed_by_clause_organisation_kind_and_answer(session):
    case = make_case()
    first = comment(case, "Lille", "One.", "ending")
    comment(case, "Porto", "Two.", "answer-time")
    row = reword(case, "Lille", "15", "20")
    answer(case, [first], Outcome.NOTED)
    consolidate(case)
    decide(case, Outcome.REJECTED, row)
    desk = desk_of(case.agreement, case.round)
    code = case.organisations["Lille"].code
    assert numbers(desk.shown(Wanted())) == ["C2"]
    assert numbers(desk.shown(Wanted(show=ALL))) == ["C2", "A1", "C1"]
    assert numbers(desk.shown(Wanted(show="noted"))) == ["C1"]
    assert numbers(desk.shown(Wanted(show=ALL, organisation=code))) == ["A1", "C1"]
    assert numbers(desk.shown(Wanted(show=ALL, kind="amendment"))) == ["A1"]
    assert numbers(desk.shown(Wanted(show=ALL, clause="ending"))) == ["C1"]
    assert numbers(desk.shown(Wanted(show=ALL, clause="answers"))) == ["C2", "A1"]
    assert desk.counts(Wanted()) == {"open": 1, "noted": 1, "rejected": 1}


def test_the_next_without_answer_comes_behind_and_then_from_the_top(session):
    case = make_case()
    threads = [comment(case, "Lille", "Words.") for _ in range(3)]
    answer(case, threads[2:])
    desk = desk_of(case.agreement, case.round)
    assert desk.next_after("C1").number == "C2"
    assert desk.next_after("C3").number == "C1"
    answer(case, threads)
    assert desk_of(case.agreement, case.round).next_after("C1") is None


def test_a_comment_taken_back_says_so(session):
    case = make_case()
    thread = comment(case, "Lille")
    session.refresh(thread, ["comments"])
    with clock.at(DURING):
        comments.retract_comment(case.actor("Lille"), thread.comments[0])
    session.expire_all()
    assert desk_of(case.agreement, case.round).items[0].words == "Taken back by its author."


def test_it_is_the_facilitators_and_there_once_a_round_is(session):
    case = make_case()
    with pytest.raises(NotAllowed):
        found.round_on_desk(case.actor("Lille"), case.agreement)
    assert found.round_on_desk(case.actor("facilitator"), case.agreement).id == case.round.id
    session.delete(session.get_one(Round, case.round.id))
    case.agreement.state = AgreementState.DRAFTING
    session.commit()
    with pytest.raises(WrongMoment, match="when a round opens"):
        found.round_on_desk(case.actor("facilitator"), case.agreement)

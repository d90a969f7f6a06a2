"""What the address of the desk asks for, and the way back to it."""

import pytest

from app.actions import comments
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.queries.desk import Wanted
from app.queries.desk_items import desk_of
from app.web import desk_lists
from tests.factories.agreements import make_case
from tests.factories.contributions import DURING, answer, comment, reword


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", Wanted()),
        ("show=noted&clause=ending&organisation=LIL&kind=amendment", None),
        ("sort=clause&assigned=nonsense", Wanted()),
        (
            "q=%20two%20%20words&sort=newest&group=C1",
            Wanted(words="two words", sort="newest", group="C1"),
        ),
        ("assigned=mine", Wanted(assigned="mine")),
        ("show=nonsense&kind=nonsense&organisation=toolong", Wanted(organisation="too")),
        ("show=all", Wanted(show="all")),
    ],
)
def test_nonsense_narrows_nothing(app, query, asked):
    wanted = asked or Wanted("noted", "ending", "LIL", "amendment")
    with app.test_request_context(f"/?{query}"):
        assert desk_lists.wanted() == wanted


def test_the_address_says_only_what_is_asked(app):
    with app.test_request_context():
        assert desk_lists.address("x", Wanted()) == "/agreements/x/desk"
        asked = Wanted(show="all", kind="concern", words="a b")
        assert (
            desk_lists.address("x", asked, 2)
            == "/agreements/x/desk?show=all&kind=concern&q=a+b&page=2"
        )


def test_rows_come_by_the_hundred_and_picked_ones_in_any_case(session, app):
    case = make_case()
    threads = [comment(case, "Lille", f"Remark {number}.") for number in range(104)]
    reword(case, "Porto", "15", "20")
    answer(case, threads[:1], Outcome.NOTED, "Thanks.")
    desk = desk_of(case.agreement, case.round)
    with app.test_request_context("/?page=2"):
        second = desk_lists.context("x", desk)
    assert [row.number for row in second["rows"]] == ["C102", "C103", "C104", "A1"]
    assert second["paged"].sentence == "101 to 104 of 104"
    assert all(row.may_pick for row in second["rows"])
    with app.test_request_context("/?organisation=QQQ"):
        assert desk_lists.context("x", desk)["rows"] == []
        kept = desk_lists.context("x", desk, picked=[threads[0].id])["rows"]
    assert [(row.number, row.answer, row.reason) for row in kept] == [("C1", "Noted", "Thanks.")]


def test_the_names_of_a_contribution_are_filled_into_an_answer(session):
    case = make_case()
    comment(case, "Lille", "One.", "answer-time")
    comment(case, "Porto", "Two.")
    desk = desk_of(case.agreement, case.round)
    words = "{organisation} on {clause} ({number})"
    told = [desk_lists.filled_for(item, words) for item in desk.items]
    assert told == ["Porto on the agreement (C2)", "Lille on clause 2.1 (C1)"]


def test_what_was_taken_back_counts_as_neither_answered_nor_open(session):
    case = make_case()
    gone = comment(case, "Lille", "Gone.")
    comment(case, "Porto", "Stays.")
    session.refresh(gone, ["comments"])
    with clock.at(DURING):
        comments.retract_comment(case.actor("Lille"), gone.comments[0])
    desk = desk_of(case.agreement, case.round)
    assert (desk.unanswered, desk.answered, desk.over) == (1, 0, 1)
    told = desk_lists.standing_sentence(desk)
    assert told.startswith("0 of 1 are answered. 1 was taken back or fell: nothing to answer.")


def test_a_group_stands_together_under_its_line_where_its_head_stands(session, app):
    case = make_case()
    for name, key in (("Lille", "answer-time"), ("Porto", "ending"), ("Tartu", "answer-time")):
        comment(case, name, "Fifteen working days are too short for our board.", key)
    comment(case, "Porto", "Who pays the travel to another country?", "answer-time")
    desk = desk_of(case.agreement, case.round)
    with app.test_request_context("/"):
        rows = desk_lists.context("x", desk)["rows"]
    assert [row.number for row in rows] == ["C1", "C3", "C4", "C2"]
    assert rows[0].group.head == "C1" and "“fifteen”" in rows[0].group.why
    assert [bool(row.group) for row in rows] == [True, False, False, False]
    assert [row.is_child for row in rows] == [True, True, False, False]
    with app.test_request_context("/?sort=oldest"):
        rows = desk_lists.context("x", desk)["rows"]
    assert [row.number for row in rows] == ["C1", "C2", "C3", "C4"]
    assert not any(row.group for row in rows)

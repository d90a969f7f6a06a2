"""What the address of the desk asks for, and the way back to it."""

import pytest

from app.domain.lifecycle import Outcome
from app.queries.desk import Wanted, desk_of
from app.web import desk_lists
from tests.factories.agreements import make_case
from tests.factories.contributions import answer, comment, reword


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", Wanted()),
        ("show=noted&clause=ending&organisation=LIL&kind=amendment", None),
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
        asked = Wanted(show="all", kind="concern")
        assert (
            desk_lists.address("x", asked, 2) == "/agreements/x/desk?show=all&kind=concern&page=2"
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
    assert second["rows"][-1].may_pick is False
    with app.test_request_context("/?organisation=QQQ"):
        assert desk_lists.context("x", desk)["rows"] == []
        kept = desk_lists.context("x", desk, picked=[threads[0].id])["rows"]
    assert [(row.number, row.answer, row.reason) for row in kept] == [("C1", "Noted", "Thanks.")]

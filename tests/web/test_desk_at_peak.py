"""A desk with 1,000 comments and 500 amendments, 50 of them on one clause."""

import re

import pytest
from sqlalchemy import select

from app.domain.lifecycle import Outcome
from app.models.amendments import AmendmentRow
from app.queries import consolidations, results
from app.queries.desk_items import desk_of
from tests.factories.big_desk import make_big_desk
from tests.factories.contributions import AFTER, decide
from tests.factories.people import make_workspace
from tests.web.statements import own_statements


@pytest.fixture
def case(session, client, sign_in, clock):
    make_workspace()
    made = make_big_desk("Lille", "Porto", "Tartu")
    sign_in(client, made.facilitator)
    made.desk = f"/agreements/{made.agreement.slug}/desk"
    clock.set(AFTER)
    return made


def test_its_first_page_asks_ten_statements_and_shows_a_hundred_rows(
    case, client, count_statements
):
    sent = own_statements(client, count_statements, case.desk)
    # The agreement and its round; the head (3 at most); the text; who speaks and answers;
    # amendments with their ballots, answers and marks; comments with theirs; saved answers.
    assert len(sent) <= 10, "\n".join(sent)
    page = client.get(case.desk).text
    assert len(re.findall("<tr data-row", page)) == 100
    assert "1 to 100 of 1500" in page


def test_narrowing_and_the_last_page_ask_no_more(case, client, count_statements):
    first = len(own_statements(client, count_statements, case.desk))
    for query in ("?page=15", "?q=month&show=all", "?clause=c0&kind=amendment", "?sort=newest"):
        assert len(own_statements(client, count_statements, case.desk + query)) == first


def test_one_decision_merges_one_clause(case, client, session, count_statements):
    """What the page of an answered amendment merges: the other 450 amendments take no part."""
    rows = session.scalars(select(AmendmentRow).order_by(AmendmentRow.number)).all()
    decide(case, Outcome.ACCEPTED, *rows[:3], *rows[60:80])
    accepted = consolidations.accepted_in(session, case.round)
    assert len(accepted) == 23
    assert list(results.near(accepted, rows[0].clauses)) == rows[:3]
    found = results.result_of(case.round, rows[0].clauses)
    assert [key for key, _ in found.clauses] == ["c0"]


def test_groups_are_the_same_each_time_and_hold_everybody_once(case, client):
    client.get(case.desk)
    first, second = (desk_of(case.agreement, case.round).groups for _ in range(2))
    assert first == second and first
    numbers = [number for group in first for number in group.numbers]
    assert len(numbers) == len(set(numbers))

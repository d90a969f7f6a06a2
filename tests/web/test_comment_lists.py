"""The address narrows the list of comments, and nonsense narrows nothing."""

import pytest

from app.domain.numbering import labels
from app.http.paging import Page
from app.queries.comments import Filters
from app.web.comment_lists import clause_options, filters, pager, state_options
from tests.factories.agreements import TREE


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", Filters()),
        ("kind=concern&state=open", Filters(kind="concern", state="open")),
        ("kind=rant&state=lost&clause=nowhere", Filters()),
        ("clause=scope", Filters(clauses=frozenset({"scope", "scope-aim", "scope-limit"}))),
        ("organisation=LILLE", Filters(organisation="LIL")),
    ],
)
def test_an_address_is_read(app, query, found):
    with app.test_request_context(f"/?{query}"):
        assert filters(TREE) == found


def test_a_state_keeps_the_other_filters_and_begins_at_the_first_page(app):
    with app.test_request_context("/?kind=concern&page=3"):
        options = state_options("deal")
        pages = pager("deal", Page([], 2, 120))
    assert options[0].current
    assert options[1].address == "/agreements/deal/comments?kind=concern&state=unanswered"
    assert (pages.sentence, pages.pages) == ("51 to 100 of 120", 3)
    assert pages.next == "/agreements/deal/comments?kind=concern&page=3"


def test_articles_are_offered_by_number_and_name():
    assert clause_options(TREE, labels(TREE))[0] == ("scope", "Article 1 Scope")

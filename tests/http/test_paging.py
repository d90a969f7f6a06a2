"""Pages of a list."""

import pytest
from flask import Flask

from app.http.paging import LAST_PAGE, Page, offset, page_number


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1),
        ("3", 3),
        ("0", 1),
        ("-2", 1),
        ("two", 1),
        ("1e9", 1),
        ("٣", 1),
        ("99999", LAST_PAGE),
        ("9" * 400, 1),
        ("<script>", 1),
    ],
)
def test_a_page_number_is_never_an_error(asked, number):
    with Flask("test").test_request_context(query_string={"page": asked}):
        assert page_number() == number


def test_where_a_page_stands_in_its_list():
    page = Page(rows=["x"], number=2, total=101, size=50)
    assert (page.last, page.previous, page.next) == (3, 1, 3)
    assert (Page([], 1, 0).last, Page([], 1, 0).next, Page([], 1, 0).previous) == (1, None, None)
    assert offset(1) == 0
    assert offset(3, size=20) == 40

"""The session that queries are handed."""

from app.models.base import db
from app.queries import reading


def test_it_is_the_session_of_this_context(session):
    assert reading.session() is db.session()

"""Reactions as buttons: what each sends, and who may press."""

import uuid

from app.domain.reactions import Reaction
from app.queries.reactions import Reacted
from app.web.nods import nods

FOUND = (
    Reacted(Reaction.AGREE, ("Claire", "Jan"), is_mine=True),
    Reacted(Reaction.DISCUSS, (), is_mine=False),
    Reacted(Reaction.THANKS, ("Jan",), is_mine=False),
)


def test_what_was_given_stands_first_and_a_press_turns_it(app):
    with app.test_request_context():
        found = nods("deal", 3, uuid.UUID(int=7), FOUND, may=True)
    assert [(one.value, one.is_mine) for one in found.given] == [
        ("-agree", True),
        ("thanks", False),
    ]
    assert [one.value for one in found.others] == ["discuss"]
    assert found.address.endswith(f"/comments/3/react/{uuid.UUID(int=7)}")


def test_who_may_not_react_sees_what_was_given_alone(app):
    with app.test_request_context():
        found = nods("deal", 3, uuid.UUID(int=7), FOUND, may=False)
    assert (found.address, found.others) == ("", ())
    assert len(found.given) == 2

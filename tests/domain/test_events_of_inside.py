"""What happens inside an organisation says whose it is, and never what was said."""

from dataclasses import fields

from app.domain import events as e
from app.domain.event import Event

WORDS = {"text", "remark", "quote", "why", "title"}


def inside() -> list[type[Event]]:
    return [kind for kind in e.EVENTS.values() if kind.is_internal]


def test_each_names_its_organisation_and_holds_no_words():
    assert inside()
    for kind in inside():
        names = {one.name for one in fields(kind)}
        assert {"organisation", "organisation_id"} <= names, kind
        assert not names & WORDS, kind


def test_the_tags_of_what_is_internal_are_known_by_one_name():
    assert {kind.tag for kind in inside()} == e.INTERNAL
    assert e.ThreadStarted.tag not in e.INTERNAL

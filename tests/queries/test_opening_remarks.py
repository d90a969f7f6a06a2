"""The opening remarks are those of the discussions, found in one statement."""

from datetime import timedelta

import pytest

from app.actions import comments, dispositions
from app.domain.anchors import anchor
from app.domain.lifecycle import Outcome
from app.queries.comments import discussions, speakers
from app.queries.opening_remarks import opening_remarks
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(START + timedelta(days=2))
    made = make_case()
    session.commit()
    return made


def started(case: Case, by: str, **about):
    return comments.start_thread(case.actor(by), case.round, kind="concern", **about)


def test_they_say_what_the_discussions_say(session, case, clock, count_statements):
    there = anchor(TREE, "1", "answer-time", "text", 0, 5)
    edited = started(case, "Lille", text="Why *this*?\n\nOr that?", anchor=there)
    started(case, "Porto", text="A mistake")
    resolved = started(case, "facilitator", text="- a\n- list")
    for thread, by in ((edited, "Porto"), (edited, "Tartu"), (resolved, "Lille")):
        clock.go_on(minutes=1)
        comments.reply(case.actor(by), thread, text="Yes")
    first = {one.number: one.opening.row for one in discussions(session, case.agreement.id)}
    comments.edit_comment(case.actor("Lille"), first[1], text="Why *that*?\n\nOr this?")
    comments.retract_comment(case.actor("Porto"), first[2])
    comments.resolve_thread(case.actor("facilitator"), resolved, resolved=True)
    dispositions.answer_comments(
        case.actor("facilitator"),
        case.round,
        threads=[edited.id],
        outcome=Outcome.NOTED,
        answer="We will",
    )
    who = speakers(session, case.agreement.id)
    with count_statements() as sent:
        found = opening_remarks(session, case.agreement.id, who)
    assert len(sent) == 1, sent
    assert [one.first for one in found] == ["Why that?", "", "a list"]
    whole = discussions(session, case.agreement.id)
    for short, long in zip(found, whole, strict=True):
        opening = long.opening
        assert (short.number, short.kind, short.who) == (long.number, long.kind, long.who)
        assert (short.person, short.at) == (opening.person, opening.at)
        assert (short.is_edited, short.is_retracted) == (opening.is_edited, opening.is_retracted)
        assert short.is_entered == opening.is_entered
        assert (short.clause, short.quote) == (long.clause, long.quote)
        assert (short.start, short.end, short.part) == (long.row.start, long.row.end, long.row.part)
        assert short.replies == len(long.replies)
        assert (short.is_resolved, short.outcome) == (long.is_resolved, long.outcome)
        assert short.is_open == long.is_open


def test_an_agreement_without_comments_has_none(session, case):
    assert opening_remarks(session, case.agreement.id, {}) == ()

"""Reactions: given once, taken back, told nobody."""

from datetime import timedelta

import pytest

from app.actions.comments import retract_comment, start_thread
from app.actions.reactions import react
from app.kernel.errors import Invalid, NotAllowed, WrongMoment
from app.models.audit import AuditEntry
from app.models.base import db
from app.models.comments import Comment
from app.models.notices import Notice
from app.models.reactions import ReactionRow
from tests.factories.agreements import Case, add_party, make_case
from tests.factories.people import START

DURING, CLOSES = START + timedelta(days=2), START + timedelta(days=30)


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(DURING)
    made = make_case()
    session.commit()
    return made


@pytest.fixture
def comment(case) -> Comment:
    thread = start_thread(case.actor("Lille"), case.round, text="Why?", kind="question")
    return db.session.query(Comment).filter_by(thread_id=thread.id).one()


def given() -> list[str]:
    return sorted(row.kind for row in db.session.query(ReactionRow))


def test_each_kind_is_given_once_and_taken_back(case, comment):
    for kind in ("agree", "agree", "thanks"):
        react(case.actor("Porto"), comment, kind=kind, wanted=True)
    assert given() == ["agree", "thanks"]
    for _ in range(2):
        react(case.actor("Porto"), comment, kind="agree", wanted=False)
    assert given() == ["thanks"]


def test_nobody_is_told_and_nothing_is_on_the_record(case, comment):
    before = [db.session.query(kind).count() for kind in (Notice, AuditEntry)]
    react(case.actor("Porto"), comment, kind="agree", wanted=True)
    assert [db.session.query(kind).count() for kind in (Notice, AuditEntry)] == before


def test_who_may_not_reply_does_not_react_either(case, comment, clock, session):
    add_party(case, "Oslo", kind="observer")
    session.commit()
    with pytest.raises(NotAllowed):
        react(case.actor("Oslo"), comment, kind="agree", wanted=True)
    clock.set(CLOSES)
    with pytest.raises(WrongMoment):
        react(case.actor("Porto"), comment, kind="agree", wanted=True)
    react(case.actor("facilitator"), comment, kind="thanks", wanted=True)
    assert given() == ["thanks"]


def test_there_are_no_other_kinds_and_none_to_what_was_taken_back(case, comment):
    with pytest.raises(Invalid):
        react(case.actor("Porto"), comment, kind="applause", wanted=True)
    retract_comment(case.actor("Lille"), comment)
    with pytest.raises(Invalid):
        react(case.actor("Porto"), comment, kind="agree", wanted=True)
    assert given() == []

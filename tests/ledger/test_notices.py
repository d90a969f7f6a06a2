"""Notices are written where and when something happens, for others than the one who did it."""

import pytest
from sqlalchemy import select

from app.actions import comments, rounds
from app.domain import events as e
from app.ledger import audit, notices
from app.models.audit import AuditEntry
from app.models.base import begin_writing
from app.models.notices import Notice
from tests.factories.agreements import make_case


@pytest.fixture
def case(session, clock):
    return make_case()


def all_of(session):
    return session.scalars(select(Notice).order_by(Notice.seq)).all()


def enqueue(session, case, who, *events):
    begin_writing(session)
    actor = case.actor(who)
    moment = case.agreement.created_at
    entries = audit.write(session, actor, moment, case.agreement.id, events)
    notices.enqueue(session, actor, zip(events, entries, strict=True))
    session.commit()


def test_others_hear_and_the_one_who_did_it_does_not(session, case):
    enqueue(session, case, "Lille", e.AgreementAbandoned())
    told = {notice.user_id for notice in all_of(session)}
    assert told == {case.facilitator.id, case.people["Porto"].id, case.people["Tartu"].id}


def test_the_facilitator_who_comments_is_not_told_of_it(session, case):
    comments.start_thread(case.actor("facilitator"), case.round, text="Look.", kind="question")
    assert all_of(session) == []


def test_a_notice_says_what_its_entry_says_and_waits_for_the_mail(session, case):
    enqueue(session, case, "facilitator", e.BallotVoided(ballot=4))
    entry = session.scalars(select(AuditEntry)).one()
    for notice in all_of(session):
        assert (notice.seq, notice.tag, notice.data) == (entry.seq, entry.tag, {"ballot": 4})
        assert (notice.agreement_id, notice.created_at) == (entry.agreement_id, entry.at)
        assert (notice.mail, notice.tries, notice.read_at) == ("due", 0, None)


def test_several_events_of_one_action_are_told_one_by_one(session, case):
    enqueue(session, case, "facilitator", e.BallotVoided(ballot=1), e.BallotVoided(ballot=2))
    assert [notice.data["ballot"] for notice in all_of(session)] == [1, 1, 1, 2, 2, 2]


def test_what_nobody_needs_to_hear_leaves_no_notice(session, case):
    enqueue(session, case, "Lille", e.AmendmentDrafted(organisation="Lille"))
    assert all_of(session) == []


def test_what_is_rolled_back_was_told_to_nobody(session, case):
    later = case.round.closes_at.replace(month=12, day=24)
    with pytest.raises(RuntimeError):
        _extend_and_fail(session, case, later)
    assert all_of(session) == []
    rounds.extend_round(case.actor("facilitator"), case.round, closes_at=later)
    assert len(all_of(session)) == 3


def _extend_and_fail(session, case, later):
    begin_writing(session)
    event = e.RoundExtended(round=1, closes_at=later.isoformat())
    actor = case.actor("facilitator")
    entries = audit.write(session, actor, later, case.agreement.id, [event])
    try:
        notices.enqueue(session, actor, zip([event], entries, strict=True))
        raise RuntimeError
    finally:
        session.rollback()

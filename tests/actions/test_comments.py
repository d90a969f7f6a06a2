"""Comments: who may say what, when, and what stays visible of it."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.actions.comments import (
    edit_comment,
    reply,
    resolve_thread,
    retract_comment,
    start_thread,
)
from app.domain.anchors import anchor
from app.kernel.errors import Invalid, NotAllowed, WrongMoment
from app.kernel.said import taken
from app.models.agreements import Seat
from app.models.audit import AuditEntry
from app.models.base import db
from app.models.comments import Comment, Thread
from app.models.notices import Notice
from app.models.people import Membership
from tests.factories.agreements import TREE, Case, add_party, make_case
from tests.factories.people import START

DURING, CLOSES = START + timedelta(days=2), START + timedelta(days=30)


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(DURING)
    made = make_case()
    session.commit()
    return made


def started(case: Case, by: str = "Lille", **values: object) -> Thread:
    return start_thread(
        case.actor(by), case.round, **{"text": "Why so long?", "kind": "question", **values}
    )


def opening(thread: Thread) -> Comment:
    return db.session.query(Comment).filter_by(thread_id=thread.id).first()


def test_a_comment_on_words_keeps_where_they_stand(case):
    held = started(case, anchor=anchor(TREE, "1", "answer-time", "text", 6, 9))
    assert (held.subject, held.clause_key, held.start, held.end) == ("clause", "answer-time", 6, 9)
    assert held.quote == TREE.find("answer-time").text[6:9]
    assert held.organisation_id == case.organisations["Lille"].id
    assert held.number == 1
    assert started(case).number == 2


def test_a_comment_on_the_whole_needs_no_anchor(case):
    assert started(case).subject == "agreement"


def test_the_deadline_is_exclusive(case, clock):
    clock.set(CLOSES - timedelta(seconds=1))
    thread = started(case)
    clock.set(CLOSES)
    with pytest.raises(WrongMoment):
        started(case)
    with pytest.raises(WrongMoment):
        reply(case.actor("Porto"), thread, text="Too late")
    assert reply(case.actor("facilitator"), thread, text="Noted").organisation_id is None


def test_an_observer_reads_and_says_nothing(case, session):
    add_party(case, "Oslo", kind="observer")
    session.commit()
    with pytest.raises(NotAllowed):
        started(case, by="Oslo")


def test_the_same_form_posts_once(case):
    first = started(case, form_key="pressed-twice")
    assert started(case, form_key="pressed-twice").id == first.id
    again = [reply(case.actor("Porto"), first, text="Yes", form_key="once") for _ in range(2)]
    assert again[0].id == again[1].id
    assert db.session.query(Comment).count() == 2


def test_the_facilitator_enters_what_came_by_mail_and_nobody_else_does(case):
    porto = case.organisations["Porto"]
    held = started(case, by="facilitator", on_behalf_of=porto)
    assert held.organisation_id == porto.id
    assert opening(held).entered_by == case.facilitator.id
    with pytest.raises(NotAllowed):
        started(case, by="Lille", on_behalf_of=porto)


@pytest.mark.parametrize(
    "values", [{"text": "  \n "}, {"text": "x" * 10_001}, {"kind": "rant"}, {"kind": ""}]
)
def test_what_says_nothing_or_too_much_is_refused(case, values):
    with pytest.raises(Invalid):
        started(case, **values)
    assert db.session.query(Thread).count() == 0


def test_one_changes_ones_own_words_and_it_shows(case):
    comment = opening(started(case))
    edited = edit_comment(case.actor("Lille"), comment, text="Why so long, exactly?")
    assert edited.edited_at == DURING
    with pytest.raises(NotAllowed):
        edit_comment(case.actor("Porto"), comment, text="Mine now")


def test_who_has_left_an_organisation_changes_none_of_its_words(case, session):
    thread = started(case)
    comment, person = opening(thread), case.people["Lille"].id
    session.execute(delete(Seat).where(Seat.user_id == person))
    session.execute(delete(Membership).where(Membership.user_id == person))
    part, elsewhere = case.agreement.id, case.participants["Porto"].id
    session.add(Seat(agreement_id=part, participant_id=elsewhere, user_id=person, role="voter"))
    session.commit()
    with pytest.raises(NotAllowed):
        edit_comment(case.actor("Lille"), comment, text="Lille agrees to everything")
    with pytest.raises(NotAllowed):
        retract_comment(case.actor("Lille"), comment)
    with pytest.raises(NotAllowed):
        resolve_thread(case.actor("Lille"), thread, resolved=True)


def test_the_facilitator_changes_what_they_typed_in_for_another(case):
    typed = opening(started(case, "facilitator", on_behalf_of=case.organisations["Porto"]))
    assert edit_comment(case.actor("facilitator"), typed, text="As it came").edited_at == DURING


def test_the_same_words_are_no_edit(case):
    comment = opening(started(case))
    assert edit_comment(case.actor("Lille"), comment, text="Why so long?").edited_at is None


def test_what_was_taken_back_stays_taken_back(case):
    comment = opening(started(case))
    taken = retract_comment(case.actor("Lille"), comment)
    assert taken.retracted_at == DURING
    assert retract_comment(case.actor("Lille"), comment).retracted_at == DURING
    with pytest.raises(Invalid):
        edit_comment(case.actor("Lille"), comment, text="Or not")


def test_a_thread_is_resolved_by_its_author_or_the_facilitator_and_a_reply_opens_it(case):
    thread = started(case)
    with pytest.raises(NotAllowed):
        resolve_thread(case.actor("Porto"), thread, resolved=True)
    assert resolve_thread(case.actor("Lille"), thread, resolved=True).resolved_at == DURING
    reply(case.actor("Porto"), thread, text="Not yet")
    assert db.session.get(Thread, thread.id).resolved_at is None
    resolve_thread(case.actor("facilitator"), thread, resolved=True)


def test_everything_said_is_on_the_record_without_its_words(case):
    thread = started(case, text="Our insurer covers 250,000 only")
    reply(case.actor("Porto"), thread, text="Ours too")
    entries = db.session.query(AuditEntry).all()
    assert len(entries) == 2
    assert not any("250,000" in str(entry.data) for entry in entries)


def test_whom_a_comment_mentions_is_kept_and_told_once(case):
    thread = started(case, text="@Porto and @Person Tartu, can you answer in time?")
    comment = opening(thread)
    assert [one["words"] for one in comment.mentions] == ["@Porto", "@Person Tartu"]
    told = db.session.query(Notice).filter_by(tag="comment:mentioned").all()
    assert {notice.user_id for notice in told} == {
        case.people["Porto"].id,
        case.people["Tartu"].id,
    }
    edit_comment(case.actor("Lille"), comment, text="@Porto, can you? @Sofie Maes, can they?")
    again = db.session.query(AuditEntry).filter_by(tag="comment:mentioned").all()
    told = [taken(entry.data["mentioned"]) for entry in again]
    assert told == [["Porto", "Tartu"], ["the facilitator"]]


def test_who_wrote_in_a_thread_hears_of_a_reply_once(case):
    thread = started(case)
    reply(case.actor("Porto"), thread, text="@Person Lille, because of @Tartu.")
    told = [(row.tag, row.user_id) for row in db.session.query(Notice)]
    assert told.count(("comment:replied", case.people["Lille"].id)) == 1
    assert ("comment:mentioned", case.people["Lille"].id) not in told
    assert ("comment:mentioned", case.people["Tartu"].id) in told


def test_nobody_outside_is_mentioned_and_nobody_mentions_themselves(case):
    thread = started(case, text="@Ghent, @Person Lille")
    assert [one["words"] for one in opening(thread).mentions] == ["@Person Lille"]
    assert not db.session.query(Notice).filter_by(tag="comment:mentioned").count()

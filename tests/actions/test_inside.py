"""Internal notes: kept and answered inside one organisation, opened to everybody for good."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import delete, func, select, update

from app.access.actor import Role
from app.actions.inside import (
    edit_inside,
    keep_note,
    open_note,
    reply_inside,
    retract_inside,
)
from app.domain.anchors import anchor
from app.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongMoment
from app.models.agreements import Seat
from app.models.audit import AuditEntry
from app.models.base import db
from app.models.comments import Comment, Thread
from app.models.inside import InternalNote, InternalRemark
from app.models.notices import Notice
from app.models.people import User
from app.queries import inside
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.amendments import make_draft, rewording
from tests.factories.people import START, make_user

WORDS = "Between us: twenty days would do."


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=1))
    return make_case()


def colleague(case: Case, session, name: str = "Marc Petit", role: Role = Role.VOTER) -> User:
    """One more person of Lille, in a seat."""
    person = make_user(name, of=case.organisations["Lille"])
    session.add(
        Seat(
            agreement_id=case.agreement.id,
            participant_id=case.participants["Lille"].id,
            user_id=person.id,
            role=role,
        )
    )
    session.commit()
    case.people[name] = person
    return person


def noted(case: Case, who: str = "Lille", **more):
    return keep_note(case.actor(who), case.agreement, text=WORDS, **more)


def last_of(session, note):
    return inside.openable(session, note.id).state


def opened(case, session, note, who="Lille", *, with_replies=True):
    return open_note(
        case.actor(who),
        note,
        opened=case.round,
        seen=last_of(session, note),
        with_replies=with_replies,
    )


def test_a_note_makes_no_thread_and_takes_no_number(case, session):
    note = noted(case, version_id=case.version.id, anchor=anchor(TREE, "1", "answer-time"))
    assert (note.clause_key, note.organisation_id) == (
        "answer-time",
        case.organisations["Lille"].id,
    )
    assert session.scalar(select(func.count()).select_from(Thread)) == 0
    assert session.scalar(select(func.count()).select_from(Comment)) == 0
    session.refresh(case.agreement)
    assert case.agreement.next_thread == 1


def test_the_record_has_it_for_its_organisation_and_without_a_word_of_it(case, session):
    noted(case)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.tag, entry.only_for) == ("inside:noted", case.organisations["Lille"].id)
    assert WORDS not in str(entry.data)


def test_colleagues_answer_and_nobody_else(case, session):
    note = noted(case)
    colleague(case, session)
    reply_inside(case.actor("Marc Petit"), note, text="Agreed.")
    for other in ("Porto", "facilitator"):
        with pytest.raises(NotAllowed):
            reply_inside(case.actor(other), note, text="What is this?")


def test_only_people_with_a_seat_at_a_party_keep_notes(case, session):
    with pytest.raises(NotAllowed, match="seat at a party"):
        noted(case, "facilitator")
    member = make_user("A member", of=case.organisations["Lille"])
    case.people["member"] = member
    with pytest.raises(NotAllowed, match="seat at a party"):
        noted(case, "member")


def test_colleagues_are_told_and_nobody_else(case, session):
    colleague(case, session, role=Role.LEGAL_CONTACT)
    note = noted(case)
    assert session.scalars(select(Notice.user_id)).all() == [case.people["Marc Petit"].id]
    reply_inside(case.actor("Marc Petit"), note, text="Agreed.")
    told = select(Notice.user_id).where(Notice.tag == "inside:replied")
    assert session.scalars(told).all() == [case.people["Lille"].id]


def test_it_is_kept_when_the_round_is_closed_but_not_opened(case, session, clock):
    clock.go_on(days=40)
    note = noted(case)
    with pytest.raises(WrongMoment, match="The round is closed"):
        opened(case, session, note)


def test_opening_makes_a_thread_of_it_with_the_replies_that_were_seen(case, session, clock):
    colleague(case, session)
    note = noted(case, version_id=case.version.id, anchor=anchor(TREE, "1", "answer-time"))
    clock.go_on(minutes=1)
    reply_inside(case.actor("Marc Petit"), note, text="Agreed.")
    clock.go_on(minutes=1)
    gone = reply_inside(case.actor("Lille"), note, text="Forget this.")
    retract_inside(case.actor("Lille"), gone)
    thread = opened(case, session, note)
    said = session.scalars(
        select(Comment).where(Comment.thread_id == thread.id).order_by(Comment.created_at)
    ).all()
    assert [one.text for one in said] == [WORDS, "Agreed."]
    assert {one.author_id for one in said} == {
        case.people["Lille"].id,
        case.people["Marc Petit"].id,
    }
    assert (thread.number, thread.clause_key) == (1, "answer-time")
    tags = session.scalars(select(AuditEntry.tag).order_by(AuditEntry.seq.desc()).limit(3)).all()
    assert tags == ["comment:replied", "comment:made", "inside:opened"]
    with pytest.raises(WrongMoment, match="open to everybody now"):
        reply_inside(case.actor("Lille"), note, text="And now?")


def test_the_replies_stay_inside_where_that_is_asked_for(case, session, clock):
    note = noted(case)
    clock.go_on(minutes=1)
    reply_inside(case.actor("Lille"), note, text="Not for them.")
    thread = opened(case, session, note, with_replies=False)
    held = session.scalars(select(Comment.text).where(Comment.thread_id == thread.id))
    assert held.all() == [WORDS]


def test_replies_that_stay_inside_are_not_opened_for_words_that_were_taken_back(
    case, session, clock
):
    note = noted(case)
    first = inside.note_of(session, case.actor("Lille"), case.agreement.id, note.id).opening.row
    clock.go_on(minutes=1)
    reply_inside(case.actor("Lille"), note, text="Not for them.")
    retract_inside(case.actor("Lille"), first)
    with pytest.raises(Invalid, match="nothing to open"):
        opened(case, session, note, with_replies=False)
    assert session.scalar(select(func.count()).select_from(Thread)) == 0
    thread = opened(case, session, note, with_replies=True)
    held = session.scalars(select(Comment.text).where(Comment.thread_id == thread.id))
    assert held.all() == ["Not for them."]


def test_what_was_said_since_the_page_was_seen_goes_nowhere(case, session, clock):
    colleague(case, session)
    note = noted(case)
    seen = last_of(session, note)
    clock.go_on(minutes=1)
    reply_inside(case.actor("Marc Petit"), note, text="Don't show them this!")
    with pytest.raises(Conflict, match="wrote here meanwhile"):
        open_note(case.actor("Lille"), note, opened=case.round, seen=seen, with_replies=True)
    assert session.scalar(select(func.count()).select_from(Thread)) == 0


def test_its_author_changes_a_remark_and_the_record_keeps_both_without_a_word(case, session, clock):
    colleague(case, session)
    note = noted(case)
    clock.go_on(minutes=1)
    reply = reply_inside(case.actor("Marc Petit"), note, text="Agreed.")
    for other in ("Lille", "Porto", "facilitator"):
        with pytest.raises(NotAllowed, match="Only the person who wrote this"):
            edit_inside(case.actor(other), reply, text="Never.")
    seen = last_of(session, note)
    clock.go_on(minutes=1)
    edit_inside(case.actor("Marc Petit"), reply, text="Agreed, with fifteen.")
    edit_inside(case.actor("Marc Petit"), reply, text="Agreed, with fifteen.")
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.tag.like("inside:%")).order_by(AuditEntry.seq)
    ).all()
    assert [one.tag for one in entries] == ["inside:noted", "inside:replied", "inside:edited"]
    assert {one.only_for for one in entries} == {case.organisations["Lille"].id}
    assert entries[1].data["commitment"] != entries[2].data["commitment"]
    assert "fifteen" not in str(entries[2].data)
    with pytest.raises(Conflict, match="wrote here meanwhile"):
        open_note(case.actor("Lille"), note, opened=case.round, seen=seen, with_replies=True)
    retract_inside(case.actor("Marc Petit"), reply)
    with pytest.raises(Invalid, match="taken back"):
        edit_inside(case.actor("Marc Petit"), reply, text="Again.")
    opened(case, session, note)
    with pytest.raises(WrongMoment, match="open to everybody now"):
        edit_inside(case.actor("Marc Petit"), reply, text="Again.")


def test_its_author_or_the_legal_contact_opens_it(case, session):
    colleague(case, session)
    colleague(case, session, "Paul Roux")
    note = noted(case, "Marc Petit")
    with pytest.raises(NotAllowed, match="opens it to everybody"):
        opened(case, session, note, "Paul Roux")
    for other in ("Porto", "facilitator"):
        with pytest.raises(NotAllowed):
            opened(case, session, note, other)
    assert opened(case, session, note, "Marc Petit").number == 1
    assert opened(case, session, noted(case, "Marc Petit"), "Lille").number == 2


def test_a_note_on_a_draft_is_for_its_organisation_and_stays_inside_with_it(case, session):
    draft = make_draft(case, "Lille", rewording(case, "answer-time", "15", "20"))
    with pytest.raises(NotFound, match="another organisation's"):
        noted(case, "Porto", amendment=draft)
    note = noted(case, amendment=draft)
    with pytest.raises(WrongMoment, match="Propose that first"):
        opened(case, session, note)


def test_what_is_empty_too_long_or_of_no_kind_is_refused_and_a_form_posts_once(case, session):
    for text, kind in (("  ", "question"), ("x" * 10_001, "question"), ("Why?", "gossip")):
        with pytest.raises(Invalid):
            keep_note(case.actor("Lille"), case.agreement, text=text, kind=kind)
    first, second = (noted(case, form_key="one") for _ in range(2))
    assert first.id == second.id
    replies = [reply_inside(case.actor("Lille"), first, text="Yes.", form_key="two") for _ in "ab"]
    assert replies[0].id == replies[1].id


def test_nothing_is_left_to_open_where_all_was_taken_back(case, session):
    note = noted(case)
    remark = inside.note_of(session, case.actor("Lille"), case.agreement.id, note.id).opening.row
    retract_inside(case.actor("Lille"), remark)
    assert retract_inside(case.actor("Lille"), remark).retracted_at
    with pytest.raises(Invalid, match="nothing to open"):
        opened(case, session, note)
    with pytest.raises(NotAllowed):
        retract_inside(case.actor("Porto"), remark)


@pytest.mark.parametrize("change", [retract_inside, partial(edit_inside, text="Otherwise.")])
def test_nobody_takes_back_what_a_colleague_opens_at_this_moment(app, case, session, change):
    note = noted(case)
    remark = inside.note_of(session, case.actor("Lille"), case.agreement.id, note.id).opening.row
    lille, remark_id, refused = case.actor("Lille"), remark.id, []
    session.rollback()

    def try_it():
        with app.app_context():
            try:
                change(lille, db.session.get(InternalRemark, remark_id))
            except WrongMoment:
                refused.append(True)

    writer = threading.Thread(target=try_it)
    with db.engine.connect().execution_options(concordat_writing=True) as connection:
        connection.execute(update(InternalNote).values(opened_at=START, opened_thread=1))
        writer.start()
        writer.join(0.5)
        connection.commit()
    writer.join(15)
    assert refused


def test_who_has_no_seat_any_more_changes_no_note(case, session):
    note = noted(case)
    remark = inside.note_of(session, case.actor("Lille"), case.agreement.id, note.id).opening.row
    session.execute(delete(Seat).where(Seat.user_id == case.people["Lille"].id))
    session.commit()
    with pytest.raises(NotAllowed):
        edit_inside(case.actor("Lille"), remark, text="Never said.")
    with pytest.raises(NotAllowed):
        retract_inside(case.actor("Lille"), remark)


def test_a_mention_inside_reaches_colleagues_and_nobody_else(case, session):
    marc = colleague(case, session)
    text = "@Marc Petit, and not @Porto, @Person Porto or @Sofie Maes."
    note = keep_note(case.actor("Lille"), case.agreement, text=text)
    mentioned = select(Notice.user_id).where(Notice.tag == "inside:mentioned")
    assert session.scalars(mentioned).all() == [marc.id]
    reply_inside(case.actor("Marc Petit"), note, text="@Person Lille, fine.")
    assert session.scalars(mentioned).all() == [marc.id]
    assert not session.scalars(select(Notice).where(Notice.tag == "comment:mentioned")).all()


def test_whom_an_opened_note_mentions_is_told_once_everybody_reads_it(case, session):
    note = keep_note(case.actor("Lille"), case.agreement, text="What would @Porto say?")
    reply_inside(case.actor("Lille"), note, text="@Porto and @Person Tartu.")
    thread = opened(case, session, note)
    told = session.scalars(select(Notice).where(Notice.tag == "comment:mentioned")).all()
    assert {one.user_id for one in told} == {case.people["Porto"].id, case.people["Tartu"].id}
    assert len(told) == 2
    said = session.scalars(select(Comment).where(Comment.thread_id == thread.id)).all()
    assert sorted(len(comment.mentions) for comment in said) == [1, 2]

"""Taking in a Word file: one transaction, once, for whom and while it may be."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.actions.imports import Brought, NewAmendment, NewRemark, import_word_file
from app.domain import operations as ops
from app.domain.anchors import anchor
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.amendments import AmendmentRow
from app.models.audit import AuditEntry
from app.models.comments import Comment, Thread
from app.models.files import StoredFile
from app.models.imports import WordImport
from app.queries.files import get_file, new_file
from tests.factories.agreements import TREE, add_party, make_case
from tests.factories.contributions import comment
from tests.factories.people import START

DURING, CLOSES = START + timedelta(days=2), START + timedelta(days=30)
STEP = ops.replace_text(TREE, "answer-time", TREE.find("answer-time").text.replace("15", "20"))


@pytest.fixture
def case(session, clock):
    clock.set(DURING)
    made = make_case()
    session.commit()
    return made


def brought(case, *steps, content=b"PK file", **more):
    held = [NewAmendment((step,), "From the Word file deal.docx.") for step in steps]
    original = new_file("deal.docx", "application/x", content)
    return Brought(case.version, original, held, **more)


def taken(case, what, by="Lille", **more):
    return import_word_file(case.actor(by), case.round, brought=what, **more)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_amendments_comments_and_the_file_come_in_together(case, session):
    here = NewRemark("Too long?", anchor=anchor(TREE, "v", "answer-time"), replies=("No.",))
    row = taken(case, brought(case, STEP, remarks=[here]))
    amendment = session.get_one(AmendmentRow, uuid.UUID(row.report["amendments"][0]))
    assert (amendment.label, amendment.state) == ("A1", "proposed")
    assert amendment.organisation_id == case.organisations["Lille"].id
    thread = session.scalars(select(Thread)).one()
    assert (thread.clause_key, thread.subject) == ("answer-time", "clause")
    assert count(session, Comment) == 2
    file = get_file(session, case.actor("Lille"), case.agreement, row.file_id)
    assert file.content == b"PK file"
    events = session.scalars(select(AuditEntry.tag)).all()
    assert {"word:imported", "amendment:proposed", "comment:made"} <= set(events)


def test_the_same_file_comes_in_once(case, session):
    first = taken(case, brought(case, STEP))
    before = count(session, AuditEntry)
    assert taken(case, brought(case, STEP)).id == first.id
    assert (count(session, AmendmentRow), count(session, AuditEntry)) == (1, before)


def test_they_may_stay_drafts(case, session):
    taken(case, brought(case, STEP), propose=False)
    row = session.scalars(select(AmendmentRow)).one()
    assert (row.state, row.label) == ("draft", "")


def test_nothing_of_it_stays_where_one_part_is_refused(case, session):
    stale = ops.ReplaceText("answer-time", "0" * 64, "Something.")
    with pytest.raises(Conflict, match="reads differently now"):
        taken(case, brought(case, STEP, stale))
    with pytest.raises(Invalid, match="A comment of the file"):
        taken(case, brought(case, STEP, remarks=[NewRemark(" ")]))
    with pytest.raises(Invalid, match="at least one"):
        taken(case, brought(case))
    for table in (AmendmentRow, Thread, StoredFile, WordImport):
        assert count(session, table) == 0


def test_answers_go_to_their_thread_and_settle_it(case, session):
    thread = comment(case, "Lille", "Why?", "answer-time")
    taken(case, brought(case, remarks=[NewRemark("Because.", thread=thread.id)]), "Tartu")
    taken(case, brought(case, resolve=[thread.id], content=b"PK two"))
    session.refresh(thread)
    assert thread.resolved_at is not None
    assert count(session, Comment) == 2
    with pytest.raises(NotAllowed, match="Only the person who started"):
        taken(case, brought(case, reopen=[thread.id], content=b"PK three"), "Porto")


def test_who_and_when(case, session, clock):
    add_party(case, "Observer", kind="observer")
    session.commit()
    with pytest.raises(NotAllowed):
        taken(case, brought(case, STEP), "Observer")
    with pytest.raises(NotAllowed, match="Only the facilitator enters"):
        taken(case, brought(case, STEP), on_behalf_of=case.organisations["Tartu"])
    row = taken(case, brought(case, STEP), "facilitator", on_behalf_of=case.organisations["Tartu"])
    assert (row.organisation_id, row.entered_by) == (
        case.organisations["Tartu"].id,
        case.facilitator.id,
    )
    clock.set(START - timedelta(days=1))
    with pytest.raises(WrongMoment):
        taken(case, brought(case, STEP))
    clock.set(CLOSES - timedelta(seconds=1))
    taken(case, brought(case, STEP))
    clock.set(CLOSES)
    with pytest.raises(WrongMoment, match="The round is closed"):
        taken(case, brought(case, STEP, content=b"PK late"))


def test_the_file_is_for_those_it_came_from_alone(case, session):
    row = taken(case, brought(case, STEP))
    assert get_file(session, case.actor("Lille"), case.agreement, row.file_id)
    for other in ("Porto", "facilitator"):
        with pytest.raises(Exception, match="isn't for you"):
            get_file(session, case.actor(other), case.agreement, row.file_id)


def test_a_file_that_makes_only_drafts_is_told_to_nobody_else(case, session):
    taken(case, brought(case, STEP), propose=False)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.tag, entry.only_for) == (
        "word:drafts_imported",
        case.organisations["Lille"].id,
    )


def test_nothing_is_proposed_unchecked_where_the_organisation_checks(case, session):
    case.organisations["Lille"].checks_drafts = True
    session.commit()
    with pytest.raises(WrongMoment, match="Keep the changes as drafts"):
        taken(case, brought(case, STEP))
    assert taken(case, brought(case, STEP), propose=False)

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from app.kernel.ids import new_id
from app.models.comments import Comment, Thread
from app.models.inserting import put
from app.models.people import Organisation
from tests.factories.agreements import make_case


def thread_of(case, number=1):
    return Thread(
        agreement_id=case.agreement.id,
        number=number,
        subject="agreement",
        kind="question",
        started_by=case.facilitator.id,
        started_at=case.agreement.created_at,
    )


def test_a_row_that_was_put_is_there_with_every_default(session, clock):
    case = make_case()
    thread = thread_of(case)
    put(session, thread)
    comment = Comment(
        thread_id=thread.id,
        author_id=case.facilitator.id,
        text="Why?",
        salt="s",
        created_at=case.agreement.created_at,
    )
    put(session, comment)
    ids = thread.id, comment.id
    session.commit()
    session.expunge_all()
    thread, comment = session.get_one(Thread, ids[0]), session.get_one(Comment, ids[1])
    assert (thread.part, thread.start, thread.anchor_state, thread.quote) == ("text", 0, "same", "")
    assert (comment.mentions, comment.form_key, comment.thread_id) == ([], None, ids[0])
    assert comment.created_at == case.agreement.created_at


def test_the_session_holds_it_as_read_and_writes_what_changes_afterwards(
    session, clock, count_statements
):
    thread = thread_of(make_case())
    put(session, thread)
    assert inspect(thread).persistent and not session.is_modified(thread)
    assert session.scalars(select(Thread)).one() is thread
    with count_statements() as sent:
        session.flush()
    assert sent == []
    thread.kind = "concern"
    session.commit()
    session.expunge_all()
    assert session.scalars(select(Thread.kind)).one() == "concern"


def test_two_rows_share_no_default(session, clock):
    case = make_case()
    first, second = thread_of(case, 1), thread_of(case, 2)
    for row in (first, second):
        put(session, row)
    assert first.id != second.id


def test_what_the_database_refuses_is_refused(session, clock):
    case = make_case()
    put(session, thread_of(case))
    with pytest.raises(IntegrityError):
        put(session, thread_of(case))
    session.rollback()


def test_an_id_that_was_given_stays(session, clock):
    given = new_id()
    put(session, Organisation(id=given, name="Riga", slug="riga", code="RIG", country="LV"))
    assert session.get_one(Organisation, given).name == "Riga"

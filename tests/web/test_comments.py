"""The pages of comments, without any script."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions import amendments
from app.actions import comments as actions
from app.domain import operations as ops
from app.models.base import db
from app.models.comments import Comment, Thread
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START, make_workspace

DURING, CLOSES = START + timedelta(days=2), START + timedelta(days=30)


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(DURING)
    make_workspace()
    made = make_case()
    session.commit()
    return made


def address(case: Case, rest: str = "") -> str:
    return f"/agreements/{case.agreement.slug}/comments{rest}"


def started(case: Case, by: str = "Lille", text: str = "Why?", **more: object) -> Thread:
    return actions.start_thread(
        case.actor(by), case.round, text=text, **{"kind": "question", **more}
    )


def test_words_of_a_clause_are_quoted_by_copying_them(client, case, sign_in):
    sign_in(client, case.people["Lille"])
    form = client.get(address(case, "/new?clause=answer-form"))
    assert "in writing, under <a" in form.text
    posted = client.post(
        address(case, "/new?clause=answer-form"),
        data={"text": "Why?", "kind": "concern", "quote": "in writing, under Article 1"},
    )
    assert posted.status_code == 303
    thread = db.session.query(Thread).one()
    assert (thread.clause_key, thread.kind, thread.part) == ("answer-form", "concern", "text")
    assert thread.quote.startswith("in writing, under")
    assert "Comment 1 is posted." in client.get(posted.headers["Location"]).text


def test_words_that_stand_nowhere_are_refused_and_kept(client, case, sign_in):
    sign_in(client, case.people["Lille"])
    answer = client.post(
        address(case, "/new?clause=answer-form"),
        data={"text": "My long thought", "kind": "concern", "quote": "nowhere in here"},
    )
    assert answer.status_code == 422
    assert "My long thought" in answer.text
    assert "nowhere in here" in answer.text
    assert "aren&#39;t in the clause" in answer.text
    assert db.session.query(Thread).count() == 0


def test_a_comment_on_the_whole_and_on_a_clause(client, case, sign_in):
    sign_in(client, case.people["Lille"])
    for place, subject in (("/new", "agreement"), ("/new?clause=scope", "clause")):
        client.post(address(case, place), data={"text": "Good", "kind": "support"})
        assert db.session.query(Thread).order_by(Thread.number.desc()).first().subject == subject
    assert client.get(address(case, "/new?clause=nowhere")).status_code == 404


def test_an_empty_comment_is_asked_again(client, case, sign_in):
    answer = sign_in(client, case.people["Lille"]).post(
        address(case, "/new"), data={"text": "  ", "kind": "question"}
    )
    assert answer.status_code == 422
    assert "Write what you want to say." in answer.text


def test_after_the_deadline_both_moments_are_named_and_the_text_is_kept(
    client, case, sign_in, clock
):
    sign_in(client, case.people["Lille"])
    clock.set(CLOSES + timedelta(minutes=1))
    answer = client.post(address(case, "/new"), data={"text": "My thought", "kind": "question"})
    assert answer.status_code == 409
    assert "Round 1 closed at 10:00; you pressed at 10:01." in answer.text
    assert "My thought" in answer.text
    assert db.session.query(Thread).count() == 0


def test_a_late_reply_is_kept_too(client, case, sign_in, clock):
    started(case)
    sign_in(client, case.people["Porto"])
    clock.set(CLOSES)
    answer = client.post(address(case, "/1/reply"), data={"text": "My answer"})
    assert answer.status_code == 409
    assert "Round 1 closed at 10:00; you pressed at 10:00." in answer.text
    assert "My answer" in answer.text


def test_a_double_press_posts_once(client, case, sign_in):
    sign_in(client, case.people["Lille"])
    for _ in range(2):
        client.post(
            address(case, "/new"), data={"text": "Once", "kind": "question", "form_key": "abc"}
        )
    assert db.session.query(Thread).count() == 1


def test_the_facilitator_enters_what_a_party_sent(client, case, sign_in):
    sign_in(client, case.facilitator)
    code = case.organisations["Porto"].code
    assert f'value="{code}"' in client.get(address(case, "/new")).text
    data = {"text": "By mail", "kind": "concern", "on_behalf_of": code}
    client.post(address(case, "/new"), data=data)
    assert db.session.query(Thread).one().organisation_id == case.organisations["Porto"].id
    assert "entered by the facilitator" in client.get(address(case, "/1")).text


def test_nobody_else_speaks_for_another(client, case, sign_in):
    sign_in(client, case.people["Lille"])
    assert "Entered for" not in client.get(address(case, "/new")).text
    code = case.organisations["Porto"].code
    answer = client.post(
        address(case, "/new"), data={"text": "x", "kind": "concern", "on_behalf_of": code}
    )
    assert answer.status_code == 422
    assert db.session.query(Thread).count() == 0


def test_a_reply_is_read_in_its_thread(client, case, sign_in):
    started(case)
    sign_in(client, case.people["Porto"])
    answer = client.post(address(case, "/1/reply"), data={"text": "**Because**"})
    assert answer.status_code == 303
    assert "<strong>Because</strong>" in client.get(address(case, "/1")).text


def test_ones_own_words_are_edited_and_taken_back_with_a_trace(client, case, sign_in):
    started(case, text="First words")
    comment = db.session.query(Comment).one().id
    sign_in(client, case.people["Lille"])
    assert "First words" in client.get(address(case, f"/1/edit/{comment}")).text
    client.post(address(case, f"/1/edit/{comment}"), data={"text": "Other words"})
    shown = client.get(address(case, "/1")).text
    assert "Other words" in shown
    assert "edited" in shown
    client.post(address(case, f"/1/retract/{comment}"))
    gone = client.get(address(case, "/1")).text
    assert "Other words" not in gone
    assert "Taken back by its author." in gone


def test_others_neither_edit_nor_take_back(client, case, sign_in):
    started(case)
    comment = db.session.query(Comment).one().id
    sign_in(client, case.people["Porto"])
    assert f"/1/edit/{comment}" not in client.get(address(case, "/1")).text
    assert client.post(address(case, f"/1/edit/{comment}"), data={"text": "x"}).status_code == 403
    assert client.post(address(case, f"/1/retract/{comment}")).status_code == 403


def test_a_thread_is_resolved_and_opened_again(client, case, sign_in):
    started(case)
    sign_in(client, case.people["Lille"])
    client.post(address(case, "/1/resolve"))
    assert db.session.query(Thread).one().resolved_at is not None
    client.post(address(case, "/1/reopen"))
    assert db.session.query(Thread).one().resolved_at is None


def test_the_list_is_narrowed_by_its_address(client, case, sign_in):
    started(case, text="From Lille")
    started(case, by="Porto", text="From Porto", kind="concern")
    sign_in(client, case.people["Tartu"])
    code = case.organisations["Porto"].code
    for query in (f"organisation={code}", "kind=concern"):
        text = client.get(address(case, f"?{query}")).text
        assert "From Porto" in text
        assert "From Lille" not in text
    assert "No comment is like that." in client.get(address(case, "?state=resolved")).text
    assert "From Lille" in client.get(address(case, "?kind=nonsense&clause=nowhere")).text


def test_another_agreements_comment_is_not_found(client, case, sign_in, session):
    other = make_case("Oslo")
    session.commit()
    started(other, by="Oslo", text="Not for you")
    sign_in(client, case.people["Lille"])
    assert client.get(address(case, "/1")).status_code == 404
    assert client.get(address(other, "/1")).status_code == 404
    comment = db.session.query(Comment).one().id
    assert client.post(address(case, f"/1/retract/{comment}")).status_code == 404


def test_the_list_asks_the_database_little(client, case, sign_in, count_statements):
    sign_in(client, case.people["Lille"])
    started(case)

    def asked() -> int:
        with count_statements() as sent:
            client.get(address(case))
        return len(sent)

    asked()
    started(case, text="One more")
    few = asked()
    for number in range(8):
        actions.reply(case.actor("Porto"), started(case, text=f"No. {number}"), text="Yes")
    assert asked() == few <= 12
    # What the page rests on; who signed in and where they stand; the agreement, stamp and round.
    assert asked() == 3


def test_posting_asks_the_database_little(client, case, sign_in, count_statements):
    sign_in(client, case.people["Lille"])
    for number in range(2):
        with count_statements() as sent:
            data = {"text": f"No. {number}", "kind": "question", "form_key": f"key {number}"}
            data["quote"] = "A Hub answers"
            answer = client.post(address(case, "/new?clause=answer-time"), data=data)
        assert answer.status_code == 303
    # Who signed in; the agreement with its round and version. Behind the lock: the round, who
    # still stands where, a number, the thread, the comment, the record, the notices.
    assert len(sent) == 9, sent


def test_a_kept_list_holds_nothing_of_what_another_reader_asked(client, case, sign_in):
    started(case)
    sign_in(client, case.people["Lille"])
    assert "evil" not in client.get(address(case, "?evil=evil")).text
    assert "evil" not in client.get(address(case)).text


def test_a_comment_on_an_amendment_leads_back_to_it(client, case, sign_in):
    step = ops.replace_text(TREE, "answer-time", "A Hub answers at once.")
    draft = amendments.draft_amendment(case.actor("Lille"), case.round, operations=[step])
    amendments.propose_amendment(case.actor("Lille"), draft)
    sign_in(client, case.people["Porto"])
    assert "amendment A1" in client.get(address(case, "/new?amendment=A1")).text
    posted = client.post(
        address(case, "/new?amendment=A1"), data={"text": "Too soon", "kind": "concern"}
    )
    here = f"/agreements/{case.agreement.slug}/amendments/A1"
    assert posted.headers["Location"].startswith(here)
    assert f'href="{here}"' in client.get(address(case)).text
    assert f'href="{here}"' in client.get(address(case, "/1")).text
    assert client.get(address(case, "/new?amendment=A9")).status_code == 404


def test_only_the_author_opens_the_form_and_nobody_after_taking_it_back(
    client, session, case, sign_in
):
    thread = started(case, text="Words of Lille.")
    comment = session.scalars(select(Comment).where(Comment.thread_id == thread.id)).one()
    there = address(case, f"/{thread.number}/edit/{comment.id}")
    assert "Words of Lille." in sign_in(client, case.people["Lille"]).get(there).text
    foreign = sign_in(client, case.people["Porto"]).get(there)
    assert (foreign.status_code, "Words of Lille." in foreign.text) == (403, False)
    actions.retract_comment(case.actor("Lille"), comment)
    for name in ("Lille", "Porto"):
        gone = sign_in(client, case.people[name]).get(there)
        assert gone.status_code in {403, 404}
        assert "Words of Lille." not in gone.text

"""Threads, amendments and answers as Word's comments."""

from datetime import timedelta

from app.actions import comments as talk
from app.domain import anchors
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.models.decisions import Disposition
from app.queries import comments, word_notes
from app.queries.proposed_sets import LeftOut
from app.queries.word_notes import Answers
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import answer, comment, consolidate, propose
from tests.factories.people import START


def test_comments_become_those_of_word(session):
    case = make_case()
    anchor = anchors.anchor(TREE, TREE.version_hash, "answer-time", "text", 0, 5)
    with clock.at(START + timedelta(days=2)):
        thread = talk.start_thread(
            case.actor("Lille"), case.round, kind="concern", text="Too **short**.", anchor=anchor
        )
    with clock.at(START + timedelta(days=3)):
        talk.reply(case.actor("Porto"), thread, text="Not for us.")
    ((key, (note,)),) = word_notes.notes_of(
        TREE, comments.discussions(session, case.agreement.id)
    ).items()
    assert key == "answer-time"
    assert (note.author, note.words) == ("Lille (Person Lille)", "Too short.")
    assert (note.quote, note.part, note.start, note.end) == ("A Hub", "text", 0, 5)
    changed = TREE.replace("answer-time", text="Each Hub answers within 15 days.")
    (other,) = word_notes.notes_of(changed, comments.discussions(session, case.agreement.id))[key]
    assert (other.quote, other.part) == ("A Hub", "")
    assert note.date == "2026-11-04T09:00:00Z"
    assert [(one.author, one.words) for one in note.replies] == [
        ("Porto (Person Porto)", "Not for us.")
    ]


def test_a_comment_on_the_whole_stands_at_the_beginning_and_its_answer_last(session):
    case = make_case()
    thread = comment(case, "Porto", "Is this needed?")
    consolidate(case)
    answer(case, [thread], Outcome.NOTED, "We think *so*.")
    given = {row.thread_id: row for row in session.query(Disposition).all()}
    threads = comments.discussions(session, case.agreement.id)
    found = word_notes.notes_of(TREE, threads, Answers(given, {}))
    (note,) = found["scope"]
    assert note.words == "On the agreement as a whole: Is this needed?"
    assert [(one.author, one.words) for one in note.replies] == [
        ("The facilitator", "Noted. We think so.")
    ]


def test_an_amendment_tells_why_and_where_it_is_not_shown_what_it_wants(session):
    case = make_case()
    row = propose(case, "Lille", ops.delete_clause(TREE, "scope-limit"))
    (note,) = word_notes.of_amendments(TREE, [row])["scope-limit"]
    assert note.words == "Amendment A1.\nBecause."
    assert note.author == "Lille (Person Lille)"
    left = word_notes.left_out(TREE, LeftOut(row, "It collides with A9."))
    assert left["scope-limit"].words == (
        "Amendment A1. It collides with A9.\nThis should go, with all below it."
    )
    joined = word_notes.joined({"scope": (note,)}, {"scope": (note,), "ending": (note,)})
    assert {key: len(held) for key, held in joined.items()} == {"scope": 2, "ending": 1}

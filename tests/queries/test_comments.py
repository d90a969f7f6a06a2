"""Threads as pages show them: who speaks, what is answered, what the filters leave."""

from datetime import timedelta

import pytest

from app.actions import comments as actions
from app.actions import dispositions
from app.domain.lifecycle import Outcome
from app.kernel.errors import NotFound
from app.queries.comments import (
    FACILITATOR,
    Filters,
    discussions,
    get_comment,
    get_discussion,
    how_many,
    speakers,
)
from tests.factories.agreements import Case, make_case
from tests.factories.people import START

DURING = START + timedelta(days=2)


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(DURING)
    made = make_case()
    session.commit()
    return made


def started(case: Case, by: str = "Lille", text: str = "Why?", kind: str = "question"):
    return actions.start_thread(case.actor(by), case.round, text=text, kind=kind)


def answer(case: Case, thread, outcome: Outcome) -> None:
    dispositions.answer_comments(
        case.actor("facilitator"),
        case.round,
        threads=[thread.id],
        outcome=outcome,
        answer="We **will**",
    )


def test_a_thread_says_who_speaks_in_which_colour(session, case, clock):
    thread = started(case)
    clock.go_on(hours=1)
    actions.reply(case.actor("facilitator"), thread, text="Because")
    (found,) = discussions(session, case.agreement.id)
    assert found.who.name == "Lille"
    assert found.who.colour == case.participants["Lille"].colour
    assert found.opening.person == "Person Lille"
    assert [one.who for one in found.replies] == [FACILITATOR]
    assert found.is_open


def test_an_answered_thread_waits_no_longer_but_a_deferred_one_does(session, case):
    thread = started(case)
    answer(case, thread, Outcome.NOTED)
    (found,) = discussions(session, case.agreement.id)
    assert (found.outcome, found.is_open) == ("noted", False)
    assert "<strong>will</strong>" in found.answer
    answer(case, thread, Outcome.DEFERRED)
    assert get_discussion(session, case.agreement.id, 1).is_open


def test_taken_back_words_are_not_read_anywhere(session, case):
    thread = started(case, text="Secret")
    (found,) = discussions(session, case.agreement.id)
    actions.retract_comment(case.actor("Lille"), found.opening.row)
    (again,) = discussions(session, case.agreement.id)
    assert again.opening.is_retracted
    assert "Secret" not in again.opening.html + again.opening.words
    assert again.number == thread.number


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(), 3),
        (Filters(kind="concern"), 1),
        (Filters(state="open"), 2),
        (Filters(state="resolved"), 1),
        (Filters(state="unanswered"), 2),
        (Filters(state="answered"), 1),
        (Filters(organisation="zzz"), 0),
        (Filters(clauses=frozenset({"scope"})), 0),
        (Filters(number=2), 1),
    ],
)
def test_filters_narrow(session, case, filters, left):
    actions.resolve_thread(case.actor("Lille"), started(case), resolved=True)
    second = started(case, by="Porto", kind="concern")
    answer(case, second, Outcome.NOTED)
    started(case)
    assert how_many(session, case.agreement.id, filters) == left
    assert len(discussions(session, case.agreement.id, filters)) == left


def test_an_organisation_is_found_by_its_code_in_any_case(session, case):
    started(case)
    code = case.organisations["Lille"].code.lower()
    assert how_many(session, case.agreement.id, Filters(organisation=code)) == 1


def test_pages_of_a_list_follow_each_other(session, case):
    for number in range(3):
        started(case, text=f"No. {number}")
    numbers = [
        found.number
        for skip in range(3)
        for found in discussions(session, case.agreement.id, limit=1, skip=skip)
    ]
    assert numbers == [1, 2, 3]


def test_what_is_not_there_is_not_found(session, case):
    other = make_case("Oslo")
    session.commit()
    thread = started(case)
    comment = get_discussion(session, case.agreement.id, 1).opening.row
    with pytest.raises(NotFound):
        get_discussion(session, other.agreement.id, thread.number)
    with pytest.raises(NotFound):
        get_comment(session, other.agreement.id, comment.id)
    assert get_comment(session, case.agreement.id, comment.id).id == comment.id


def test_everybody_who_took_part_is_a_speaker(session, case):
    case.participants["Porto"].left_at = DURING
    session.flush()
    names = {one.name for one in speakers(session, case.agreement.id).values()}
    assert names == {"Lille", "Porto", "Tartu"}

"""Which numbers name a contribution of an agreement."""

import pytest
from sqlalchemy import select

from app.actions import comments
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.models.comments import Thread
from app.queries import answers, consolidations
from tests.factories.agreements import make_case
from tests.factories.contributions import DURING, comment
from tests.factories.people import START


def test_every_outcome_has_a_word():
    assert set(answers.WORDS) == set(Outcome)


@pytest.mark.parametrize("said", ["", "C", "A", "1", "C0", "C99", "C²", "A1", "C" + "1" * 30])
def test_only_what_is_there_is_a_contribution(session, said):
    case = make_case()
    with clock.at(START):
        thread = comments.start_thread(
            case.actor("Lille"), case.round, text="Why?", kind="question"
        )
    assert answers.is_contribution(session, case.agreement.id, f"C{thread.number}")
    assert not answers.is_contribution(session, case.agreement.id, said)


def test_a_comment_taken_back_waits_for_no_answer(session):
    case = make_case()
    gone, stays = comment(case), comment(case, "Porto")
    for thread in (gone, stays):
        session.refresh(thread, ["comments"])
    gone_words, stays_words = gone.comments[0], stays.comments[0]
    with clock.at(DURING):
        comments.retract_comment(case.actor("Tartu"), gone_words)
        comments.retract_comment(case.actor("Porto"), stays_words)
        comments.reply(case.actor("Lille"), stays, text="Indeed.")
    assert session.scalars(select(Thread).where(answers.is_said())).all() == [stays]
    assert consolidations.unanswered(session, case.round) == 1

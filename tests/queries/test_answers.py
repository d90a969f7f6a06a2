"""Which numbers name a contribution of an agreement."""

import pytest

from app.actions import comments
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.queries import answers
from tests.factories.agreements import make_case
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

"""Saved answers are found by title, within their agreement."""

import pytest

from app.actions import saved_answers as actions
from app.kernel.errors import NotFound
from app.queries import saved_answers
from tests.factories.agreements import make_case


def test_they_stand_by_title_and_belong_to_one_agreement(session):
    case, other = make_case(), make_case("Bilbao")
    kept = [
        actions.keep_answer(case.actor("facilitator"), case.agreement, title=title, text="x")
        for title in ("Later", "Agreed")
    ]
    found = saved_answers.saved_answers_of(case.agreement.id)
    assert [row.title for row in found] == ["Agreed", "Later"]
    assert saved_answers.get_saved_answer(case.agreement.id, kept[0].id) == kept[0]
    with pytest.raises(NotFound):
        saved_answers.get_saved_answer(other.agreement.id, kept[0].id)

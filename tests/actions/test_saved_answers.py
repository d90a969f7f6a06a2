"""Answers kept for use again: by the facilitators of one agreement, each under its own title."""

import pytest
from sqlalchemy import select

from app.actions import saved_answers as actions
from app.domain.lifecycle import AgreementState
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.desk import SavedAnswer
from tests.factories.agreements import make_case


def keep(case, title="Not this round", text="Left for round 2.", who="facilitator"):
    return actions.keep_answer(case.actor(who), case.agreement, title=title, text=text)


def test_an_answer_is_kept_changed_and_deleted(session):
    case = make_case()
    row = keep(case, "  Not   this round ", " Dear {organisation}, later. ")
    assert (row.title, row.text) == ("Not this round", "Dear {organisation}, later.")
    sofie = case.actor("facilitator")
    actions.change_saved_answer(sofie, row, title="Later", text="Later.", seen=1)
    assert (row.title, row.text) == ("Later", "Later.")
    with pytest.raises(Conflict, match="changed “Later” meanwhile"):
        actions.change_saved_answer(sofie, row, title="Mine", text="Mine.", seen=1)
    actions.delete_saved_answer(sofie, row)
    assert session.scalars(select(SavedAnswer)).all() == []


def test_a_title_is_taken_once_in_an_agreement(session):
    case, other = make_case(), make_case("Bilbao")
    row = keep(case)
    keep(other)
    second = keep(case, "Another")
    with pytest.raises(Invalid, match="has this title"):
        keep(case)
    sofie = case.actor("facilitator")
    with pytest.raises(Invalid, match="has this title"):
        actions.change_saved_answer(sofie, second, title=row.title, text="x", seen=1)
    actions.change_saved_answer(sofie, row, title=row.title, text="x", seen=1)


@pytest.mark.parametrize(("title", "text", "field"), [(" ", "x", "title"), ("x", " ", "text")])
def test_an_empty_one_is_not_kept(session, title, text, field):
    with pytest.raises(Invalid) as refused:
        keep(make_case(), title, text)
    assert refused.value.field == field
    assert session.scalars(select(SavedAnswer)).all() == []


def test_the_library_has_an_end(session, monkeypatch):
    monkeypatch.setattr(actions, "MOST", 2)
    case = make_case()
    keep(case, "One")
    keep(case, "Two")
    with pytest.raises(Invalid, match=r"2 answers are kept\. Delete one first."):
        keep(case, "Three")


def test_others_keep_nothing_and_nothing_is_kept_after_the_end(session):
    case = make_case()
    row = keep(case)
    for refused in (
        lambda: keep(case, "Mine", who="Lille"),
        lambda: actions.delete_saved_answer(case.actor("Lille"), row),
    ):
        with pytest.raises(NotAllowed):
            refused()
    case.agreement.state = AgreementState.ABANDONED
    session.commit()
    with pytest.raises(WrongMoment):
        keep(case, "Late")

"""Several contributions at once, in a browser without script: answer, undo, assign, group."""

import pytest
from sqlalchemy import select

from app.access.actor import Role
from app.domain.lifecycle import AmendmentState, Outcome
from app.models.agreements import Seat
from app.models.amendments import AmendmentRow
from app.models.decisions import Disposition
from app.models.desk import DeskMark
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, answer, comment, consolidate, reword
from tests.factories.people import make_user, make_workspace


@pytest.fixture
def case(session, client, sign_in, clock):
    make_workspace()
    made = make_case()
    sign_in(client, made.facilitator)
    made.desk = f"/agreements/{made.agreement.slug}/desk"
    clock.set(AFTER)
    return made


def sent(*rows, outcome="accepted", **more) -> dict:
    return {
        "item": [str(row.id) for row in rows],
        "outcome": outcome,
        "answer": "Twenty, then.",
        **{f"seen-{row.id}": "0" for row in rows},
        **more,
    }


def test_several_are_looked_at_before_they_are_answered(case, client, session):
    threads = [comment(case, name, "Twenty days.") for name in ("Lille", "Porto", "Tartu")]
    assert client.get(f"{case.desk}?pick=all").text.count(" checked") == 3
    here = f"{case.desk}/answers?kind=concern"
    looked = client.post(here, data=sent(*threads[:2]))
    assert looked.status_code == 200
    assert "Accepted: 2 contributions" in looked.text and "Give 2 this answer" in looked.text
    assert session.scalars(select(Disposition)).all() == []
    done = client.post(here, data=sent(*threads[:2], sure="yes"))
    assert done.status_code == 303
    assert done.location.endswith("/desk?kind=concern&kept=C1.C2#row-C3")
    held = session.scalars(select(Disposition)).all()
    assert {(row.thread_id, row.outcome, row.answer) for row in held} == {
        (thread.id, "accepted", "Twenty, then.") for thread in threads[:2]
    }
    shown = client.get(done.location).text
    assert "Answered: C1, C2." in shown and 'id="row-C1"' in shown and "Twenty, then." in shown


def test_one_is_answered_at_once(case, client, session):
    thread = comment(case)
    assert client.post(f"{case.desk}/answers", data=sent(thread)).status_code == 303
    assert session.scalars(select(Disposition)).one().thread_id == thread.id


@pytest.mark.parametrize(
    ("given", "status", "sentence"),
    [
        ({"outcome": "noted"}, 422, "Select the contributions that get this answer."),
        ({"outcome": "noted", "item": "nonsense"}, 422, "Select the contributions"),
        (
            {"outcome": "noted", "item": "00000000-0000-0000-0000-000000000001"},
            409,
            "These contributions are not part of this round any more. Nothing was changed.",
        ),
        ({"outcome": "rejected", "item": "MINE"}, 422, "Give the reason"),
        ({"outcome": "duplicate_of", "item": "MINE"}, 422, "Name the contribution this repeats"),
        ({"outcome": "nonsense", "item": "MINE", "answer": "x"}, 422, "Not a valid choice"),
        ({"outcome": "nonsense", "item": "MINE", "sure": "yes"}, 422, "Not a valid choice"),
        ({"outcome": "", "item": "MINE", "answer": "x"}, 422, "Choose an answer."),
    ],
)
def test_what_can_not_be_answered_keeps_what_was_typed(
    case, client, session, given, status, sentence
):
    thread = comment(case)
    data = {name: str(thread.id) if value == "MINE" else value for name, value in given.items()}
    refused = client.post(f"{case.desk}/answers", data=data)
    assert refused.status_code == status
    assert sentence in refused.text
    if given.get("item") == "MINE":
        assert refused.text.count(" checked") == 1
    assert session.scalars(select(Disposition)).all() == []


def test_a_colleagues_answer_is_not_overwritten(case, client, session):
    thread = comment(case)
    answer(case, [thread], Outcome.NOTED, "Theirs.")
    refused = client.post(f"{case.desk}/answers", data=sent(thread))
    assert refused.status_code == 409
    assert "Sofie Maes answered C1 meanwhile: noted. Theirs." in refused.text
    assert "Twenty, then.</textarea>" in refused.text


def test_a_stale_choice_is_shown_and_left_out(case, client, session):
    first, second = comment(case), comment(case, "Porto")
    answer(case, [first], Outcome.NOTED, "Theirs.")
    looked = client.post(f"{case.desk}/answers", data=sent(first, second))
    assert "Sofie Maes answered it meanwhile: noted. Theirs." in looked.text
    done = client.post(f"{case.desk}/answers", data=sent(first, second, sure="yes"))
    assert done.status_code == 303
    page = client.get(done.location).text
    assert "Answered: C2." in page
    assert "C1 stays as it is: Sofie Maes answered C1 meanwhile" in page
    held = {row.thread_id: row.answer for row in session.scalars(select(Disposition))}
    assert held == {first.id: "Theirs.", second.id: "Twenty, then."}


def test_amendments_are_answered_with_comments_and_collisions_said_first(case, client, session):
    thread = comment(case)
    rows = [reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "30")]
    here = f"{case.desk}/answers"
    early = client.post(here, data=sent(thread, *rows)).text
    assert early.count("Amendments are decided during consolidation.") == 2
    assert "Accepted: 1 contribution" in early
    consolidate(case)
    looked = client.post(here, data=sent(thread, *rows)).text
    assert "1 comment and 2 amendments" in looked
    assert "A1 and A2 can’t all stand" in looked
    client.post(here, data=sent(thread, *rows, sure="yes"))
    states = session.scalars(select(AmendmentRow.state)).all()
    assert states == [AmendmentState.ACCEPTED] * 2


def test_a_reason_that_lacks_is_asked_for_on_the_page_before(case, client):
    threads = [comment(case), comment(case, "Porto")]
    data = sent(*threads, outcome="rejected", sure="yes", answer=" ")
    refused = client.post(f"{case.desk}/answers", data=data)
    assert refused.status_code == 422
    assert "Give the reason" in refused.text and "Give 2 this answer" in refused.text


def test_a_saved_answer_is_filled_for_each(case, client, session):
    words = "{organisation} is right ({number})."
    client.post(f"{case.desk}/saved", data={"title": "Thanks", "text": words})
    threads = [comment(case, "Lille"), comment(case, "Porto")]
    page = client.get(case.desk).text
    id_ = page.partition('data-text="')[0].rpartition('<option value="')[2].partition('"')[0]
    data = sent(*threads, answer="", saved=id_)
    looked = client.post(f"{case.desk}/answers", data=data).text
    assert "C1 reads: “Lille is right (C1).”" in looked
    client.post(f"{case.desk}/answers", data=sent(*threads, answer=words, sure="yes"))
    held = {row.answer for row in session.scalars(select(Disposition))}
    assert held == {"Lille is right (C1).", "Porto is right (C2)."}


def test_the_last_answer_is_undone_from_the_list_and_one_from_its_page(case, client, session):
    threads = [comment(case), comment(case, "Porto")]
    client.post(f"{case.desk}/answers", data=sent(*threads, sure="yes"))
    own = client.get(f"{case.desk}/comments/1").text
    assert "Undo this answer" in own
    data = {"number": "1", "only": str(threads[0].id)}
    assert client.post(f"{case.desk}/undo", data=data).status_code == 303
    assert session.scalars(select(Disposition)).one().thread_id == threads[1].id
    unknown = client.post(f"{case.desk}/undo", data={"number": "9" * 30})
    assert unknown.status_code == 422
    done = client.post(f"{case.desk}/undo")
    assert "Taken back: C2." in client.get(done.location).text
    refused = client.post(f"{case.desk}/undo")
    assert refused.status_code == 422
    assert "There is no answer of yours to undo in this round." in refused.text


def test_contributions_are_assigned_and_the_list_narrows_to_mine(case, client, session):
    jan = make_user("Jan Novák")
    session.add(Seat(agreement_id=case.agreement.id, user_id=jan.id, role=Role.FACILITATOR))
    session.commit()
    first, second = comment(case, "Lille", "One."), comment(case, "Porto", "Two.")
    done = client.post(
        f"{case.desk}/assign", data={"item": str(first.id), "to": str(case.facilitator.id)}
    )
    assert "Sofie Maes answers 1 contribution." in client.get(done.location).text
    client.post(f"{case.desk}/assign", data={"item": str(second.id), "to": str(jan.id)})
    mine = client.get(f"{case.desk}?assigned=mine").text
    assert "One." in mine and "Two." not in mine
    assert "for Jan Novák" in client.get(f"{case.desk}?assigned={jan.id}").text
    assert "Nothing here is like that" in client.get(f"{case.desk}?assigned=nobody").text
    client.post(f"{case.desk}/assign", data={"item": str(second.id), "to": ""})
    assert "Two." in client.get(f"{case.desk}?assigned=nobody").text
    lille = {"item": str(first.id), "to": str(case.people["Lille"].id)}
    assert client.post(f"{case.desk}/assign", data=lille).status_code == 422


def test_contributions_are_grouped_and_ungrouped(case, client, session):
    first, second = comment(case, "Lille", "Budget."), comment(case, "Porto", "Travel.")
    ids = [str(first.id), str(second.id)]
    client.post(f"{case.desk}/group", data={"item": ids})
    assert "2 go together" in client.get(case.desk).text
    together = f"{case.desk}?group=C1&show=all&pick=open"
    assert client.get(together).text.count(" checked") == 2
    answer(case, [first])
    assert client.get(together).text.count(" checked") == 1
    client.post(f"{case.desk}/separate", data={"group": "C1"})
    assert "go together" not in client.get(case.desk).text
    refused = client.post(f"{case.desk}/group", data={"item": ids[0], "head": "C9"})
    assert refused.status_code == 422 and "There is no C9 on this desk." in refused.text
    assert {row.goes_with for row in session.scalars(select(DeskMark))} == {""}


@pytest.mark.parametrize("path", ["answers", "undo", "assign", "group", "separate", "saved"])
def test_others_change_nothing(case, client, sign_in, path):
    comment(case)
    stranger = sign_in(client, case.people["Lille"])
    assert stranger.post(f"{case.desk}/{path}").status_code == 403

"""Stances in pages: said beside a clause, seen by whom they are for."""

from datetime import timedelta

import pytest

from app.actions.comments import start_thread
from app.actions.stances import take_stance
from app.domain.anchors import anchor
from app.models.base import db
from app.models.stances import Stance
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


@pytest.fixture
def place(case) -> str:
    return f"/agreements/{case.agreement.slug}"


def take(case: Case, who: str, value: int, reason: str = "", clause: str = "answer-time") -> None:
    take_stance(case.actor(who), case.round, clause=clause, value=value, reason=reason)


def test_a_stance_is_said_changed_and_taken_back_without_script(client, case, sign_in, place):
    sign_in(client, case.people["Lille"])
    form = client.get(f"{place}/stances/answer-time").text
    assert "Where Lille stands on Article 2.1" in form
    answer = client.post(
        f"{place}/stances/answer-time", data={"value": "-2", "reason": "No staff for it."}
    )
    assert answer.status_code == 303
    assert answer.location.endswith(f"{place}#c-answer-time")
    page = client.get(place).text
    assert "Lille: Can&#39;t live with it" in page
    assert "is-red-line" in page
    assert "No staff for it." in client.get(f"{place}/stances").text
    client.post(f"{place}/stances/answer-time", data={"value": "1"})
    assert "Lille: Supports it" in client.get(place).text
    client.post(f"{place}/stances/answer-time", data={"drop": "1"})
    assert db.session.query(Stance).count() == 0
    assert "Lille: Supports it" not in client.get(place).text


def test_what_was_typed_is_kept_where_nothing_was_chosen(client, case, sign_in, place):
    sign_in(client, case.people["Lille"])
    answer = client.post(f"{place}/stances/answer-time", data={"reason": "No staff for it."})
    assert answer.status_code == 422
    assert "Choose where you stand." in answer.text
    assert "No staff for it." in answer.text


def test_after_the_deadline_the_form_says_so_and_keeps_the_words(
    client, case, sign_in, place, clock
):
    sign_in(client, case.people["Lille"])
    clock.set(CLOSES)
    answer = client.post(
        f"{place}/stances/answer-time", data={"value": "-2", "reason": "No staff for it."}
    )
    assert answer.status_code == 409
    assert "The round is closed" in answer.text
    assert "No staff for it." in answer.text
    assert "<textarea" not in client.get(f"{place}/stances/answer-time").text


def test_no_other_organisation_learns_of_a_stance_while_the_round_is_open(
    client, case, sign_in, place
):
    take(case, "Lille", -2, "canary-of-lille")
    sign_in(client, case.people["Porto"])
    pages = ["", "/stances", "/stances/answer-time", "/activity", "/activity.jsonl", "/comments"]
    for page in pages:
        text = client.get(place + page).text
        assert "canary-of-lille" not in text
        assert "is-red-line" not in text
        assert "stance:taken" not in text
        assert "Lille said where it stands" not in text
    sign_in(client, case.people["Lille"])
    assert "canary-of-lille" in client.get(f"{place}/stances").text


def test_the_facilitator_sees_who_stands_where_and_the_spread_beside_the_clause(
    client, case, sign_in, place
):
    take(case, "Lille", -2, "No staff for it.")
    take(case, "Porto", 2)
    take(case, "Tartu", -2, clause="ending")
    sign_in(client, case.facilitator)
    listed = client.get(f"{place}/stances").text
    assert "No staff for it." in listed
    assert "Porto" in listed
    assert "<b>1</b> Can&#39;t live with it" in listed
    text = client.get(place).text
    assert 'class="spread"' in text
    assert "one red line" in text
    by_text, by_quarrel = (
        client.get(f"{place}/stances{order}").text for order in ("", "?order=contested")
    )
    assert by_text.index("s-answer-time") < by_text.index("s-ending")
    assert by_quarrel.index("s-answer-time") < by_quarrel.index("s-ending")


def test_once_the_round_is_closed_everybody_reads_numbers_without_names(
    client, case, sign_in, place, clock
):
    take(case, "Lille", -2, "canary-of-lille")
    take(case, "Tartu", 1, "canary-of-tartu")
    sign_in(client, case.people["Porto"])
    for page in ("/stances", "/rounds/1/report"):
        assert "<b>1</b>" not in client.get(place + page).text
    clock.set(CLOSES)
    for page in ("/stances", "/rounds/1/report"):
        listed = client.get(place + page).text
        assert "<b>1</b> Can&#39;t live with it" in listed
        assert "canary" not in listed


def test_who_takes_no_part_finds_nothing(client, case, sign_in, place):
    from_elsewhere = make_case("Oslo")
    db.session.commit()
    sign_in(client, from_elsewhere.people["Oslo"])
    for page in ("/stances", "/stances/answer-time"):
        assert client.get(place + page).status_code == 404
    sign_in(client, case.people["Lille"])
    assert client.get(f"{place}/stances/no-such-clause").status_code == 404
    answer = client.post(f"{place}/stances/no-such-clause", data={"value": "1"})
    assert answer.status_code == 404


def test_the_desk_shows_who_stands_where_beside_what_is_decided(client, case, sign_in, place):
    take(case, "Lille", -2, "No staff for it.")
    start_thread(
        case.actor("Porto"),
        case.round,
        text="Too short.",
        kind="concern",
        anchor=anchor(TREE, "1", "answer-time"),
    )
    sign_in(client, case.facilitator)
    answer = client.get(f"{place}/desk/comments/1").text
    clause = client.get(f"{place}/desk/consolidate/answer-time").text
    for page in (answer, clause):
        assert "Where all stand on Article 2.1" in page
        assert "No staff for it." in page

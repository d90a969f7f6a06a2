"""The page of rounds: opening, extending, and what follows the deadline."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.lifecycle import AgreementState
from app.kernel.errors import Invalid
from app.models.base import db
from app.models.rounds import Round
from app.web.forms.rounds import in_zone
from tests.factories.agreements import Case, make_case
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
    return f"/agreements/{case.agreement.slug}/rounds{rest}"


def test_everybody_sees_the_rounds_and_only_the_facilitator_the_forms(client, case, sign_in):
    text = sign_in(client, case.people["Lille"]).get(address(case)).text
    assert "Round 1" in text
    assert "Move the deadline" not in text
    assert "Move the deadline" in sign_in(client, case.facilitator).get(address(case)).text


def test_a_deadline_is_a_local_time_of_the_agreement(client, case, sign_in):
    sign_in(client, case.facilitator)
    answer = client.post(address(case, "/extend"), data={"closes_at": "2026-12-04T18:00"})
    assert answer.status_code == 303
    db.session.expire_all()
    assert db.session.query(Round).one().closes_at == datetime(2026, 12, 4, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "soon", "2026-11-03T10:00"])
def test_a_deadline_that_says_nothing_or_is_earlier_is_refused(client, case, sign_in, typed):
    answer = sign_in(client, case.facilitator).post(
        address(case, "/extend"), data={"closes_at": typed}
    )
    assert answer.status_code == 422
    db.session.expire_all()
    assert db.session.query(Round).one().closes_at == CLOSES


def test_nobody_else_moves_a_deadline(client, case, sign_in):
    answer = sign_in(client, case.people["Lille"]).post(
        address(case, "/extend"), data={"closes_at": "2026-12-24T18:00"}
    )
    assert answer.status_code == 403
    db.session.expire_all()
    assert db.session.query(Round).one().closes_at == CLOSES


def test_a_round_is_opened_when_a_version_is_out(client, case, sign_in, session):
    case.agreement.state = AgreementState.PUBLISHED
    case.round.settled_at = DURING
    session.commit()
    sign_in(client, case.facilitator)
    answer = client.post(
        address(case, "/open"),
        data={"closes_at": "2026-12-24T18:00", "question": "Can you sign it?"},
    )
    assert answer.status_code == 303
    assert db.session.query(Round).filter_by(number=2).one().question == "Can you sign it?"
    assert "Can you sign it?" in client.get(f"/agreements/{case.agreement.slug}").text


def test_voting_or_consolidation_begin_only_after_the_deadline(client, case, sign_in, clock):
    sign_in(client, case.facilitator)
    assert "Begin voting" not in client.get(address(case)).text
    assert client.post(address(case, "/voting")).status_code == 409
    clock.set(CLOSES)
    assert "Begin voting" in client.get(address(case)).text
    assert client.post(address(case, "/voting")).status_code == 303
    assert client.post(address(case, "/consolidation")).status_code == 303
    db.session.refresh(case.agreement)
    assert case.agreement.state == AgreementState.CONSOLIDATION


def test_before_the_first_round_the_page_says_who_opens_it(client, case, sign_in, session):
    session.delete(case.round)
    session.commit()
    text = sign_in(client, case.people["Lille"]).get(address(case)).text
    assert "Nothing is open for comments." in text


def test_an_hour_that_the_clocks_skip_is_refused():
    with pytest.raises(Invalid):
        in_zone(datetime(2026, 3, 29, 2, 30), "Europe/Brussels")


def test_of_an_hour_that_comes_twice_the_first_counts():
    moment = in_zone(datetime(2026, 10, 25, 2, 30), "Europe/Brussels")
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

"""The view of all amendments, narrowed."""

from datetime import timedelta

import pytest

from app.domain.lifecycle import AmendmentState
from app.models.amendments import AmendmentRow
from app.models.base import db
from app.queries.narrowing import Narrowed
from app.queries.reading_room import reading_of
from tests.factories.agreements import Case, make_case
from tests.factories.amendments import make_amendment, rewording
from tests.factories.people import START


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(START + timedelta(days=2))
    made = make_case()
    session.commit()
    first = make_amendment(made, "Lille", rewording(made, "answer-time", "15", "20"))
    make_amendment(made, "Porto", rewording(made, "answer-time", "15", "10"))
    make_amendment(made, "Porto", rewording(made, "scope-aim", "across", "beyond"))
    make_amendment(made, "facilitator", rewording(made, "ending", "three", "six"))
    make_amendment(made, "Tartu", rewording(made, "answer-time", "20", "21", of=first), to=first)
    return made


def code(case: Case, name: str) -> str:
    return case.organisations[name].code


def shown(case: Case, view: str = "all", **asked: str) -> list[str]:
    reading = reading_of(case.actor("Lille"), case.agreement, view, Narrowed(**asked))
    return [one.label for one in reading.proposals]


def test_every_narrowing_takes_what_it_names_alone(case):
    assert shown(case) == ["A1", "A2", "A3", "A4", "A1.1"]
    assert shown(case, organisation=code(case, "Porto")) == ["A2", "A3"]
    assert shown(case, organisation="facilitator") == ["A4"]
    assert shown(case, clause="answers") == ["A1", "A2", "A1.1"]
    assert shown(case, clause="answers", organisation=code(case, "Porto")) == ["A2"]
    assert shown(case, state="accepted") == []
    db.session.query(AmendmentRow).filter_by(label="A3").one().state = AmendmentState.ACCEPTED
    db.session.commit()
    assert shown(case, state="accepted") == ["A3"]


def test_what_a_wanted_one_amends_comes_along(case):
    assert shown(case, organisation=code(case, "Tartu")) == ["A1", "A1.1"]


def test_the_other_views_are_never_narrowed(case):
    assert len(shown(case, "stands", organisation=code(case, "Porto"))) == 5


def test_a_rival_that_is_not_shown_is_still_named(case):
    reading = reading_of(
        case.actor("Lille"), case.agreement, "all", Narrowed(organisation=code(case, "Porto"))
    )
    assert "A1" in reading.proposals[0].competes
    assert reading.contested == {"answer-time"}
    assert {one.code for one in reading.choices.speakers} == {
        *(one.code for one in case.organisations.values()),
        "",
    }
    assert reading.choices.total == 5

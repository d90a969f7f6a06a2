"""Whom one may mention in an agreement."""

from datetime import timedelta

import pytest

from app.queries.mentions import mentionable, mentioned_in
from tests.factories.agreements import Case, make_case
from tests.factories.people import START, make_organisation, make_user


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(START + timedelta(days=2))
    made = make_case("Lille", "Porto")
    session.commit()
    return made


def test_who_takes_part_can_be_mentioned_and_nobody_else(case, session):
    make_user("Passer By", of=make_organisation("Oslo"))
    session.commit()
    names = [target.name for target in mentionable(session, case.agreement.id)]
    assert names == ["Lille", "Porto", "Person Lille", "Person Porto", "Sofie Maes"]


def test_no_mention_reaches_beyond_its_audience(case, session):
    lille = case.organisations["Lille"].id
    text = "@Lille, @Porto, @Person Porto, @Sofie Maes and @Person Lille"
    found = mentioned_in(session, case.agreement.id, text, lille)
    assert [one.target.name for one in found] == ["Lille", "Person Lille"]


def test_who_left_is_mentioned_no_more(case, session):
    case.participants["Porto"].left_at = START
    session.commit()
    names = [target.name for target in mentionable(session, case.agreement.id)]
    assert names == ["Lille", "Person Lille", "Sofie Maes"]


def test_a_text_without_an_at_asks_nothing(case, session, count_statements):
    with count_statements() as sent:
        assert mentioned_in(session, case.agreement.id, "Lille, Porto") == ()
    assert not sent

"""Who takes part, as a page shows it."""

import pytest

from app.domain.lifecycle import AgreementState
from app.kernel.errors import NotFound
from app.models.base import db
from app.queries import participants
from tests.factories.agreements import add_party, make_case
from tests.factories.people import START, make_organisation, make_user


@pytest.fixture
def case(session):
    return make_case("Lille", "Porto", state=AgreementState.DRAFTING)


def test_a_line_says_what_its_organisation_still_lacks(case):
    case.organisations["Lille"].seat = " "
    case.participants["Porto"].details_confirmed_at = START
    add_party(case, "Tartu", kind="observer")
    db.session.commit()
    company = participants.company_of(case.actor("facilitator"), case.agreement)
    lille, porto, tartu = company.lines
    assert (lille.missing, lille.unseated) == (("seat",), ())
    assert porto.confirmed_at == START
    assert (tartu.kind, tartu.unseated) == ("observer", ())
    assert company.parties == 2
    assert company.unready == (lille,)
    assert company.facilitators == ("Sofie Maes",)


def test_people_and_others_are_told_to_those_who_give_seats(case):
    make_user("Luc Petit", of=case.organisations["Lille"])
    make_organisation("Brno", "BRN", "CZ")
    company = participants.company_of(case.actor("facilitator"), case.agreement)
    assert {person.name for person in company.lines[0].people} == {"Luc Petit", "Person Lille"}
    assert "Brno (BRN)" in {words for _, words in company.others}
    seen = participants.company_of(case.actor("Porto"), case.agreement)
    assert seen.others == ()
    assert all(line.people == () and not line.may_give for line in seen.lines)
    assert [line.is_mine for line in seen.lines] == [False, True]


def test_who_left_is_no_participant(case):
    lille = case.participants["Lille"]
    assert participants.get_participant(case.agreement, lille.id).id == lille.id
    lille.left_at = START
    db.session.commit()
    with pytest.raises(NotFound):
        participants.get_participant(case.agreement, lille.id)
    other = make_case("Graz")
    with pytest.raises(NotFound):
        participants.get_participant(case.agreement, other.participants["Graz"].id)


def test_a_role_that_one_party_has_answers_its_blanks(case):
    case.participants["Lille"].role = "coordinator"
    case.participants["Porto"].role = "partner"
    case.organisations["Lille"].register_number = ""
    add_party(case, "Tartu").role = "partner"
    db.session.commit()
    known = participants.known_answers(case.agreement.id)
    assert known == {
        "coordinator.name": "Lille",
        "coordinator.seat": "1 Main Square, Lille",
        "coordinator.representative": "Director of Lille",
    }

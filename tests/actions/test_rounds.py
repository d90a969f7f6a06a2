from datetime import timedelta

import pytest

from app.actions import rounds
from app.domain.lifecycle import AgreementState
from app.kernel import clock
from app.kernel.errors import Invalid, NotAllowed, WrongMoment
from app.models.agreements import Agreement, Draft, Seat
from app.models.base import db
from app.queries.people import actor_of
from app.queries.versions import tree_by_id
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START, make_organisation, make_user

AFTER = START + timedelta(days=30)


def make_drafting() -> tuple[Agreement, object]:
    person = make_user("Sofie Maes", of=make_organisation("Ghent"))
    agreement = Agreement(slug="draft", title="T", created_at=START, created_by=person.id)
    db.session.add(agreement)
    db.session.flush()
    db.session.add_all(
        (
            Seat(agreement_id=agreement.id, user_id=person.id, role="facilitator"),
            Draft(
                agreement_id=agreement.id,
                tree=TREE.to_json(),
                beside={"guidance": {"scope": "Why."}},
                provenance={},
                edited_at=START,
            ),
        )
    )
    db.session.commit()
    return agreement, actor_of(db.session(), person.id)


def test_the_first_round_makes_version_one_of_the_draft(session):
    agreement, facilitator = make_drafting()
    with clock.at(START):
        opened = rounds.open_round(facilitator, agreement, closes_at=AFTER)

    assert (opened.number, opened.opens_at, opened.closes_at) == (1, START, AFTER)
    assert agreement.state == AgreementState.CONSULTATION
    assert tree_by_id(session, opened.version_id) == TREE
    with clock.at(START), pytest.raises(WrongMoment):
        rounds.open_round(facilitator, agreement, closes_at=AFTER)


def test_a_deadline_lies_ahead_and_only_moves_later_while_it_has_not_passed(session):
    agreement, facilitator = make_drafting()
    with clock.at(START):
        with pytest.raises(Invalid):
            rounds.open_round(facilitator, agreement, closes_at=START)
        opened = rounds.open_round(facilitator, agreement, closes_at=AFTER)
        with pytest.raises(Invalid):
            rounds.extend_round(facilitator, opened, closes_at=AFTER)
        later = AFTER + timedelta(days=1)
        assert rounds.extend_round(facilitator, opened, closes_at=later).closes_at == later
    with clock.at(later), pytest.raises(WrongMoment):
        rounds.extend_round(facilitator, opened, closes_at=later + timedelta(days=1))


def test_what_follows_a_round_waits_for_its_deadline(session):
    case = make_case()
    facilitator = case.actor("facilitator")
    with clock.at(AFTER - timedelta(seconds=1)), pytest.raises(WrongMoment):
        rounds.begin_voting(facilitator, case.round)
    with clock.at(AFTER):
        with pytest.raises(NotAllowed):
            rounds.begin_voting(case.actor("Lille"), case.round)
        rounds.begin_voting(facilitator, case.round)
        assert case.agreement.state == AgreementState.VOTING
        rounds.begin_consolidation(facilitator, case.round)
        assert case.agreement.state == AgreementState.CONSOLIDATION

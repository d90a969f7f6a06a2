"""What a change is written on, and what an earlier one begins it with."""

import uuid

import pytest

from app.actions import amendments as act
from app.domain import operations as ops
from app.kernel.errors import NotFound, WrongMoment
from app.models.clauses import new_version
from app.queries import amendment_grounds as grounds
from tests.factories.agreements import TREE, make_case
from tests.factories.amendments import make_amendment, make_draft, rewording
from tests.factories.people import START, make_workspace

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")
DAYS_30 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 30 working days.")


@pytest.fixture
def case(session, clock):
    make_workspace()
    case = make_case()
    session.commit()
    return case


def test_the_text_of_the_round_with_its_labels(case):
    ground = grounds.for_round(case.agreement)
    assert ground.base == TREE
    assert ground.names["answer-time"].full == "Article 2.1"
    assert ground.stamp == TREE.version_hash[:12]
    assert ground.row_version == 0
    with pytest.raises(AssertionError):
        _ = ground.draft


def test_before_the_first_round_nothing_is_proposed(case, session):
    session.delete(case.round)
    session.commit()
    with pytest.raises(WrongMoment, match="still drafted"):
        grounds.for_round(case.agreement)


def test_an_amendment_is_amended_on_what_it_makes_of_the_text(case):
    make_amendment(case, "Lille", DAYS_20)
    ground = grounds.for_primary(case.agreement, "A1")
    assert "20 working" in ground.base.find("answer-time").text
    assert ground.primary.label == "A1"
    assert ground.steps == ()


def test_a_draft_is_found_with_what_it_says(case):
    draft = make_draft(case, "Lille", DAYS_20)
    ground = grounds.for_draft(case.actor("Lille"), case.agreement, draft.id)
    assert (ground.steps, ground.rationale, ground.draft.id) == ((DAYS_20,), "Because.", draft.id)
    with pytest.raises(NotFound):
        grounds.for_draft(case.actor("Porto"), case.agreement, draft.id)
    with pytest.raises(NotFound):
        grounds.for_draft(case.actor("Lille"), case.agreement, uuid.UUID(int=7))


def test_a_draft_to_an_amendment_stands_on_that(case):
    primary = make_amendment(case, "Lille", DAYS_20)
    step = rewording(case, "answer-time", "20", "25", primary)
    draft = make_draft(case, "Porto", step, to=primary)
    ground = grounds.for_draft(case.actor("Porto"), case.agreement, draft.id)
    assert "20 working" in ground.base.find("answer-time").text
    assert ground.steps == (step,)


def test_what_cannot_be_applied_any_more_is_filled_in_in_its_own_words(case, session):
    row = make_amendment(case, "Lille", DAYS_20)
    fresh = TREE.replace("answer-time", text="Quite other words.")
    session.add(
        version := new_version(
            case.agreement.id,
            2,
            fresh,
            beside={},
            provenance={},
            published_at=START,
            published_by=case.facilitator.id,
        )
    )
    session.flush()
    row.version_id = version.id
    session.commit()
    ground = grounds.for_rewriting(case.agreement, "A1")
    assert ground.base == fresh
    assert [step.text for step in ground.steps] == [
        "A Hub answers a request within 20 working days."
    ]


def test_what_fell_is_begun_anew_on_the_text(case):
    primary = make_amendment(case, "Lille", DAYS_20)
    make_amendment(
        case, "Porto", rewording(case, "answer-form", "writing", "ink", primary), to=primary
    )
    act.withdraw_amendment(case.actor("Lille"), primary)
    ground = grounds.beginning_with(case.actor("Porto"), grounds.for_round(case.agreement), "A1.1")
    assert "in ink" in ops.apply(TREE, ground.steps).find("answer-form").text


def test_nobody_begins_with_anothers_words(case):
    make_amendment(case, "Lille", DAYS_20)
    draft = make_draft(case, "Lille", DAYS_30)
    ground = grounds.for_round(case.agreement)
    for source in ("A1", str(draft.id)):
        with pytest.raises(NotFound):
            grounds.beginning_with(case.actor("Porto"), ground, source)


def test_a_better_wording_names_what_it_replaces(case):
    make_amendment(case, "Lille", DAYS_20)
    ground = grounds.bettering(case.actor("Lille"), grounds.for_round(case.agreement), "A1")
    assert ground.replaces.label == "A1"
    assert ground.steps == (DAYS_20,)


def test_a_look_names_the_competition_but_not_oneself(case):
    make_amendment(case, "Lille", DAYS_20)
    ground = grounds.for_round(case.agreement)
    assert [one.label for one in grounds.look(ground, (DAYS_30,)).rivals] == ["A1"]
    better = grounds.bettering(case.actor("Lille"), ground, "A1")
    assert grounds.look(better, (DAYS_30,)).rivals == ()


def test_clauses_and_parties_to_choose_from(case):
    ground = grounds.for_round(case.agreement)
    assert grounds.clauses_to_open(ground)[0] == ("scope", "Article 1 Scope")
    assert [name for _, name in grounds.parties(ground)] == ["Lille", "Porto", "Tartu"]
    code = case.organisations["Porto"].code
    assert grounds.organisation_by_code(ground, code).name == "Porto"
    assert grounds.organisation_by_code(ground, "ZZZ") is None

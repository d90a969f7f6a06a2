"""Finding one amendment, and drafts that only one's own side sees."""

import pytest

from app.domain import operations as ops
from app.kernel.errors import NotFound
from app.queries import amendments as found
from tests.factories.agreements import TREE, make_case
from tests.factories.amendments import make_amendment, make_draft, rewording
from tests.factories.people import make_user, make_workspace

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")


@pytest.fixture
def case(session, clock):
    make_workspace()
    return make_case()


def test_one_is_found_by_its_label_in_any_case(case):
    row = make_amendment(case, "Lille", DAYS_20)
    assert found.get_amendment(case.agreement, "a1").id == row.id
    for label in ("A2", "", "new"):
        with pytest.raises(NotFound):
            found.get_amendment(case.agreement, label)


def test_a_draft_is_seen_by_its_own_side_alone(case, session):
    draft = make_draft(case, "Lille", DAYS_20)
    colleague = make_user("Colleague Lille", of=case.organisations["Lille"])
    session.commit()
    case.people["colleague"] = colleague
    for who in ("Lille", "colleague"):
        assert found.get_draft(case.actor(who), case.agreement, draft.id).id == draft.id
    for who in ("Porto", "facilitator"):
        with pytest.raises(NotFound):
            found.get_draft(case.actor(who), case.agreement, draft.id)


def test_a_draft_of_the_facilitator_is_seen_by_facilitators(case):
    own = make_draft(case, "facilitator", DAYS_20)
    entered = make_draft(case, "facilitator", DAYS_20, on_behalf_of=case.organisations["Lille"])
    facilitator = case.actor("facilitator")
    assert found.get_draft(facilitator, case.agreement, own.id).id == own.id
    assert found.get_draft(facilitator, case.agreement, entered.id).id == entered.id
    assert found.get_draft(case.actor("Lille"), case.agreement, entered.id).id == entered.id
    with pytest.raises(NotFound):
        found.get_draft(case.actor("Lille"), case.agreement, own.id)


def test_what_is_proposed_is_no_draft_any_more(case):
    row = make_amendment(case, "Lille", DAYS_20)
    with pytest.raises(NotFound):
        found.get_draft(case.actor("Lille"), case.agreement, row.id)


def test_the_base_of_each_in_few_statements(case, count_statements):
    primary = make_amendment(case, "Lille", DAYS_20)
    below = make_amendment(
        case, "Porto", rewording(case, "answer-time", "20", "25", primary), to=primary
    )
    with count_statements() as sent:
        texts = found.texts_of([primary, below])
    assert len(sent) == 2, sent
    assert texts[primary.id].tree == TREE
    assert "20 working" in texts[below.id].tree.find("answer-time").text


def test_the_facilitator_has_neither_code_nor_colour(case):
    row = make_amendment(case, "facilitator", DAYS_20)
    fresh = found.get_amendment(case.agreement, row.label)
    assert found.who_of(fresh, {}) == found.Who("the facilitator")

"""An amendment that a new version put in doubt: its wording on the text of today."""

import pytest

from app.actions import amendments, consolidation
from app.domain import operations as ops
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.queries import amendment_grounds, amendment_pages, proposals
from app.queries.people import actor_of
from app.queries.rebased import rebased_of
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import AFTER, DURING, consolidate, decide, propose, reword


@pytest.fixture
def case(session):
    return make_case()


def publish(case, accepted, *deferred):
    consolidate(case)
    decide(case, Outcome.ACCEPTED, accepted)
    decide(case, Outcome.DEFERRED, *deferred)
    with clock.at(AFTER):
        return consolidation.publish_version(case.actor("facilitator"), case.round)


def test_own_words_are_put_through_on_the_new_text(case, session):
    accepted = reword(case, "Lille", "15", "20")
    waits = reword(case, "Tartu", "15", "30")
    publish(case, accepted, waits)
    session.refresh(waits)
    assert waits.rebase_state == "attention"

    base = proposals.base_of(session, waits)
    found = rebased_of(session, waits, base)
    after = ops.apply(base, found.suggested)
    assert after.find("answer-time").text == "A Hub answers a request within 30 working days."

    actor = actor_of(session, case.people["Tartu"].id)
    shown = amendment_pages.page_of(actor, case.agreement, waits.label, None)
    assert shown.needs_attention and shown.written.redline is not None
    ground = amendment_grounds.for_rewriting(case.agreement, waits.label)
    assert ground.steps == found.suggested
    with clock.at(AFTER):
        amendments.confirm_rebased(actor, waits, operations=ground.steps)
    assert waits.rebase_state == "clean"
    assert proposals.text_with(session, waits) == after


def test_a_deletion_of_what_was_reworded_can_be_confirmed(case, session):
    accepted = reword(case, "Lille", "15", "20")
    waits = propose(case, "Tartu", ops.delete_clause(TREE, "answer-time"))
    publish(case, accepted, waits)
    session.refresh(waits)
    base = proposals.base_of(session, waits)
    found = rebased_of(session, waits, base)
    assert "answer-time" not in ops.apply(base, found.suggested).nodes


def test_nothing_is_suggested_for_a_clause_that_is_gone_but_the_rest_is(case, session):
    accepted = propose(case, "Lille", ops.delete_clause(TREE, "answer-time"))
    both = (
        ops.replace_text(TREE, "answer-time", "A Hub answers at once."),
        ops.replace_text(TREE, "ending", "A Hub leaves at once."),
    )
    waits = propose(case, "Tartu", *both)
    publish(case, accepted, waits)
    session.refresh(waits)
    assert waits.rebase_reasons == ["The clause it changes is no longer there."]
    found = rebased_of(session, waits, proposals.base_of(session, waits))
    assert [step.clause for step in found.suggested] == ["ending"]
    assert len(waits.operations) == 2, "its words are kept as they were proposed"


def test_an_amendment_to_an_adopted_one_is_found_on_the_text_with_it(case, session):
    primary = reword(case, "Lille", "15", "20")
    text = proposals.text_with(session, primary)
    wanted = text.find("answer-time").text.replace("20", "25")
    step = ops.replace_text(text, "answer-time", wanted)
    with clock.at(DURING):
        draft = amendments.amend_amendment(case.actor("Porto"), primary, operations=[step])
        waits = amendments.propose_amendment(case.actor("Porto"), draft)
    publish(case, primary, waits)
    session.refresh(waits)
    base = proposals.base_of(session, waits)
    assert rebased_of(session, waits, base).state == "clean"


def test_what_fits_is_left_as_it_is(case, session):
    row = reword(case, "Tartu", "15", "30")
    found = rebased_of(session, row, TREE)
    assert (found.state, found.suggested) == ("clean", ops.from_json(row.operations))

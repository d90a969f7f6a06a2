"""Bundles: proposed, pulled out of before, at and after the deadline, and accepted once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.actions import bundles, dispositions, undoing
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.audit import AuditEntry
from app.models.decisions import Disposition
from tests.factories.agreements import add_party, make_case
from tests.factories.contributions import AFTER, comment, consolidate, reword

CLOSES = AFTER + timedelta(days=3)


@pytest.fixture
def case(session):
    made = make_case()
    made.rows = [
        reword(made, "Lille", "15", "20"),
        reword(made, "Porto", "in writing", "by letter", "answer-form"),
    ]
    consolidate(made)
    return made


def propose(case, *rows, closes_at=CLOSES):
    with clock.at(AFTER):
        return bundles.propose_bundle(
            case.actor("facilitator"),
            case.round,
            amendments=[row.id for row in rows or case.rows],
            closes_at=closes_at,
            reason="Nobody minds.",
        )


def pull(case, bundle, row, who="Tartu", at=AFTER):
    with clock.at(at):
        return bundles.pull_out(case.actor(who), bundle, amendment_id=row.id)


def accept(case, bundle, at=CLOSES):
    with clock.at(at):
        return dispositions.accept_bundle(case.actor("facilitator"), bundle)


def states(session, case):
    for row in case.rows:
        session.refresh(row)
    return [row.state for row in case.rows]


def tags(session, prefix):
    rows = session.scalars(select(AuditEntry).order_by(AuditEntry.seq))
    return [row.tag for row in rows if row.tag.startswith(prefix)]


def test_what_nobody_pulled_out_is_accepted_with_an_event_each_and_one_for_all(session, case):
    bundle = propose(case)
    accept(case, bundle)
    assert states(session, case) == ["accepted", "accepted"]
    assert tags(session, "amendment:decided") == ["amendment:decided"] * 2
    assert tags(session, "bundle:") == ["bundle:proposed", "bundle:accepted"]
    assert {row.answer for row in session.scalars(select(Disposition))} == {"Nobody minds."}


def test_accepting_twice_changes_nothing_more(session, case):
    bundle = propose(case)
    accept(case, bundle)
    accept(case, bundle, CLOSES + timedelta(hours=1))
    assert tags(session, "bundle:accepted") == ["bundle:accepted"]


def test_what_is_pulled_out_waits_to_be_decided_alone(session, case):
    bundle = propose(case)
    last = CLOSES - timedelta(microseconds=1)
    pull(case, bundle, case.rows[0], at=last)
    pull(case, bundle, case.rows[0], who="Porto", at=last)
    assert tags(session, "bundle:pulled") == ["bundle:pulled"]
    accept(case, bundle)
    assert states(session, case) == ["proposed", "accepted"]
    with pytest.raises(Conflict, match="stands in a bundle already, or was pulled out"):
        propose(case, case.rows[0])


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=1)])
def test_at_the_deadline_it_is_too_late_to_pull_out(case, late):
    bundle = propose(case)
    with pytest.raises(WrongMoment, match="deadline of this bundle has passed"):
        pull(case, bundle, case.rows[0], at=CLOSES + late)


def test_a_clock_set_back_lets_nobody_in_behind_the_acceptance(case):
    bundle = propose(case)
    accept(case, bundle)
    with pytest.raises(WrongMoment):
        pull(case, bundle, case.rows[0])


def test_nothing_is_accepted_before_the_deadline(case):
    bundle = propose(case)
    with pytest.raises(WrongMoment, match="Until its deadline"):
        accept(case, bundle, CLOSES - timedelta(microseconds=1))


def test_only_parties_pull_out_and_only_facilitators_propose_and_accept(case):
    bundle = propose(case)
    add_party(case, "Oslo", kind="observer")
    for who in ("Oslo", "facilitator"):
        with pytest.raises(NotAllowed):
            pull(case, bundle, case.rows[0], who=who)
    with clock.at(CLOSES), pytest.raises(NotAllowed):
        dispositions.accept_bundle(case.actor("Lille"), bundle)


def test_contested_amendments_are_refused_with_the_reason(session, case):
    case = make_case()
    row, rival = reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "30")
    consolidate(case)
    with pytest.raises(Conflict, match=f"It can't stand beside {rival.label}"):
        propose(case, row)


def test_a_bundle_needs_amendments_and_a_deadline_ahead(case):
    with clock.at(AFTER), pytest.raises(Invalid, match="Select the amendments"):
        bundles.propose_bundle(
            case.actor("facilitator"), case.round, amendments=[], closes_at=CLOSES
        )
    with pytest.raises(Invalid, match="must lie ahead"):
        propose(case, closes_at=AFTER)


def test_what_is_not_in_the_bundle_is_not_pulled_out(case):
    bundle = propose(case, case.rows[0])
    with pytest.raises(Conflict, match="not in the bundle"):
        pull(case, bundle, case.rows[1])


def test_the_whole_is_undone_as_one_press(session, case):
    bundle = propose(case)
    accept(case, bundle)
    with clock.at(CLOSES):
        undoing.undo_answers(case.actor("facilitator"), case.round)
    assert states(session, case) == ["proposed", "proposed"]


def test_a_comment_with_a_concern_on_the_clause_alone_contests_nothing(session, case):
    case = make_case()
    row = reword(case, "Lille", "15", "20")
    comment(case, "Tartu", "Hm.", "answer-time")
    consolidate(case)
    assert propose(case, row).number == 1

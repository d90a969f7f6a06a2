"""Taking what a newer template changes: in a round, in a draft, or not at all."""

from datetime import timedelta

import pytest

from app.actions import amendments, template_upgrades
from app.domain import operations
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongMoment
from app.models.agreements import Agreement, Draft
from app.models.audit import AuditEntry
from app.queries import proposals
from app.queries import template_upgrades as found
from tests.factories.contributions import DURING
from tests.factories.people import START
from tests.factories.templates import make_templated


def offered(session, case):
    return found.upgrade_of(session, session.get_one(Agreement, case.agreement.id)).offers


def ids(session, case, *states):
    return [one.id for one in offered(session, case) if one.state in (states or ("clean",))]


def test_each_taken_change_becomes_an_amendment_of_the_facilitator(session):
    case = make_templated()
    actor, clean = case.actor("facilitator"), ids(session, case)
    with clock.at(DURING):
        rows = template_upgrades.propose_upgrade(actor, case.round, to="1.1.0", offers=clean[:2])
    assert [row.label for row in rows] == ["A1", "A2"]
    assert {row.state for row in rows} == {AmendmentState.PROPOSED}
    assert {row.rationale for row in rows} == {"Template upgrade 1.0.0 → 1.1.0."}
    for row in rows:
        assert proposals.text_with(session, row) != proposals.base_of(session, row)
    tags = [entry.tag for entry in session.query(AuditEntry)]
    assert tags.count("amendment:proposed") == 2

    upgrade = found.upgrade_of(session, session.get_one(Agreement, case.agreement.id))
    assert set(upgrade.proposed.values()) == {"A1", "A2"}


def test_a_second_press_proposes_nothing_twice(session):
    case = make_templated()
    actor, clean = case.actor("facilitator"), ids(session, case)
    with clock.at(DURING):
        template_upgrades.propose_upgrade(actor, case.round, to="1.1.0", offers=clean[:1])
        again = template_upgrades.propose_upgrade(actor, case.round, to="1.1.0", offers=clean[:1])
    assert not again


def test_what_collides_or_is_unknown_or_nothing_is_refused(session):
    case = make_templated()
    actor = case.actor("facilitator")
    with clock.at(DURING):
        with pytest.raises(Invalid, match="written by hand"):
            template_upgrades.propose_upgrade(
                actor, case.round, to="1.1.0", offers=ids(session, case, "attention")
            )
        with pytest.raises(Conflict, match="changed while you were choosing"):
            template_upgrades.propose_upgrade(actor, case.round, to="1.1.0", offers=["x"])
        with pytest.raises(Invalid, match="at least one"):
            template_upgrades.propose_upgrade(actor, case.round, to="1.1.0", offers=[])
        with pytest.raises(NotFound):
            template_upgrades.propose_upgrade(actor, case.round, to="9.0.0", offers=["x"])


def test_only_the_facilitator_takes_and_only_while_the_round_is_open(session):
    case = make_templated()
    clean = ids(session, case)
    with clock.at(DURING), pytest.raises(NotAllowed):
        template_upgrades.propose_upgrade(case.actor("Lille"), case.round, to="1.1.0", offers=clean)
    with clock.at(START + timedelta(days=31)), pytest.raises(WrongMoment):
        template_upgrades.propose_upgrade(
            case.actor("facilitator"), case.round, to="1.1.0", offers=clean
        )


def test_a_draft_takes_the_words_and_what_stands_beside_them(session):
    case = make_templated(drafting=True)
    draft, clean = session.get_one(Draft, case.agreement.id), ids(session, case)
    wanted = [step for one in offered(session, case) for step in one.operations]
    before = ClauseTree.from_json(draft.tree)
    template_upgrades.upgrade_draft(case.actor("facilitator"), draft, to="1.1.0", offers=clean)

    after = ClauseTree.from_json(draft.tree)
    assert after == operations.apply(before, wanted)
    assert "10 Working Days" in after.find("governance-silence").text
    assert draft.beside["template_ids"]["governance-silence"] == "governance-silence"
    assert ids(session, case) == []
    with pytest.raises(Conflict):
        template_upgrades.upgrade_draft(case.actor("facilitator"), draft, to="1.1.0", offers=clean)


def test_the_rest_is_left_by_following_the_newer_version(session):
    case = make_templated()
    agreement = session.get_one(Agreement, case.agreement.id)
    with pytest.raises(NotAllowed):
        template_upgrades.follow_template(case.actor("Lille"), agreement, to="1.1.0")
    template_upgrades.follow_template(case.actor("facilitator"), agreement, to="1.1.0")
    assert agreement.template_version == "1.1.0"
    assert found.newer_versions(agreement) == ()
    template_upgrades.follow_template(case.actor("facilitator"), agreement, to="1.1.0")
    with pytest.raises(NotFound):
        found.upgrade_of(session, agreement)


def test_a_taken_change_is_withdrawn_like_any_other(session):
    case = make_templated()
    actor, clean = case.actor("facilitator"), ids(session, case)
    with clock.at(DURING):
        [row] = template_upgrades.propose_upgrade(actor, case.round, to="1.1.0", offers=clean[:1])
        amendments.withdraw_amendment(actor, row)
    assert row.state == AmendmentState.WITHDRAWN

"""Amendments: what may be done with one, by whom and when; nothing is lost, nothing done twice."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.actions import amendments as act
from app.domain import operations as ops
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.lifecycle import AmendmentState
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.amendments import AmendmentRow, Support
from app.models.audit import AuditEntry
from app.models.base import db
from tests.factories.agreements import TREE, add_party, make_case
from tests.factories.amendments import make_amendment, make_draft, rewording
from tests.factories.people import START, make_workspace
from tests.queries.test_proposals import make_ballot

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")
DAYS_30 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 30 working days.")


@pytest.fixture
def case(session, clock):
    make_workspace()
    return make_case()


def tags(session):
    return list(session.scalars(select(AuditEntry.tag).order_by(AuditEntry.seq)))


def test_a_draft_becomes_an_amendment_with_the_next_label(case, session):
    draft = make_draft(case, "Lille", DAYS_20)
    assert (draft.state, draft.label, draft.number) == (AmendmentState.DRAFT, "", None)
    assert draft.clauses == ["answer-time"]
    row = act.propose_amendment(case.actor("Lille"), draft)
    assert (row.state, row.label, row.number) == (AmendmentState.PROPOSED, "A1", 1)
    assert row.proposed_at == START
    assert make_amendment(case, "Porto", DAYS_30).label == "A2"
    assert tags(session)[:2] == ["amendment:drafted", "amendment:proposed"]


def test_only_the_legal_contact_of_a_party_drafts(case):
    add_party(case, "Brussels", kind="observer")
    with pytest.raises(NotAllowed):
        make_draft(case, "Brussels", DAYS_20)


@pytest.mark.parametrize(
    ("moment", "is_taken"),
    [
        (START - timedelta(microseconds=1), False),
        (START, True),
        (START + timedelta(days=30, microseconds=-1), True),
        (START + timedelta(days=30), False),
    ],
)
def test_the_deadline_is_exclusive(case, clock, moment, is_taken):
    clock.set(moment)
    if is_taken:
        assert make_amendment(case, "Lille", DAYS_20).label == "A1"
    else:
        with pytest.raises(WrongMoment):
            make_draft(case, "Lille", DAYS_20)


def test_a_draft_is_not_proposed_after_the_deadline_and_stays_a_draft(case, clock, session):
    draft = make_draft(case, "Lille", DAYS_20)
    clock.go_on(days=30)
    with pytest.raises(WrongMoment):
        act.propose_amendment(case.actor("Lille"), draft)
    assert session.get_one(AmendmentRow, draft.id).state == AmendmentState.DRAFT


def test_another_party_neither_edits_nor_proposes_nor_discards_a_draft(case):
    draft = make_draft(case, "Lille", DAYS_20)
    porto = case.actor("Porto")
    with pytest.raises(NotAllowed):
        act.edit_draft_amendment(porto, draft, operations=[DAYS_30], rationale="", seen=1)
    with pytest.raises(NotAllowed):
        act.propose_amendment(porto, draft)
    with pytest.raises(NotAllowed):
        act.discard_draft(case.actor("facilitator"), draft)


def test_the_same_form_twice_keeps_one_draft(case, session):
    for _ in range(2):
        make_draft(case, "Lille", DAYS_20, form_key="press")
    assert session.scalar(select(func.count()).select_from(AmendmentRow)) == 1
    assert tags(session) == ["amendment:drafted"]


def test_the_same_form_with_other_words_changes_the_draft(case, session):
    make_draft(case, "Lille", DAYS_20, form_key="press")
    draft = make_draft(case, "Lille", DAYS_30, form_key="press", rationale="Better.")
    assert session.scalar(select(func.count()).select_from(AmendmentRow)) == 1
    assert ops.from_json(draft.operations) == (DAYS_30,)
    assert draft.rationale == "Better."


def test_the_same_form_changes_nothing_that_is_proposed(case):
    row = make_amendment(case, "Lille", DAYS_20, form_key="press")
    with pytest.raises(Conflict, match="proposed already, as A1"):
        make_draft(case, "Lille", DAYS_30, form_key="press")
    assert make_draft(case, "Lille", DAYS_20, form_key="press").id == row.id


def test_a_stale_draft_is_refused_and_keeps_the_colleagues_words(case, session):
    draft = make_draft(case, "Lille", DAYS_20)
    seen = draft.row_version
    lille = case.actor("Lille")
    act.edit_draft_amendment(lille, draft, operations=[DAYS_30], rationale="Mine.", seen=seen)
    with pytest.raises(Conflict, match="colleague"):
        act.edit_draft_amendment(lille, draft, operations=[DAYS_20], rationale="", seen=seen)
    assert session.get_one(AmendmentRow, draft.id).rationale == "Mine."


def test_saving_a_draft_as_it_is_records_nothing(case, session):
    draft = make_draft(case, "Lille", DAYS_20)
    act.edit_draft_amendment(
        case.actor("Lille"), draft, operations=[DAYS_20], rationale="Because.", seen=1
    )
    assert tags(session) == ["amendment:drafted"]


def test_a_discarded_draft_is_gone(case, session):
    draft = make_draft(case, "Lille", DAYS_20)
    act.discard_draft(case.actor("Lille"), draft)
    assert session.scalar(select(func.count()).select_from(AmendmentRow)) == 0


def test_an_empty_change_is_not_proposed(case):
    draft = make_draft(case, "Lille")
    with pytest.raises(Invalid, match="Change something"):
        act.propose_amendment(case.actor("Lille"), draft)


def test_operations_on_other_words_are_refused(case):
    other = TREE.replace("answer-time", text="Something else.")
    stale = ops.replace_text(other, "answer-time", "Something new.")
    with pytest.raises(Conflict):
        make_draft(case, "Lille", stale)


def test_too_many_changes_do_not_fit_into_one_amendment(case):
    steps = [
        ops.InsertClause(None, "ending", Clause(f"n{at}", Kind.PARA, text="Words."))
        for at in range(act.MOST_OPERATIONS + 1)
    ]
    with pytest.raises(Invalid, match="at most 100"):
        make_draft(case, "Lille", *steps)


def test_an_amendment_to_an_amendment_is_labelled_below_it(case):
    primary = make_amendment(case, "Lille", DAYS_20)
    step = rewording(case, "answer-time", "20", "25", primary)
    row = make_amendment(case, "Porto", step, to=primary)
    assert (row.label, row.primary_id, row.primary_hash) == (
        "A1.1",
        primary.id,
        primary.operations_hash,
    )
    assert make_amendment(case, "Tartu", DAYS_30).label == "A2"


def test_a_secondary_amendment_is_not_amended(case):
    primary = make_amendment(case, "Lille", DAYS_20)
    below = make_amendment(
        case, "Porto", rewording(case, "answer-time", "20", "25", primary), to=primary
    )
    with pytest.raises(WrongMoment, match="first one"):
        make_draft(case, "Tartu", DAYS_30, to=below)


def test_a_change_to_a_withdrawn_amendment_is_not_proposed(case):
    primary = make_amendment(case, "Lille", DAYS_20)
    draft = make_draft(
        case, "Porto", rewording(case, "answer-time", "20", "25", primary), to=primary
    )
    act.withdraw_amendment(case.actor("Lille"), primary)
    with pytest.raises(Conflict, match="A1 is decided or withdrawn"):
        act.propose_amendment(case.actor("Porto"), draft)


def test_support_is_given_once_and_taken_back(case, session):
    row = make_amendment(case, "Lille", DAYS_20)
    porto = case.actor("Porto")
    for _ in range(2):
        act.support_amendment(porto, row, supports=True)
    assert session.scalar(select(func.count()).select_from(Support)) == 1
    act.support_amendment(porto, row, supports=False)
    assert session.scalar(select(func.count()).select_from(Support)) == 0
    assert tags(session)[-2:] == ["amendment:supported", "amendment:unsupported"]


def test_nobody_supports_their_own(case):
    row = make_amendment(case, "Lille", DAYS_20)
    for who in ("Lille", "facilitator"):
        with pytest.raises(NotAllowed):
            act.support_amendment(case.actor(who), row, supports=True)


def test_withdrawing_lets_what_amends_it_fall_and_ends_support(case, session):
    primary = make_amendment(case, "Lille", DAYS_20)
    below = make_amendment(
        case, "Porto", rewording(case, "answer-time", "20", "25", primary), to=primary
    )
    act.support_amendment(case.actor("Tartu"), primary, supports=True)
    with pytest.raises(NotAllowed):
        act.withdraw_amendment(case.actor("Porto"), primary)
    act.withdraw_amendment(case.actor("Lille"), primary)
    assert session.get_one(AmendmentRow, primary.id).state == AmendmentState.WITHDRAWN
    fallen = session.get_one(AmendmentRow, below.id)
    assert (fallen.state, fallen.reason) == (AmendmentState.FALLEN, "A1 was withdrawn.")
    assert session.scalar(select(func.count()).select_from(Support)) == 0
    with pytest.raises(WrongMoment):
        act.withdraw_amendment(case.actor("Lille"), primary)


def test_theirs_is_adopted_instead(case):
    mine = make_amendment(case, "Lille", DAYS_20)
    theirs = make_amendment(case, "Porto", DAYS_30)
    act.withdraw_amendment(case.actor("Lille"), mine, in_favour_of=theirs)
    assert mine.in_favour_of_id == theirs.id


def test_nothing_is_withdrawn_or_replaced_while_a_ballot_decides_on_it(case, session):
    row = make_amendment(case, "Lille", DAYS_20)
    make_ballot(session, case, row)
    lille = case.actor("Lille")
    with pytest.raises(Conflict, match="Ballot 1 is deciding on A1"):
        act.withdraw_amendment(lille, row)
    draft = make_draft(case, "Lille", DAYS_30, replaces=row)
    with pytest.raises(Conflict, match="Ballot 1 is deciding on A1"):
        act.propose_amendment(lille, draft)
    session.expire_all()
    assert (row.state, draft.label) == (AmendmentState.PROPOSED, "")


def test_nothing_is_withdrawn_while_a_ballot_decides_on_what_amends_it(case, session):
    primary = make_amendment(case, "Lille", DAYS_20)
    below = make_amendment(
        case, "Porto", rewording(case, "answer-time", "20", "25", primary), to=primary
    )
    make_ballot(session, case, below)
    with pytest.raises(Conflict, match=r"Ballot 1 is deciding on A1\.1; A1"):
        act.withdraw_amendment(case.actor("Lille"), primary)


def test_a_better_wording_replaces_the_older_one(case, session):
    older = make_amendment(case, "Lille", DAYS_20)
    newer = make_amendment(case, "Lille", DAYS_30, replaces=older)
    assert session.get_one(AmendmentRow, older.id).state == AmendmentState.WITHDRAWN
    assert older.in_favour_of_id == newer.id


def test_nobody_replaces_what_another_proposed(case, session):
    older = make_amendment(case, "Lille", DAYS_20)
    draft = make_draft(case, "Porto", DAYS_30, replaces=older)
    with pytest.raises(Invalid, match="one's own"):
        act.propose_amendment(case.actor("Porto"), draft)
    assert session.get_one(AmendmentRow, older.id).state == AmendmentState.PROPOSED


def test_the_facilitator_enters_what_a_hub_sent(case):
    lille = case.organisations["Lille"]
    row = make_amendment(case, "facilitator", DAYS_20, on_behalf_of=lille)
    assert (row.organisation_id, row.entered_by) == (lille.id, case.facilitator.id)
    with pytest.raises(NotAllowed):
        make_draft(case, "Porto", DAYS_30, on_behalf_of=lille)
    act.withdraw_amendment(case.actor("Lille"), row)


def test_the_facilitator_proposes_for_nobody_else(case):
    row = make_amendment(case, "facilitator", DAYS_20)
    assert row.organisation_id is None
    with pytest.raises(NotAllowed):
        act.withdraw_amendment(case.actor("Lille"), row)


def test_what_a_new_version_put_in_doubt_is_confirmed_by_its_author(case, session):
    row = make_amendment(case, "Lille", DAYS_20)
    with pytest.raises(WrongMoment):
        act.confirm_rebased(case.actor("Lille"), row, operations=[DAYS_20])
    row.rebase_state, row.rebase_reasons = "attention", ["The words changed."]
    session.commit()
    with pytest.raises(NotAllowed):
        act.confirm_rebased(case.actor("Porto"), row, operations=[DAYS_20])
    with pytest.raises(Invalid, match="Nothing of it is left"):
        act.confirm_rebased(case.actor("Lille"), row, operations=[])
    act.confirm_rebased(case.actor("Lille"), row, operations=[DAYS_30])
    fresh = db.session.get_one(AmendmentRow, row.id)
    assert (fresh.rebase_state, fresh.rebase_reasons) == ("clean", [])
    assert ops.from_json(fresh.operations) == (DAYS_30,)


def test_no_door_amends_the_table_of_the_parties(session):
    lines = (Clause("p-1", Kind.ROW, text="Party | Seat"),)
    table = Clause("parties", Kind.GENERATED, text="parties", children=lines)
    tree = ClauseTree("A deal", (table,))
    case = make_case(tree=tree)
    step = ops.replace_text(tree, "p-1", "Party | Street")
    with pytest.raises(Invalid, match="not by an amendment"):
        act.draft_amendment(case.actor("Lille"), case.round, operations=[step])

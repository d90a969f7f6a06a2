"""A draft checked inside its organisation before it is proposed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.access.actor import Role
from app.actions import amendments
from app.actions.checking import ask_for_check, check_draft
from app.actions.inside import keep_note
from app.actions.people import choose_checking
from app.domain.lifecycle import AmendmentState
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.audit import AuditEntry
from app.models.inside import DraftCheck, InternalNote
from app.models.notices import Notice
from app.models.people import Membership
from app.queries.inside import checks_of
from tests.actions.test_inside import colleague
from tests.factories.agreements import make_case
from tests.factories.amendments import make_draft, rewording
from tests.factories.people import START


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=1))
    made = make_case()
    colleague(made, session)
    return made


@pytest.fixture
def draft(case):
    return make_draft(case, "Lille", rewording(case, "answer-time", "15", "20"))


def checked(case, draft, who="Marc Petit", *, passes=True, remark=""):
    return check_draft(case.actor(who), draft, passes=passes, remark=remark, seen=draft.row_version)


def wanting_checks(case, session):
    case.organisations["Lille"].checks_drafts = True
    session.commit()


def test_a_colleague_checks_and_then_it_is_proposed(case, draft, session, clock):
    wanting_checks(case, session)
    ask_for_check(case.actor("Lille"), draft, remark="Is 20 enough?")
    assert session.scalars(select(Notice.user_id)).all() == [case.people["Marc Petit"].id]
    with pytest.raises(WrongMoment, match="proposes nothing unchecked"):
        amendments.propose_amendment(case.actor("Lille"), draft)
    clock.go_on(minutes=5)
    assert checked(case, draft, remark="Fine.").state == AmendmentState.CHECKED
    told = [(one.step, one.person) for one in checks_of(session, draft.id)]
    assert told == [("asked", "Person Lille"), ("checked", "Marc Petit")]
    row = amendments.propose_amendment(case.actor("Lille"), draft)
    assert (row.state, row.label) == (AmendmentState.PROPOSED, "A1")


def test_a_draft_goes_back_with_what_is_to_change(case, draft, session, clock):
    with pytest.raises(Invalid, match="what is to change"):
        checked(case, draft, passes=False)
    assert checked(case, draft, passes=False, remark="Say why.").state == AmendmentState.DRAFT
    tags = session.scalars(
        select(AuditEntry.tag).where(AuditEntry.only_for == case.organisations["Lille"].id)
    ).all()
    assert tags == ["amendment:drafted", "draft:sent_back"]
    clock.go_on(minutes=5)
    ask_for_check(case.actor("Lille"), draft)
    ask_for_check(case.actor("Lille"), draft)
    steps = session.scalars(select(DraftCheck.step).order_by(DraftCheck.made_at, DraftCheck.id))
    assert sorted(steps.all()) == ["asked", "sent_back"]


def test_nobody_checks_their_own_words_and_nobody_elses_organisation(case, draft):
    with pytest.raises(NotAllowed, match="A colleague checks them"):
        checked(case, draft, "Lille")
    for other in ("Porto", "facilitator"):
        with pytest.raises(NotAllowed):
            checked(case, draft, other)
        with pytest.raises(NotAllowed):
            ask_for_check(case.actor(other), draft)


def test_who_changed_a_colleagues_draft_checks_it_no_more(case, draft, session):
    colleague(case, session, "Paul Roux", Role.LEGAL_CONTACT)
    amendments.edit_draft_amendment(
        case.actor("Paul Roux"),
        draft,
        operations=[rewording(case, "answer-time", "15", "25")],
        rationale="Better.",
        seen=draft.row_version,
    )
    with pytest.raises(NotAllowed, match="A colleague checks them"):
        checked(case, draft, "Paul Roux")
    assert checked(case, draft, "Lille").state == AmendmentState.CHECKED


def test_new_words_are_unchecked(case, draft, session):
    wanting_checks(case, session)
    checked(case, draft)
    amendments.edit_draft_amendment(
        case.actor("Lille"),
        draft,
        operations=[rewording(case, "answer-time", "15", "60")],
        rationale="Sixty.",
        seen=draft.row_version,
    )
    assert draft.state == AmendmentState.DRAFT
    with pytest.raises(WrongMoment, match="nothing unchecked"):
        amendments.propose_amendment(case.actor("Lille"), draft)


def test_one_checks_the_words_one_has_read(case, draft):
    seen = draft.row_version
    amendments.edit_draft_amendment(
        case.actor("Lille"),
        draft,
        operations=[rewording(case, "answer-time", "15", "60")],
        rationale="Sixty.",
        seen=seen,
    )
    with pytest.raises(Conflict, match="Read it again"):
        check_draft(case.actor("Marc Petit"), draft, passes=True, remark="", seen=seen)


def test_what_is_checked_is_not_asked_for_nor_checked_again(case, draft, session):
    checked(case, draft)
    checked(case, draft)
    assert len(session.scalars(select(DraftCheck)).all()) == 1
    with pytest.raises(Invalid, match="checked these words already"):
        ask_for_check(case.actor("Lille"), draft)
    with pytest.raises(Invalid, match="Keep it under"):
        checked(case, draft, passes=False, remark="x" * 2_001)


def test_what_the_facilitator_entered_is_not_checked(case, session):
    wanting_checks(case, session)
    entered = make_draft(
        case,
        "facilitator",
        rewording(case, "answer-time", "15", "20"),
        on_behalf_of=case.organisations["Lille"],
    )
    with pytest.raises(NotAllowed, match="nobody checks it there"):
        checked(case, entered)
    assert amendments.propose_amendment(case.actor("facilitator"), entered).label == "A1"


def test_a_discarded_draft_takes_its_notes_and_checks_along(case, draft, session):
    keep_note(case.actor("Lille"), case.agreement, text="Hm.", amendment=draft)
    checked(case, draft, passes=False, remark="No.")
    amendments.discard_draft(case.actor("Lille"), draft)
    assert session.scalars(select(DraftCheck)).all() == []
    assert session.scalars(select(InternalNote)).all() == []


def test_the_administrator_chooses_whether_drafts_are_checked(case, session):
    lille = case.organisations["Lille"]
    with pytest.raises(NotAllowed):
        choose_checking(case.actor("Lille"), lille, checks=True)
    session.get_one(Membership, (case.people["Lille"].id, lille.id)).is_administrator = True
    session.commit()
    assert choose_checking(case.actor("Lille"), lille, checks=True).checks_drafts
    assert choose_checking(case.actor("Lille"), lille, checks=True).checks_drafts
    assert not choose_checking(case.actor("Lille"), lille, checks=False).checks_drafts

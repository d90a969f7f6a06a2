import pytest
from sqlalchemy import select

from app.access.permissions import Permission
from app.actions import agreements, unit
from app.actions.unit import Work
from app.kernel.errors import Conflict, NotAllowed
from app.ledger import audit
from app.models.agreements import Agreement
from app.models.audit import AuditEntry
from app.models.base import db
from app.models.notices import Notice
from app.queries.people import actor_of
from tests.factories.agreements import make_case


def probe(perform):
    """An action for one test; its name is free again afterwards."""
    registered = unit.action(Permission.AGREEMENT_INVITE)(perform)
    del unit.ACTIONS[perform.__name__]
    return registered


def test_an_action_that_records_nothing_is_a_defect_and_changes_nothing(session):
    case = make_case()

    @probe
    def rename(work: Work, agreement: Agreement) -> Agreement:
        agreement.title = "Silent"
        return agreement

    with pytest.raises(AssertionError, match="rename recorded no event"):
        rename(case.actor("facilitator"), case.agreement)
    assert db.session.get_one(Agreement, case.agreement.id).title != "Silent"


def test_what_breaks_half_way_leaves_nothing_behind(session):
    case = make_case()
    before = audit.verify(session)[0]

    @probe
    def half(work: Work, agreement: Agreement) -> Agreement:
        agreement.title = "Half"
        work.session.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        half(case.actor("facilitator"), case.agreement)
    assert db.session.get_one(Agreement, case.agreement.id).title != "Half"
    assert audit.verify(session) == (before, None)


def test_rights_are_asked_of_today_not_of_the_page(session):
    """The actor was read while Lille still took part."""
    case = make_case()
    lille = case.actor("Lille")
    facilitator = case.actor("facilitator")
    agreements.end_participation(facilitator, case.participants["Lille"])

    with pytest.raises(NotAllowed):
        agreements.abandon_agreement(lille, case.agreement)


def test_a_row_that_is_gone_is_a_conflict(session):
    case = make_case()
    ghost = Agreement(id=case.participants["Lille"].id)
    with pytest.raises(Conflict):
        agreements.abandon_agreement(case.actor("facilitator"), ghost)


def test_what_happened_is_written_down_and_told_in_the_same_transaction(session):
    case = make_case()
    agreements.abandon_agreement(case.actor("facilitator"), case.agreement)

    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.tag, entry.agreement_id) == ("agreement:abandoned", case.agreement.id)
    told = set(session.scalars(select(Notice.user_id)))
    assert told == {person.id for person in case.people.values()}
    assert audit.verify(session)[1] is None


def test_who_came_by_a_pass_has_no_more_rights_inside_than_outside(session):
    case = make_case()
    seats = actor_of(session, case.facilitator.id).standings

    @probe
    def invite(work: Work, agreement: Agreement) -> Agreement:
        work.unchanged = True
        return agreement

    whole = actor_of(session, case.facilitator.id)
    assert invite(whole.narrowed_to(seats), case.agreement) is not None
    with pytest.raises(NotAllowed):
        invite(whole.narrowed_to(frozenset()), case.agreement)

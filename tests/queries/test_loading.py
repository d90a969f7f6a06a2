"""What a question of rights needs comes along with the row: no further statement, no surprise."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.access.policy import can
from app.access.predicates import agreement_id_of
from app.actions import comments
from app.models.agreements import Draft, Participant, Seat
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot
from app.models.comments import Comment, Thread
from app.models.rounds import Round
from app.models.signatures import SignatureRequest, SignedCopy
from app.queries.loading import FOR_POLICY, bring_lines
from tests.actions.test_ballots import DURING, open_on, propose
from tests.actions.test_signatures import being_signed, hand_in
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START

ASKED = {
    Draft: Permission.DRAFT_EDIT,
    Participant: Permission.SEAT_GIVE,
    Seat: Permission.AGREEMENT_READ,
    Round: Permission.COMMENT_START,
    Thread: Permission.COMMENT_REPLY,
    Comment: Permission.COMMENT_EDIT,
    AmendmentRow: Permission.AMENDMENT_WITHDRAW,
    Ballot: Permission.BALLOT_VOTE,
    SignatureRequest: Permission.COPY_HAND_IN,
    SignedCopy: Permission.COPY_JUDGE,
}


@pytest.fixture
def everything(session, clock):
    """An agreement with a row of each kind, and who may do what is asked."""
    case = being_signed("Lille", "Porto")
    hand_in(session, case, "Porto")
    session.add(
        Draft(
            agreement_id=case.agreement.id,
            tree=TREE.to_json(),
            beside={},
            provenance={},
            edited_at=START,
        )
    )
    session.commit()
    clock.set(DURING)
    live = make_case("Lille", "Porto")
    comments.start_thread(live.actor("Lille"), live.round, text="Why?", kind="question")
    open_on(live, propose(live, "Lille", "20"))
    return case, live


@pytest.mark.parametrize("kind", [kind for kind in ASKED if kind is not Ballot])
def test_rights_are_asked_without_another_statement(
    session, everything, clock, count_statements, kind
):
    actors = [case.actor("Lille") for case in everything]
    actors += [case.actor("facilitator") for case in everything]
    session.commit()
    session.expunge_all()
    rows = session.scalars(select(kind).options(*FOR_POLICY[kind])).unique().all()
    assert rows
    with count_statements() as sent:
        answers = {
            can(actor, ASKED[kind], row, clock.now)
            for actor in actors
            for row in rows
            if agreement_id_of(row)
        }
    assert sent == []
    assert answers == ({False} if kind is Draft else {True, False})


def test_of_a_roll_only_the_lines_that_may_be_the_actors_are_read(
    session, everything, clock, count_statements
):
    live = everything[1]
    of_it = select(Ballot).where(Ballot.agreement_id == live.agreement.id)
    row = session.scalars(of_it.options(*FOR_POLICY[Ballot])).one()
    for name, mine in (("Lille", ["Lille"]), ("facilitator", [])):
        actor = live.actor(name)
        with count_statements() as sent:
            bring_lines(session, row, actor)
            assert [entry.organisation.name for entry in row.roll] == mine
            assert can(actor, Permission.BALLOT_VOTE, row, clock.now) is bool(mine)
        assert len(sent) == 1
    bring_lines(session, row, SYSTEM)
    assert row.roll == []


@pytest.mark.parametrize("kind", [Thread, Ballot, SignedCopy])
def test_without_it_the_question_is_refused_rather_than_slow(session, everything, clock, kind):
    actor = everything[1].actor("Lille")
    session.commit()
    session.expunge_all()
    row = session.scalars(select(kind)).unique().first()
    with pytest.raises(InvalidRequestError, match="raise_on_sql"):
        can(actor, ASKED[kind], row, clock.now)

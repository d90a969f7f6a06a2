"""One amendment's page: its words, who stands behind it, what competes, what became of it."""

import pytest

from app.actions import amendments as act
from app.domain import operations as ops
from app.domain.lifecycle import AmendmentState
from app.models.decisions import Disposition
from app.queries.amendment_pages import page_of, written
from app.queries.heads import head_of
from tests.factories.agreements import TREE, make_case
from tests.factories.amendments import make_amendment, rewording
from tests.factories.people import START, make_workspace
from tests.queries.test_proposals import make_ballot

DAYS_20 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 20 working days.")
DAYS_30 = ops.replace_text(TREE, "answer-time", "A Hub answers a request within 30 working days.")
GONE = ops.delete_clause(TREE, "scope")


@pytest.fixture
def case(session, clock):
    make_workspace()
    return make_case()


def seen(case, label, who="Porto"):
    actor = case.actor(who)
    return page_of(actor, case.agreement, label, head_of(actor, case.agreement).mine)


def test_it_shows_words_support_and_rivals(case):
    first = make_amendment(case, "Lille", DAYS_20, rationale="Ten more.")
    make_amendment(case, "Porto", DAYS_30)
    act.support_amendment(case.actor("Porto"), first, supports=True)
    page = seen(case, "A1")
    assert page.person == "Person Lille"
    assert [str(deed) for deed in page.written.deeds] == [
        ("Replaces “within 15 working days” with “within 20 working days” in Article 2.1")
    ]
    assert [(rival.label, rival.over) for rival in page.written.rivals] == [("A2", "words")]
    assert [who.name for who in page.supports] == ["Porto"]
    assert page.i_support
    assert not seen(case, "A1", "Tartu").i_support
    assert page.others == {"A2"}


def test_the_redline_holds_the_clause_and_its_neighbour(case):
    make_amendment(case, "Lille", DAYS_20)
    redline = seen(case, "A1").written.redline
    assert [node.key for node in redline.nodes] == ["answers"]
    assert [node.key for node in redline.nodes[0].children] == ["answer-time", "answer-form"]


def test_a_secondary_one_is_shown_against_its_primary(case):
    first = make_amendment(case, "Lille", DAYS_20)
    make_amendment(case, "Porto", rewording(case, "answer-time", "20", "25", first), to=first)
    page = seen(case, "A1.1")
    assert [str(deed) for deed in page.written.deeds] == [
        ("Replaces “within 20 working days” with “within 25 working days” in Article 2.1")
    ]
    assert page.primary.label == "A1"
    assert [one.label for one in seen(case, "A1").secondaries] == ["A1.1"]


def test_consequences_are_those_of_the_change_alone(case):
    make_amendment(case, "Lille", GONE)
    told = [str(one) for one in seen(case, "A1").written.consequences]
    assert any("refers to Article 1, which is no longer" in sentence for sentence in told)
    assert written(TREE, (DAYS_20,)).consequences == ()


def test_mine_could_make_room_for_theirs(case):
    make_amendment(case, "Lille", DAYS_20)
    make_amendment(case, "Porto", DAYS_30)
    assert [one.label for one in seen(case, "A1", "Porto").mine_instead] == ["A2"]
    assert seen(case, "A1", "Lille").mine_instead == ()
    assert seen(case, "A1", "Tartu").mine_instead == ()


def test_what_replaced_and_what_was_favoured(case):
    older = make_amendment(case, "Lille", DAYS_20)
    make_amendment(case, "Lille", DAYS_30, replaces=older)
    page = seen(case, "A1")
    assert page.state is AmendmentState.WITHDRAWN
    assert page.in_favour_of.label == "A2"
    assert [one.label for one in page.replaced_by] == ["A2"]
    assert seen(case, "A2").replaces.label == "A1"


def test_ballots_and_the_answer(case, session):
    row = make_amendment(case, "Lille", DAYS_20)
    make_ballot(session, case, row)
    session.add(
        Disposition(
            agreement_id=case.agreement.id,
            round_id=case.round.id,
            amendment_id=row.id,
            outcome="rejected",
            answer="Too long.",
            decided_by=case.facilitator.id,
            decided_at=START,
        )
    )
    session.commit()
    page = seen(case, "A1")
    assert [(ballot.number, ballot.is_open) for ballot in page.ballots] == [(1, True)]
    assert (page.answer_outcome, page.answer) == ("rejected", "Too long.")


@pytest.mark.parametrize("number", [3, 60])
def test_ten_statements_whatever_the_number(case, session, count_statements, number):
    for at in range(number):
        words = f"A Hub leaves with {at + 4} months of notice."
        make_amendment(case, "Lille", ops.replace_text(TREE, "ending", words))
    actor = case.actor("Porto")
    mine = head_of(actor, case.agreement).mine
    session.expire_all()
    _ = case.agreement.id
    with count_statements() as sent:
        page = page_of(actor, case.agreement, "A1", mine)
    # The amendment; its supports; the others; colours; version; clauses; answer; ballots;
    # threads; who speaks in them.
    # One less where the text of its version is kept already.
    assert len(sent) in {9, 10}, sent
    assert len(page.written.rivals) == number - 1

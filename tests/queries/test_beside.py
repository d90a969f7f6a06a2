"""What stands beside a text comes in one statement, and no more than the reader may know of."""

from datetime import timedelta

import pytest

from app.actions import amendments
from app.actions.inside import keep_note
from app.actions.stances import take_stance
from app.domain import operations as ops
from app.queries.beside import sides_of
from app.queries.comments import speakers
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(START + timedelta(days=2))
    made = make_case()
    session.commit()
    return made


def propose(case: Case, by: str):
    step = ops.replace_text(TREE, "answer-time", f"{by} answers at once.")
    draft = amendments.draft_amendment(
        case.actor(by), case.round, operations=[step], rationale="It is better."
    )
    return amendments.propose_amendment(case.actor(by), draft)


def sides(session, case, name):
    return sides_of(session, case.actor(name), case.agreement.id)


def test_speakers_and_supporters_are_named(case, session):
    row, other = propose(case, "Lille"), propose(case, "Porto")
    for name in ("Tartu", "Porto"):
        amendments.support_amendment(case.actor(name), row, supports=True)
    found = sides(session, case, "Lille")
    assert found.speakers == speakers(session, case.agreement.id)
    codes = sorted(case.organisations[name].code for name in ("Tartu", "Porto"))
    assert found.supporters == {row.id: tuple(codes)}
    assert other.id not in found.ballots


def test_only_ones_own_stances_come_along_but_all_for_the_facilitator(case, session):
    for name in ("Lille", "Porto"):
        take_stance(case.actor(name), case.round, clause="answers", value=1, reason=name)
    for reader, known in (
        ("Lille", {"Lille"}),
        ("Tartu", set()),
        ("facilitator", {"Lille", "Porto"}),
    ):
        assert {row.name for row in sides(session, case, reader).stances} == known


def test_that_there_are_notes_inside_is_told_to_their_organisation_alone(case, session):
    assert not sides(session, case, "Lille").has_notes
    keep_note(case.actor("Lille"), case.agreement, text="Ours.")
    assert sides(session, case, "Lille").has_notes
    for other in ("Porto", "facilitator"):
        assert not sides(session, case, other).has_notes


def test_nothing_of_another_agreement_comes_along(case, session):
    propose(case, "Lille")
    other = make_case("Riga", "Oslo")
    session.commit()
    found = sides(session, other, "Riga")
    assert {who.name for who in found.speakers.values()} == {"Riga", "Oslo"}
    assert not (found.supporters or found.ballots or found.stances)


def test_it_is_one_statement_at_any_size(case, session, count_statements):
    for name in ("Lille", "Porto", "Tartu"):
        propose(case, name)
        keep_note(case.actor(name), case.agreement, text="Ours.")
        actor = case.actor(name)
        with count_statements() as sent:
            sides_of(session, actor, case.agreement.id)
        assert len(sent) == 1

"""The agreements somebody takes part in, in four statements."""

from datetime import timedelta

from app.domain.lifecycle import AgreementState
from app.queries.shelf import shelf_of
from tests.factories.agreements import make_case
from tests.factories.people import START


def test_a_volume_says_where_it_stands_and_what_ends_next(session, clock):
    case = make_case()
    (volume,) = shelf_of(case.actor("Lille"))
    assert (volume.version, volume.participants) == (1, 3)
    assert volume.deadline == START + timedelta(days=30)
    assert not volume.is_facilitator
    assert shelf_of(case.actor("facilitator"))[0].is_facilitator
    clock.set(START + timedelta(days=30))
    (closed,) = shelf_of(case.actor("Lille"))
    assert closed.deadline is None
    assert "closed" in closed.sentence


def test_every_state_has_its_sentence(session, clock):
    case = make_case()
    sentences = set()
    for state in AgreementState:
        case.agreement.state = state
        session.flush()
        sentences.add(shelf_of(case.actor("Lille"))[0].sentence)
    assert len(sentences) == len(AgreementState)


def test_it_takes_four_statements_whatever_the_number(session, clock, count_statements):
    case = make_case("Lille")
    actor = case.actor("Lille")
    session.commit()
    with count_statements() as sent:
        assert len(shelf_of(actor)) == 1
    assert len(sent) == 4

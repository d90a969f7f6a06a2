"""What an organisation said inside is found by its own people, and by nobody else."""

from datetime import timedelta

import pytest

from app.actions.inside import keep_note, reply_inside
from app.domain.anchors import anchor
from app.kernel.errors import NotFound
from app.queries import inside
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START


@pytest.fixture
def case(session, clock):
    clock.set(START + timedelta(days=1))
    return make_case()


def test_own_notes_are_found_with_what_was_said_and_others_are_not(case, session, clock):
    here = anchor(TREE, "1", "answer-time")
    note = keep_note(case.actor("Lille"), case.agreement, text="*Ours.*", anchor=here)
    clock.go_on(minutes=1)
    reply_inside(case.actor("Lille"), note, text="Yes.")
    lille, porto = (case.actor(name) for name in ("Lille", "Porto"))
    own = lille.organisations_in(case.agreement.id)
    (found,) = inside.notes_of(session, case.agreement.id, own, on_text=True)
    assert (found.organisation, found.clause, found.opening.words) == (
        "Lille",
        "answer-time",
        "Ours.",
    )
    assert [one.words for one in found.replies] == ["Yes."]
    assert found.state == str(found.replies[-1].row.id)
    theirs = porto.organisations_in(case.agreement.id)
    assert inside.notes_of(session, case.agreement.id, theirs) == ()
    assert inside.notes_of(session, case.agreement.id, ()) == ()
    for other in (porto, case.actor("facilitator")):
        with pytest.raises(NotFound):
            inside.note_of(session, other, case.agreement.id, note.id)


def test_an_agreement_has_its_own_notes(case, session):
    keep_note(case.actor("Lille"), case.agreement, text="Ours.")
    other = make_case("Riga")
    own = case.actor("Lille").organisations_in(case.agreement.id)
    assert inside.notes_of(session, other.agreement.id, own) == ()


def test_statements_do_not_grow(case, session, count_statements):
    own = case.actor("Lille").organisations_in(case.agreement.id)
    sizes = []
    for _ in range(2):
        note = keep_note(case.actor("Lille"), case.agreement, text="Ours.")
        reply_inside(case.actor("Lille"), note, text="Yes.")
        session.expunge_all()
        with count_statements() as sent:
            inside.notes_of(session, case.agreement.id, own)
        sizes.append(len(sent))
    assert sizes == [2, 2]

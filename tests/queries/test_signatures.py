"""Who is asked to sign, and what is missing from a signature block."""

from app.domain.lifecycle import RequestState
from app.queries import signatures
from tests.factories.agreements import add_party, make_case
from tests.factories.signing import being_signed, hand_in, up_for_adoption


def test_parties_are_asked_with_their_signatories_observers_are_not(session):
    case = make_case("Lille")
    add_party(case, "Oulu", kind="observer")
    ((organisation, signatories),) = signatures.parties_to_ask(session, case.agreement.id)
    assert organisation.name == "Lille"
    assert signatories == [str(case.people["Lille"].id)]


def test_what_a_signature_block_lacks_is_named(session):
    case = make_case("Lille")
    lille = case.organisations["Lille"]
    assert signatures.missing_details(lille) == ()
    lille.seat = " "
    assert signatures.missing_details(lille) == ("seat",)


def test_nothing_is_found_before_adoption(session):
    case = up_for_adoption()
    assert signatures.adoption_ballot(session, case.agreement.id).outcome == "carried"
    assert signatures.execution_of(session, case.agreement.id) is None
    assert signatures.requests_of(session, case.agreement.id) == ()
    assert signatures.states_of(session, case.agreement.id) == []


def test_requests_stand_with_their_copies(session):
    case = being_signed()
    copy = hand_in(session, case, "Porto")
    requests = signatures.requests_of(session, case.agreement.id)
    assert [one.organisation.name for one in requests] == ["Lille", "Porto", "Tartu"]
    assert [held.id for held in requests[1].copies] == [copy.id]
    assert signatures.copies_of(session, requests[1].id)[0].id == copy.id
    assert signatures.states_of(session, case.agreement.id) == [RequestState.REQUESTED] * 3
    assert len(signatures.open_requests(session, case.agreement.id)) == 3

"""From adoption to force: what is refused, to whom and when; what brings it into force."""

import hashlib
from datetime import timedelta

import pytest

from app.actions import signatures
from app.domain.lifecycle import AgreementState, CopyState, RequestState
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.audit import AuditEntry
from app.models.clauses import new_version
from app.models.signatures import SignatureRequest
from app.queries import signatures as found
from tests.factories.agreements import TREE, make_case
from tests.factories.signing import (
    LATER,
    adopt,
    being_signed,
    hand_in,
    judge,
    request_of,
    text_to_sign,
    up_for_adoption,
    vote,
)


def test_a_party_confirms_what_it_has_read(session, clock):
    case = make_case()
    lille, seen = case.participants["Lille"], case.organisations["Lille"].row_version
    with pytest.raises(NotAllowed):
        signatures.confirm_details(case.actor("Porto"), lille)
    with pytest.raises(Conflict, match="changed since"):
        signatures.confirm_details(case.actor("Lille"), lille, seen=seen - 1)
    signatures.confirm_details(case.actor("Lille"), lille, seen=seen)
    assert lille.details_confirmed_at == clock.now


def test_details_that_are_missing_are_named(session, clock):
    case = make_case()
    case.organisations["Lille"].legal_form = " "
    case.organisations["Lille"].representative = ""
    session.commit()
    with pytest.raises(Invalid, match="legal form, representative"):
        signatures.confirm_details(case.actor("Lille"), case.participants["Lille"])


def test_a_carried_text_is_adopted_as_the_file_that_was_rendered(session):
    case = up_for_adoption()
    adopt(case)
    assert case.agreement.state == AgreementState.ADOPTED
    assert case.agreement.adopted_version == 1
    execution = found.execution_of(session, case.agreement.id)
    assert execution.version.hash == case.version.hash
    entry = session.query(AuditEntry).order_by(AuditEntry.seq.desc()).first()
    assert entry.data["file"] == hashlib.sha256(b"the text").hexdigest()


def test_only_the_facilitator_adopts_and_only_what_was_carried(session):
    carried = up_for_adoption()
    with pytest.raises(NotAllowed):
        adopt(carried, "Lille")
    with pytest.raises(Conflict, match="changed since"):
        adopt(carried, version_hash="0" * 64)
    with pytest.raises(WrongMoment):
        adopt(up_for_adoption("Riga", counted=False))
    with pytest.raises(WrongMoment):
        adopt(up_for_adoption("Turin", yes=False))
    with pytest.raises(WrongMoment):
        adopt(make_case("Oulu"))


def test_nothing_is_signed_before_signing_is_open_nor_opened_twice(session):
    case = up_for_adoption()
    with clock.at(LATER), pytest.raises(WrongMoment):
        signatures.open_signing(case.actor("facilitator"), case.agreement)
    adopt(case)
    with clock.at(LATER):
        with pytest.raises(NotAllowed):
            signatures.open_signing(case.actor("Lille"), case.agreement)
        signatures.open_signing(case.actor("facilitator"), case.agreement)
        with pytest.raises(WrongMoment):
            signatures.open_signing(case.actor("facilitator"), case.agreement)
        with pytest.raises(WrongMoment, match="frozen"):
            signatures.confirm_details(case.actor("Lille"), case.participants["Lille"])
    asked = found.requests_of(session, case.agreement.id)
    assert [one.organisation.name for one in asked] == ["Lille", "Porto", "Tartu"]
    assert asked[0].details["seat"] == "1 Main Square, Lille"


def test_it_is_in_force_once_all_have_signed(session):
    case = being_signed("Lille", "Porto")
    judge(case, hand_in(session, case, "Lille"))
    assert case.agreement.state == AgreementState.SIGNING
    judge(case, hand_in(session, case, "Porto", by="facilitator"))
    assert case.agreement.state == AgreementState.IN_FORCE
    assert case.agreement.in_force_at == LATER


def test_a_threshold_brings_it_into_force_and_others_may_sign_later(session):
    case = being_signed(threshold=2)
    for name in ("Lille", "Porto"):
        judge(case, hand_in(session, case, name))
    assert case.agreement.state == AgreementState.IN_FORCE
    judge(case, hand_in(session, case, "Tartu"))
    assert request_of(session, case, "Tartu").state == RequestState.SIGNED


def test_a_copy_comes_from_its_party_and_one_waits_at_a_time(session):
    case = being_signed()
    with pytest.raises(NotAllowed):
        hand_in(session, case, "Lille", by="Porto")
    hand_in(session, case, "Lille")
    with pytest.raises(Conflict, match="waits"):
        hand_in(session, case, "Lille")


def test_the_facilitator_judges_and_says_what_is_wrong(session):
    case = being_signed()
    copy = hand_in(session, case, "Lille")
    with pytest.raises(NotAllowed):
        judge(case, copy, by="Lille")
    with pytest.raises(Invalid, match="what is wrong"):
        judge(case, copy, CopyState.REFUSED)
    judge(case, copy, CopyState.DOUBTFUL, "A page is missing.")
    judge(case, copy, CopyState.REFUSED, "It is another text.")
    with pytest.raises(WrongMoment):
        judge(case, copy)
    judge(case, hand_in(session, case, "Lille"))
    assert request_of(session, case, "Lille").state == RequestState.SIGNED
    with pytest.raises(WrongMoment):
        hand_in(session, case, "Lille")


def test_who_declines_says_why_and_may_sign_after_all(session):
    case = being_signed()
    with clock.at(LATER):
        asked = request_of(session, case, "Lille")
        with pytest.raises(NotAllowed):
            signatures.decline_to_sign(case.actor("facilitator"), asked, reason="No.")
        with pytest.raises(Invalid):
            signatures.decline_to_sign(case.actor("Lille"), asked, reason=" ")
        signatures.decline_to_sign(case.actor("Lille"), asked, reason="The board has not met.")
    assert request_of(session, case, "Lille").state == RequestState.DECLINED
    copy = hand_in(session, case, "Lille")
    assert request_of(session, case, "Lille").state == RequestState.REQUESTED
    judge(case, copy)
    assert request_of(session, case, "Lille").state == RequestState.SIGNED


def test_who_never_signed_an_earlier_version_is_not_asked_for_it_any_more(session):
    case = being_signed(threshold=1)
    judge(case, hand_in(session, case, "Lille"))
    old = [one.id for one in found.requests_of(session, case.agreement.id)]
    case.agreement.state = AgreementState.PUBLISHED
    longer = TREE.replace("ending", text="A Hub leaves with six months of notice.")
    session.add(
        new_version(
            case.agreement.id,
            2,
            longer,
            beside={},
            provenance={},
            published_at=LATER,
            published_by=case.facilitator.id,
        )
    )
    session.commit()
    vote(case, LATER, LATER + timedelta(days=1))
    with clock.at(LATER + timedelta(days=2)):
        signatures.adopt_version(
            case.actor("facilitator"),
            case.agreement,
            version_hash=longer.version_hash,
            execution=text_to_sign(b"another text"),
        )
    states = [session.get(SignatureRequest, request_id).state for request_id in old]
    assert states == [RequestState.SIGNED, RequestState.VOID, RequestState.VOID]
    assert found.requests_of(session, case.agreement.id) == []

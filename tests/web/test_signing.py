"""The signing room: adopting, opening, handing in, judging; who is refused, and when."""

import io

import pytest

from app.domain.lifecycle import AgreementState, CopyState
from app.models.signatures import SignatureRequest, SignedCopy
from app.queries import signatures as found
from app.queries.signing_board import execution_bytes
from tests.factories.agreements import make_case
from tests.factories.people import make_user, make_workspace
from tests.factories.signing import LATER, adopt, being_signed, hand_in, up_for_adoption

PDF = b"%PDF-1.7 a page signed by hand"


@pytest.fixture(autouse=True)
def workspace(session, clock):
    make_workspace()
    clock.set(LATER)


@pytest.fixture
def enter(client, sign_in):
    """A client signed in as somebody of a case, and the address of its room."""

    def entered(case, name):
        person = case.facilitator if name == "facilitator" else case.people[name]
        sign_in(client, person)
        return f"/agreements/{case.agreement.slug}/signing"

    return entered


def party(case, name: str) -> str:
    return f"/parties/{case.organisations[name].slug}"


def test_the_list_of_things_to_do_comes_before_adoption(client, enter):
    case = make_case(state=AgreementState.PUBLISHED)
    text = client.get(enter(case, "Lille")).text
    assert "2 things before adoption" in text
    assert "0 of 3 confirmed. Still to come: Lille, Porto, Tartu." in text
    assert "Confirm your details" in text
    assert "/signing/adopt" not in text


def test_the_facilitator_adopts_after_being_asked(client, session, enter):
    case = up_for_adoption()
    room = enter(case, "facilitator")
    assert "Adopt version 1" in client.get(room).text
    assert "can't be changed afterwards" in client.get(f"{room}/adopt").text.replace("&#39;", "'")
    answer = client.post(f"{room}/adopt", follow_redirects=True)
    assert "This is the text that was adopted" in answer.text
    session.refresh(case.agreement)
    assert case.agreement.state == AgreementState.ADOPTED
    assert execution_bytes(session, case.agreement.id).startswith(b"PK")
    assert client.post(f"{room}/adopt").status_code == 409


def test_adoption_is_refused_before_the_ballot_and_to_others(client, enter):
    early = up_for_adoption(counted=False)
    answer = client.post(f"{enter(early, 'facilitator')}/adopt")
    assert answer.status_code == 409
    assert "is not carried" in answer.text
    carried = up_for_adoption("Riga")
    assert client.get(f"{enter(carried, 'Riga')}/adopt").status_code == 403
    assert client.post(f"{enter(carried, 'Riga')}/adopt").status_code == 403


def test_signing_is_opened_once_by_the_facilitator(client, session, enter):
    case = up_for_adoption()
    adopt(case)
    assert client.post(f"{enter(case, 'Lille')}/open").status_code == 403
    room = enter(case, "facilitator")
    assert "3 parties are asked" in client.get(f"{room}/open").text
    answer = client.post(f"{room}/open", follow_redirects=True)
    assert "0</span> of 3 have signed" in answer.text
    assert client.post(f"{room}/open").status_code == 409


def test_a_party_confirms_what_it_saw(client, session, enter):
    case = make_case()
    room = enter(case, "Lille")
    here = room + party(case, "Lille")
    assert "1 Main Square, Lille" in client.get(here).text
    strange = client.post(f"{here}/details", data={"seen": "9" * 5_000})
    assert strange.status_code == 409
    stale = client.post(f"{here}/details", data={"seen": "0"})
    assert stale.status_code == 409
    assert "changed since you opened this page" in stale.text
    version = case.organisations["Lille"].row_version
    done = client.post(f"{here}/details", data={"seen": str(version)}, follow_redirects=True)
    assert "Confirmed: the signature page" in done.text
    other = client.post(f"{room}{party(case, 'Porto')}/details", data={"seen": "1"})
    assert other.status_code == 403


def hand(client, where: str, content: bytes, name: str):
    data = {"file": (io.BytesIO(content), name)}
    return client.post(f"{where}/copies", data=data, follow_redirects=True)


def test_a_signed_copy_is_taken_in_and_counted_by_a_person(client, session, enter):
    case = being_signed("Lille")
    where = enter(case, "Lille") + party(case, "Lille")
    answer = hand(client, where, PDF, "our <b>copy.pdf")
    assert "The facilitator looks at it before it counts." in answer.text
    assert "It may be a scan of a page signed by hand." in answer.text
    assert "&lt;b&gt;copy" in answer.text
    assert "<b>copy" not in answer.text
    copy = session.query(SignedCopy).one()
    enter(case, "facilitator")
    judged = client.post(
        f"{where}/copies/{copy.id}", data={"state": "counted"}, follow_redirects=True
    )
    assert "Lille has signed." in judged.text
    session.refresh(case.agreement)
    assert case.agreement.state == AgreementState.IN_FORCE


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"<html>", "a.pdf", "isn&#39;t a .pdf file inside"),
        (b"<svg/>", "a.svg", "can&#39;t be taken in"),
        (b"", "a.pdf", "is empty"),
        (b"PK\x03\x04 broken", "a.docx", "damaged"),
        (b"", "", "Choose a file first"),
    ],
)
def test_what_is_no_copy_is_refused_with_its_sentence(client, session, enter, content, name, told):
    case = being_signed()
    answer = hand(client, enter(case, "Lille") + party(case, "Lille"), content, name)
    assert answer.status_code == 422
    assert told in answer.text
    assert session.query(SignedCopy).count() == 0


def test_copies_are_refused_before_signing_and_from_others(client, session, enter):
    early = up_for_adoption()
    answer = hand(client, enter(early, "Lille") + party(early, "Lille"), PDF, "a.pdf")
    assert answer.status_code == 409
    case = being_signed()
    room = enter(case, "Porto")
    assert hand(client, room + party(case, "Lille"), PDF, "a.pdf").status_code == 403
    assert hand(client, room + "/parties/nowhere", PDF, "a.pdf").status_code == 404


def test_a_copy_is_judged_under_its_own_party_only(client, session, enter):
    case = being_signed()
    copy = hand_in(session, case, "Lille")
    room = enter(case, "facilitator")
    wrong = client.post(f"{room}{party(case, 'Porto')}/copies/{copy.id}", data={"state": "counted"})
    assert wrong.status_code == 404
    here = f"{room}{party(case, 'Lille')}/copies/{copy.id}"
    assert client.post(here, data={"state": "received"}).status_code == 422
    bare = client.post(here, data={"state": "refused"})
    assert bare.status_code == 422
    assert "Say what is wrong with this copy" in bare.text
    enter(case, "Lille")
    assert client.post(here, data={"state": "counted"}).status_code == 403
    session.refresh(copy)
    assert copy.state == CopyState.RECEIVED


def test_a_signatory_declines_with_a_reason_kept_when_refused(client, session, enter):
    case = being_signed()
    where = enter(case, "Lille") + party(case, "Lille")
    assert client.post(f"{where}/decline", data={"reason": ""}).status_code == 422
    answer = client.post(
        f"{where}/decline", data={"reason": "The board <i>has not</i> met."}, follow_redirects=True
    )
    assert "declined to sign on" in answer.text
    assert "&lt;i&gt;has not" in answer.text
    enter(case, "Porto")
    refused = client.post(f"{where}/decline", data={"reason": "For them."})
    assert refused.status_code == 403
    assert "Only the signatory of that party may decline." in refused.text


def test_the_details_on_the_page_are_those_that_were_frozen(client, session, enter):
    case = being_signed()
    case.organisations["Lille"].seat = "Elsewhere"
    session.commit()
    text = client.get(enter(case, "Lille") + party(case, "Lille")).text
    assert "1 Main Square, Lille" in text
    assert "Elsewhere" not in text


def test_others_know_nothing_of_it(client, session, sign_in):
    case = being_signed()
    sign_in(client, make_user("Somebody Else"))
    room = f"/agreements/{case.agreement.slug}/signing"
    pages = ("", "/adopt", "/open", party(case, "Lille"))
    assert {client.get(room + page).status_code for page in pages} == {404}
    assert client.post(f"{room}{party(case, 'Lille')}/decline").status_code == 404
    assert session.query(SignatureRequest).filter_by(state="declined").count() == 0


def test_statements_do_not_grow_with_parties(client, session, enter, count_statements):
    sizes = []
    for count in (5, 30):
        names = [f"Hub{number}" for number in range(count)]
        case = being_signed(*names)
        for name in names[:: count // 5]:
            hand_in(session, case, name)
        room = enter(case, "Hub0")
        with count_statements() as sent:
            assert client.get(room).status_code == 200
        sizes.append(len(sent))
        assert len(found.requests_of(session, case.agreement.id)) == count
    # Who calls and stands where, the agreement, the room (7), its head (2), unread notices.
    assert sizes == [12, 12], sizes

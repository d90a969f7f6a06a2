"""Stored files: who may have which."""

import pytest

from app.kernel.errors import NotFound
from app.kernel.ids import new_id
from app.queries import files
from app.queries import signatures as found
from tests.factories.agreements import add_party, make_case
from tests.factories.people import START
from tests.factories.signing import being_signed, hand_in, judge


def may_have(session, case, name, file_id) -> bool:
    try:
        return bool(files.get_file(session, case.actor(name), case.agreement, file_id).content)
    except NotFound:
        return False


def test_the_text_to_sign_is_for_all_who_take_part(session):
    case = being_signed()
    add_party(case, "Oulu", kind="observer")
    file_id = found.execution_of(session, case.agreement.id).file_id
    assert all(may_have(session, case, name, file_id) for name in ("facilitator", "Porto", "Oulu"))


def test_a_copy_is_for_its_party_until_it_counts(session):
    case = being_signed()
    add_party(case, "Oulu", kind="observer")
    copy = hand_in(session, case, "Lille")
    readers = ("facilitator", "Lille", "Porto", "Oulu")
    assert [may_have(session, case, name, copy.file_id) for name in readers] == [1, 1, 0, 0]
    judge(case, copy)
    assert [may_have(session, case, name, copy.file_id) for name in readers] == [1, 1, 1, 0]


def test_any_other_file_is_for_the_facilitator(session):
    case = make_case()
    file = files.new_file("deal.docx", "application/pdf", b"the original")
    file.agreement_id = case.agreement.id
    file.stored_at, file.stored_by = START, case.facilitator.id
    session.add(file)
    session.commit()
    assert may_have(session, case, "facilitator", file.id)
    assert not may_have(session, case, "Lille", file.id)


def test_a_file_of_another_agreement_is_not_there(session):
    case, other = being_signed(), make_case("Riga")
    file_id = found.execution_of(session, case.agreement.id).file_id
    for wanted in (file_id, new_id()):
        with pytest.raises(NotFound):
            files.get_file(session, other.actor("facilitator"), other.agreement, wanted)


def test_a_new_file_knows_its_size_and_hash():
    file = files.new_file("a.pdf", "application/pdf", b"abc")
    assert (file.size, file.sha256[:8]) == (3, "ba7816bf")

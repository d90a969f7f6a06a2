from app.access.actor import ANYONE, Role
from tests.access.test_matrix import AGREEMENT, LILLE, PARTICIPANT, ROLES


def test_an_actor_stands_only_where_they_have_a_role():
    contact = ROLES["legal contact"]

    assert {one.role for one in contact.stands_in(AGREEMENT)} == {Role.MEMBER, Role.LEGAL_CONTACT}
    assert contact.stands_in(PARTICIPANT) == frozenset()
    assert ANYONE.stands_in(AGREEMENT) == frozenset()


def test_the_voice_of_an_organisation_is_its_legal_contact():
    assert ROLES["legal contact"].voice_in(AGREEMENT) == LILLE
    assert ROLES["voter"].voice_in(AGREEMENT) is None


def test_who_is_narrowed_keeps_only_what_was_named_and_still_stands():
    contact = ROLES["legal contact"]
    seat = contact.stands_in(AGREEMENT, Role.LEGAL_CONTACT)
    held = contact.narrowed_to(seat | ROLES["facilitator"].standings)
    assert held.standings == seat
    assert not (held.organisations or held.administers or held.is_operator)
    assert ROLES["observer"].narrowed_to(seat).standings == frozenset()

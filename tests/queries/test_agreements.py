"""Finding an agreement, and who takes part in it."""

import pytest

from app.access.actor import ANYONE, Role
from app.actions import agreements as act
from app.kernel.errors import NotFound
from app.models.agreements import Draft
from app.queries import agreements as found
from app.queries.people import actor_of
from tests.factories.agreements import TREE, add_party, make_case
from tests.factories.people import START, make_organisation, make_user


@pytest.fixture
def case(session, clock):
    return make_case()


def test_whoever_takes_part_finds_the_agreement(session, case):
    add_party(case, "Oslo", kind="observer")
    colleague = make_user("Quiet Colleague", of=case.organisations["Lille"])
    actors = [case.actor(name) for name in ("facilitator", "Lille", "Oslo")]
    for actor in [*actors, actor_of(session, colleague.id)]:
        assert found.get_agreement(actor, case.agreement.slug) is case.agreement
        assert found.agreements_of(actor) == [case.agreement]


def test_to_others_it_is_as_if_there_were_none(session, case):
    other = make_case("Riga")
    operator = actor_of(session, make_user("Olga", operator=True).id)
    said = set()
    for actor, slug in (
        (other.actor("Riga"), case.agreement.slug),
        (operator, case.agreement.slug),
        (ANYONE, case.agreement.slug),
        (case.actor("Lille"), "no-such-agreement"),
    ):
        with pytest.raises(NotFound) as refusal:
            found.get_agreement(actor, slug)
        said.add(str(refusal.value))
    assert len(said) == 1
    assert found.agreements_of(operator) == []


def test_who_left_finds_it_no_more(session, case):
    act.end_participation(case.actor("facilitator"), case.participants["Lille"])
    with pytest.raises(NotFound):
        found.get_agreement(case.actor("Lille"), case.agreement.slug)
    assert found.agreements_of(case.actor("Lille")) == []
    left = found.participants_of(session, case.agreement.id)
    assert {one.organisation.name for one in left} == {"Porto", "Tartu"}


def test_ones_agreements_come_the_newest_first(session, clock):
    older = make_case("Lille")
    newer = make_case("Porto", opens_at=START.replace(day=9))
    for case in (older, newer):
        session.add(case.agreement)
    act.share_facilitation(
        newer.actor("facilitator"), newer.agreement, user_id=older.people["Lille"].id
    )
    assert found.agreements_of(older.actor("Lille")) == [newer.agreement, older.agreement]


def test_a_draft_is_there_until_a_version_is_out(session, case):
    with pytest.raises(NotFound, match="no draft any more"):
        found.get_draft(case.agreement)
    draft = Draft(
        agreement_id=case.agreement.id,
        tree=TREE.to_json(),
        beside={},
        provenance={},
        edited_at=START,
    )
    session.add(draft)
    session.commit()
    assert found.get_draft(case.agreement) is draft


def test_participants_come_in_the_order_of_joining_with_their_names(
    session, case, count_statements
):
    late = add_party(case, "Aachen", joined_at=START.replace(day=9))
    session.expire_all()
    agreement_id = case.agreement.id
    with count_statements() as sent:
        names = [one.organisation.name for one in found.participants_of(session, agreement_id)]
    assert set(names) == {"Lille", "Porto", "Tartu", "Aachen"}
    assert names[-1] == "Aachen"
    assert len(sent) == 1
    assert late.kind == "party"


def test_seats_come_with_their_people_in_one_statement(session, case, count_statements):
    agreement_id = case.agreement.id
    session.expire_all()
    with count_statements() as sent:
        seats = [
            (
                seat.role,
                seat.user.name,
                seat.participant.organisation.name if seat.participant else "",
            )
            for seat in found.seats_of(session, agreement_id)
        ]
    assert len(sent) == 1
    assert len(seats) == 10
    assert (Role.FACILITATOR, "Sofie Maes", "") in seats
    assert (Role.VOTER, "Person Porto", "Porto") in seats


def test_the_parties_are_named_as_a_signature_page_names_them(session, case):
    add_party(case, "Oslo", kind="observer")
    act.end_participation(case.actor("facilitator"), case.participants["Tartu"])
    parties = found.parties_of(session, case.agreement.id)
    by_name = {party.name: party for party in parties}
    assert set(by_name) == {"Lille", "Porto"}
    lille = case.organisations["Lille"]
    assert by_name["Lille"].cells == (
        "Lille",
        "Association",
        "1 Main Square, Lille",
        lille.register_number,
        "Director of Lille, Director",
    )


def test_the_latest_round_is_found_with_its_agreement(session, case):
    assert found.round_of(session, case.participants["Lille"].id) is None
    held = found.round_of(session, case.agreement.id)
    assert (held.number, held.agreement) == (1, case.agreement)


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        ((), "cooperation"),
        (("cooperation",), "cooperation-2"),
        (("cooperation", "cooperation-2", "cooperation-4"), "cooperation-3"),
        (("cooperation-agreement",), "cooperation"),
    ],
)
def test_an_address_is_given_once(session, clock, taken, free):
    for slug in taken:
        make_case("Lille").agreement.slug = slug
    session.commit()
    assert found.free_slug(session, "cooperation") == free


def test_no_agreement_hides_behind_the_page_for_a_new_one(session):
    assert found.free_slug(session, "new") == "new-2"


def test_the_next_colour_is_the_least_used_one(session, case):
    assert found.next_colour(session, case.agreement.id) == 4
    act.end_participation(case.actor("facilitator"), case.participants["Lille"])
    assert found.next_colour(session, case.agreement.id) == 4
    for number in range(9):
        add_party(case, f"Hub {number}")
    assert found.next_colour(session, case.agreement.id) == 1
    assert found.next_colour(session, make_organisation("None").id) == 1

import pytest

from app.access.actor import Role
from app.actions import agreements
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AgreementState
from app.kernel import clock
from app.kernel.errors import Conflict, Invalid, NotAllowed, WrongMoment
from app.models.agreements import Agreement, Draft
from app.models.files import StoredFile
from app.queries.people import actor_of
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START, make_organisation, make_user, make_workspace


def start(session, tree: ClauseTree = TREE) -> tuple[Agreement, object]:
    person = make_user("Sofie Maes", of=make_organisation("Ghent"))
    actor = actor_of(session, person.id)
    workspace = make_workspace()
    with clock.at(START):
        agreement = agreements.start_agreement(
            actor,
            workspace,
            tree=tree,
            beside={"guidance": {}},
            provenance={},
            timezone="Europe/Brussels",
            template=("framework-cooperation", "1.1.0"),
            threshold=2,
        )
    return agreement, actor_of(session, person.id)


def test_whoever_starts_an_agreement_is_its_facilitator(session):
    agreement, actor = start(session)

    assert agreement.state == AgreementState.DRAFTING
    assert actor.stands_in(agreement.id, Role.FACILITATOR)
    assert ClauseTree.from_json(session.get_one(Draft, agreement.id).tree) == TREE


def test_two_agreements_of_one_title_have_two_addresses(session):
    first, _ = start(session)
    second, _ = start(session)

    assert (first.slug, second.slug) == ("cooperation-agreement", "cooperation-agreement-2")


def test_an_agreement_needs_a_title_and_a_member_to_start_it(session):
    with pytest.raises(Invalid, match="title"):
        start(session, ClauseTree(" "))
    outsider = make_user("Nobody")
    with pytest.raises(NotAllowed):
        agreements.start_agreement(
            actor_of(session, outsider.id),
            make_workspace(),
            tree=TREE,
            beside={},
            provenance={},
            timezone="UTC",
        )


def test_an_import_keeps_the_original_as_evidence(session):
    person = make_user("Sofie Maes", of=make_organisation("Ghent"))
    original = StoredFile(name="a.docx", media_type="x/y", size=3, sha256="0" * 64, content=b"abc")
    workspace = make_workspace()
    agreement = agreements.import_agreement(
        actor_of(session, person.id),
        workspace,
        tree=TREE,
        beside={},
        provenance={},
        timezone="UTC",
        original=original,
        unmapped=2,
    )

    assert original.agreement_id == agreement.id
    assert original.stored_by == person.id


def test_organisations_join_once_and_colours_go_round(session):
    agreement, actor = start(session)
    hubs = [make_organisation(f"Hub {n}") for n in range(13)]
    joined = [agreements.add_participant(actor, agreement, organisation=hub) for hub in hubs]

    assert [one.colour for one in joined] == [*range(1, 13), 1]
    with pytest.raises(Conflict, match="takes part already"):
        agreements.add_participant(actor, agreement, organisation=hubs[0])


def test_who_leaves_loses_every_standing_and_can_come_back(session):
    case = make_case()
    facilitator = case.actor("facilitator")
    agreements.end_participation(facilitator, case.participants["Porto"])

    assert not case.actor("Porto").stands_in(case.agreement.id)
    assert agreements.end_participation(facilitator, case.participants["Porto"]) is not None
    agreements.add_participant(
        facilitator, case.agreement, organisation=case.organisations["Porto"]
    )
    assert case.actor("Porto").stands_in(case.agreement.id, Role.VOTER)


def test_only_members_sit_for_an_organisation(session):
    case = make_case()
    facilitator = case.actor("facilitator")
    lille = case.participants["Lille"]
    with pytest.raises(Invalid, match="Only members of Lille"):
        agreements.give_seat(facilitator, lille, user_id=case.people["Porto"].id, role=Role.VOTER)
    with pytest.raises(Invalid):
        agreements.give_seat(
            facilitator, lille, user_id=case.people["Lille"].id, role=Role.FACILITATOR
        )
    with pytest.raises(NotAllowed):
        agreements.give_seat(
            case.actor("Porto"), lille, user_id=case.people["Lille"].id, role=Role.VOTER
        )
    colleague = make_user("Luc Petit", of=case.organisations["Lille"])
    seat = agreements.give_seat(facilitator, lille, user_id=colleague.id, role=Role.VOTER)
    assert actor_of(session, colleague.id).stands_in(case.agreement.id, Role.VOTER)
    agreements.end_seat(facilitator, lille, seat_id=seat.id)
    assert not actor_of(session, colleague.id).stands_in(case.agreement.id, Role.VOTER)


def test_an_agreement_is_abandoned_before_and_terminated_after_it_is_in_force(session):
    case = make_case()
    facilitator = case.actor("facilitator")
    with pytest.raises(WrongMoment):
        agreements.terminate_agreement(facilitator, case.agreement)
    agreements.abandon_agreement(facilitator, case.agreement)
    assert case.agreement.state == AgreementState.ABANDONED
    with pytest.raises(WrongMoment):
        agreements.abandon_agreement(facilitator, case.agreement)

    other = make_case(state=AgreementState.IN_FORCE)
    agreements.terminate_agreement(other.actor("facilitator"), other.agreement)
    assert other.agreement.state == AgreementState.TERMINATED


def test_a_second_person_can_facilitate(session):
    case = make_case()
    colleague = make_user("Jan Novak")
    agreements.share_facilitation(case.actor("facilitator"), case.agreement, user_id=colleague.id)

    assert actor_of(session, colleague.id).stands_in(case.agreement.id, Role.FACILITATOR)

"""Versions: the latest, any by number, the number of the next."""

import pytest

from app.kernel.errors import NotFound
from app.models.agreements import Agreement, Draft
from app.queries import versions
from tests.factories.agreements import TREE, make_case
from tests.factories.people import START
from tests.factories.versions import two_versions


def test_the_latest_and_any_other_are_found(session):
    case = two_versions()
    assert versions.latest_version(session, case.agreement.id).number == 2
    first = versions.get_version(session, case.agreement.id, 1)
    assert versions.tree_by_id(session, first.id) == TREE
    assert [one.number for one in versions.versions_of(session, case.agreement.id)] == [2, 1]
    assert versions.next_version_number(session, case.agreement.id) == 3
    with pytest.raises(NotFound):
        versions.get_version(session, case.agreement.id, 3)


def test_the_first_version_is_the_draft(session):
    case = make_case(state="drafting")
    draft = Draft(
        agreement_id=case.agreement.id,
        tree=TREE.to_json(),
        beside={"guidance": {}},
        provenance={},
        edited_at=START,
    )
    session.add(draft)
    session.commit()
    made = versions.first_version(session, case.agreement, now=START, by=case.facilitator.id)
    assert (made.number, made.hash) == (1, TREE.version_hash)
    session.expunge_all()


def test_a_number_is_given_once(session):
    case = make_case()
    taken = [
        versions.take_number(session, case.agreement.id, Agreement.next_thread) for _ in range(2)
    ]
    assert taken == [1, 2]

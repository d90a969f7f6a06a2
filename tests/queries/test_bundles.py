"""Bundles as they are read, and what could be in the next one."""

import pytest

from app.domain.lifecycle import Outcome
from app.kernel.errors import NotFound
from app.queries import bundles
from tests.factories.agreements import make_case
from tests.factories.contributions import consolidate, decide, reword


def test_what_is_accepted_already_contests_too(session):
    case = make_case()
    accepted, row = reword(case, "Lille", "15", "20"), reword(case, "Porto", "15", "30")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, accepted)
    (one,) = bundles.proposable_in(session, case.round)
    assert (one.row.label, one.verdict.is_uncontested) == (row.label, False)
    assert one.verdict.reasons == (f"It can't stand beside {accepted.label}.",)


def test_an_unknown_bundle_is_not_found(session):
    case = make_case()
    assert bundles.bundles_of(session, case.agreement.id) == []
    assert bundles.next_number(session, case.agreement.id) == 1
    with pytest.raises(NotFound):
        bundles.get_bundle(session, case.agreement.id, 1)

"""What a version does to everything open, told item by item."""

import pytest

from app.actions import consolidation, dispositions
from app.domain.lifecycle import Outcome
from app.kernel import clock
from app.models.agreements import Agreement
from app.models.comments import Thread
from app.queries import carried, publication
from tests.factories.agreements import make_case
from tests.factories.contributions import AFTER, comment, consolidate, decide, reword


@pytest.fixture
def case(session):
    """One is adopted; the others stay open and meet it in every way."""
    case = make_case()
    accepted = reword(case, "Lille", "15", "20")
    others = (
        reword(case, "Porto", "in writing", "by e-mail", key="answer-form"),
        reword(case, "Tartu", "15", "30"),
        reword(case, "Porto", "15", "20"),
    )
    comment(case, "Tartu", key="answer-time")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, accepted)
    decide(case, Outcome.DEFERRED, *others)
    return case


def told(lines):
    return [(line.number, line.who.name, line.fate) for line in lines]


OPEN = [("A2", "Porto", "clean"), ("A3", "Tartu", "attention"), ("A4", "Porto", "obsolete")]


def test_it_is_told_before_and_after_alike(case, session):
    with clock.at(AFTER):
        coming = publication.publication_of(session, case.round)
        before = carried.coming_list(session, coming)
    assert told(before.amendments) == OPEN
    assert told(before.comments) == [("C1", "Tartu", "same")]
    assert before.fates == {"clean": 1, "attention": 1, "obsolete": 1}
    assert [one.kind for one in before.follows] == ["attention", "obsolete"]
    assert not before.changed_comments and not before.mine

    thread = session.query(Thread).one()
    with clock.at(AFTER):
        dispositions.answer_comments(
            case.actor("facilitator"), case.round, threads=[thread.id], outcome=Outcome.NOTED
        )
        version = consolidation.publish_version(case.actor("facilitator"), case.round)
    agreement = session.get_one(Agreement, case.agreement.id)
    tartu = case.organisations["Tartu"].id
    after = carried.carried_list(session, agreement, version, tartu)
    assert told(after.amendments) == OPEN
    assert told(after.comments) == told(before.comments)
    assert [line.number for line in after.mine] == ["A3", "C1"]
    assert after.amendments[1].why == "The words it changes read differently now."
    assert after.amendments[2].why == "Version 2 says so already."

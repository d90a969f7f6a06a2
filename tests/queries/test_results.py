"""What is accepted on one clause is merged alone."""

from app.domain.lifecycle import Outcome
from app.domain.redline import accept_all
from app.queries import consolidations, results
from tests.factories.agreements import make_case
from tests.factories.contributions import consolidate, decide, reword


def test_only_what_touches_the_clause_is_merged(session):
    case = make_case()
    here = [reword(case, "Lille", "15", "20"), reword(case, "Porto", "A Hub", "Each Hub")]
    elsewhere = reword(case, "Tartu", "three months", "six months", key="ending")
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *here, elsewhere)
    accepted = consolidations.accepted_in(session, case.round)
    assert results.near(accepted, ["answer-time"]) == here
    found = results.result_of(case.round, ["answer-time"])
    assert found.clauses == (("answer-time", "Article 2.1"),)
    assert found.conflicts == 0
    (node,) = accept_all(found.redline).clauses
    assert node.text == "Each Hub answers a request within 20 working days."


def test_an_open_conflict_is_counted(session):
    case = make_case()
    rows = [reword(case, name, "15", to) for name, to in (("Lille", "20"), ("Porto", "30"))]
    consolidate(case)
    decide(case, Outcome.ACCEPTED, *rows)
    assert results.result_of(case.round, ["answer-time"]).conflicts == 1

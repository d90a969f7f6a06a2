"""The text in its three views, and what stands beside it."""

from datetime import timedelta

import pytest

from app.actions import amendments
from app.domain import operations as ops
from app.domain.clauses import Clause, Kind
from app.domain.lifecycle import AmendmentState
from app.domain.redline import Change, reject_all
from app.queries.reading_room import blank_labels, reading_of
from tests.factories.agreements import TREE, Case, make_case
from tests.factories.people import START

DURING = START + timedelta(days=2)


@pytest.fixture
def case(session, clock) -> Case:
    clock.set(DURING)
    made = make_case()
    session.commit()
    return made


def propose(case: Case, by: str, old: str, new: str, key: str = "answer-time"):
    step = ops.replace_text(TREE, key, TREE.find(key).text.replace(old, new))
    draft = amendments.draft_amendment(
        case.actor(by), case.round, operations=[step], rationale=f"{new} is better"
    )
    return amendments.propose_amendment(case.actor(by), draft)


def changes(nodes) -> list[Change]:
    return [
        part
        for node in nodes
        for part in (*node.heading, *node.text)
        if not isinstance(part, Change) or part.op != "="
    ] + [change for node in nodes for change in changes(node.children)]


@pytest.mark.parametrize("view", ["stands", "all", "now"])
def test_every_view_holds_the_text_as_it_stands(case, view):
    propose(case, "Lille", "15", "20")
    reading = reading_of(case.actor("Porto"), case.agreement, view)
    assert reading.base == TREE == reject_all(reading.redline)


def test_contested_words_are_known_in_every_view_and_rivals_name_each_other(case):
    propose(case, "Lille", "15", "20")
    propose(case, "Porto", "15", "10")
    propose(case, "Tartu", "across", "beyond", key="scope-aim")
    reading = reading_of(case.actor("Porto"), case.agreement, "stands")
    assert reading.contested == {"answer-time"}
    assert [one.competes for one in reading.proposals] == [("A2",), ("A1",), ()]
    assert [one.is_mine for one in reading.proposals] == [False, True, False]
    assert not changes(reading.redline.nodes)


def test_only_what_is_accepted_is_in_the_text_of_now(case, session):
    row = propose(case, "Lille", "15", "20")
    propose(case, "Porto", "request", "question")
    assert not changes(reading_of(case.actor("Porto"), case.agreement, "now").redline.nodes)
    session.get(type(row), row.id).state = AmendmentState.ACCEPTED
    session.commit()
    found = changes(reading_of(case.actor("Porto"), case.agreement, "now").redline.nodes)
    assert [(part.op, part.text, part.by) for part in found] == [
        ("-", "15", (1,)),
        ("+", "20", (1,)),
    ]


def test_a_draft_of_another_organisation_is_nowhere(case):
    step = ops.replace_text(TREE, "answer-time", "A Hub answers at once.")
    amendments.draft_amendment(case.actor("Lille"), case.round, operations=[step])
    for name in ("Lille", "Porto"):
        reading = reading_of(case.actor(name), case.agreement, "all")
        assert not reading.proposals
        assert not changes(reading.redline.nodes)


def test_a_new_clause_is_found_beside_the_one_it_follows(case):
    new = Clause("cnewnewnew1", Kind.CLAUSE, text="More time may be asked for.")
    step = ops.insert_clause(TREE, "answers", "answer-time", new)
    draft = amendments.draft_amendment(case.actor("Lille"), case.round, operations=[step])
    amendments.propose_amendment(case.actor("Lille"), draft)
    (proposal,) = reading_of(case.actor("Porto"), case.agreement, "stands").proposals
    assert proposal.clauses == ("cnewnewnew1", "answer-time", "answers")


def test_supporters_are_named_by_their_codes(case):
    row = propose(case, "Lille", "15", "20")
    amendments.support_amendment(case.actor("Porto"), row, supports=True)
    (proposal,) = reading_of(case.actor("Tartu"), case.agreement, "all").proposals
    assert proposal.supporters == (case.organisations["Porto"].code,)


def test_blanks_are_known_by_their_labels():
    assert blank_labels({"blanks": {"days": "number of days", "sum": {"label": "a sum"}}}) == {
        "days": "number of days",
        "sum": "a sum",
    }
    assert blank_labels({"blanks": ["days"]}) == blank_labels({}) == {}

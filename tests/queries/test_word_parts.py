"""What a returned file did to the amendments that its copy held, part by part."""

import pytest

from app.actions import amendments
from app.domain import operations
from app.domain.clauses import Clause, Kind
from app.formats.docx import revisions_reader
from app.queries import word_returns
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import propose, reword
from tests.factories.returned import inside
from tests.formats.docx import settling
from tests.queries.test_word_returns import DURING, looked, proposed_sets_file


@pytest.fixture
def case(session, clock):
    clock.set(DURING)
    made = make_case()
    session.commit()
    return made


def test_what_is_typed_into_a_pending_insertion_is_offered_as_an_amendment_to_it(case, session):
    row = reword(case, "Porto", "days", "days of a written request that names the need")
    data = inside(proposed_sets_file(case, session), b"written request", b" or letter")
    _, found = looked(case, session, data)
    (offer,) = [one for group in found.groups for one in group.offers]
    assert (offer.amends, offer.item.authors, offer.state) == ("A1", ("Ana",), "clean")
    with_it = operations.apply(TREE, operations.from_json(row.operations))
    steps = word_returns.carried(found, [offer.item.number], "A1")
    text = operations.apply(with_it, steps).find("answer-time").text
    assert "a written request or letter that names" in text
    assert found.parts.asides["A1"].amendment_id == row.id
    amendments.withdraw_amendment(case.actor("Porto"), row)
    _, found = looked(case, session, data)
    assert found.groups == ()


def test_a_part_taken_and_a_part_left_in_word_are_told(case, session):
    text = TREE.find("answer-time").text
    propose(
        case, "Porto",
        operations.replace_text(TREE, "answer-time", text.replace("15", "20")),
        operations.set_heading(TREE, "scope", "What this is about"),
    )  # fmt: skip
    data = proposed_sets_file(case, session)
    hands = [one.date for one in revisions_reader.read(data).origin.amendments]
    number = {"15", "20"}
    data = settling.settled(
        data, accepted=hands, which=lambda node: "".join(node.itertext()) in number
    )
    data = settling.settled(data, rejected=hands)
    _, found = looked(case, session, data)
    assert found.fates == {"half": ["A1"]}
    assert [bit.text for bit in found.parts.halves["A1"].taken] == ["15", "20"]
    assert {bit.clause for bit in found.parts.halves["A1"].left} == {"scope"}
    (offer,) = [one for group in found.groups for one in group.offers]
    assert (offer.amends, offer.item.clause, offer.item.tracked) == ("A1", "scope", False)


def test_what_is_changed_in_a_new_clause_stands_where_that_will(case, session):
    new = Clause("costs", Kind.CLAUSE, "", "Each Hub bears its own costs of every request.")
    propose(case, "Porto", operations.insert_clause(TREE, "scope", "scope-aim", new))
    data = inside(proposed_sets_file(case, session), b"own costs", b" and fees")
    data = settling.changed_body(data, lambda body: body.replace(b"three months", b"six months"))
    _, found = looked(case, session, data)
    assert [(one.key, one.offers[0].amends) for one in found.groups] == [
        ("costs", "A1"),
        ("ending", ""),
    ]
    assert found.groups[0].words == "Each Hub bears its own costs of every request."

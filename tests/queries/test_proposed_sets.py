"""Open amendments in one text: the first stands, what collides is named, words keep their hand."""

import pytest

from app.domain import operations as ops
from app.domain.changes import Change
from app.domain.clauses import Clause, Kind
from app.kernel.errors import NotFound
from app.queries import proposed_sets
from tests.factories.agreements import TREE, make_case
from tests.factories.contributions import propose, reword


def labels(rows):
    return [row.label for row in rows]


def test_all_open_ones_stand_together_and_what_collides_is_named(session):
    case = make_case()
    reword(case, "Lille", "15", "20")
    reword(case, "Porto", "15", "10")
    propose(case, "Tartu", ops.delete_clause(TREE, "scope-limit"))
    held = proposed_sets.open_set(session, case.agreement)
    assert labels(held.taken) == ["A1", "A3"]
    assert [(one.row.label, one.why) for one in held.left] == [("A2", "It collides with A1.")]


def test_every_change_is_put_down_to_its_amendment(session):
    case = make_case()
    reword(case, "Lille", "15", "20")
    gone = ops.delete_clause(TREE, "scope-limit")
    node = Clause("fresh", Kind.CLAUSE, text="A Hub keeps records.")
    propose(case, "Porto", gone, ops.insert_clause(TREE, "scope", "scope-aim", node))
    propose(case, "Tartu", ops.move_clause(TREE, "ending", None, None))
    held = proposed_sets.open_set(session, case.agreement)
    assert not held.left
    found = {}

    def walk(nodes):
        for one in nodes:
            found[one.key, one.change] = one
            walk(one.children)

    walk(held.redline.nodes)
    changes = [
        part
        for part in found["answer-time", "text"].text
        if isinstance(part, Change) and part.op != "="
    ]
    assert {part.by for part in changes} == {(1,)}
    assert found["scope-limit", "delete"].by == (2,)
    assert found["fresh", "insert"].by == (2,)
    assert found["ending", "moved-from"].by == found["ending", "moved-to"].by == (3,)


def test_chosen_ones_are_taken_alone_with_what_they_amend(session):
    case = make_case()
    reword(case, "Lille", "15", "20")
    reword(case, "Porto", "15", "10")
    held = proposed_sets.chosen_set(session, case.agreement, ["A2"])
    assert labels(held.taken) == ["A2"]
    assert not held.left
    with pytest.raises(NotFound, match="no amendment A7"):
        proposed_sets.chosen_set(session, case.agreement, ["A7"])


def test_one_that_waits_for_its_author_is_left_out(session):
    case = make_case()
    row = reword(case, "Lille", "15", "20")
    row.rebase_state = "attention"
    session.commit()
    held = proposed_sets.open_set(session, case.agreement)
    assert not held.taken
    assert "other words than those of version 1" in held.left[0].why

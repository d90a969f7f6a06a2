"""Which clauses a newer text changed, by name."""

from app.domain import operations as ops
from app.domain.changed_clauses import ChangedClause, changed_clauses
from app.domain.clauses import Clause, Kind
from tests.factories.agreements import TREE


def test_the_same_text_has_no_changed_clause():
    assert changed_clauses(TREE, TREE) == ()


def test_new_words_a_new_clause_and_a_deleted_one_are_named():
    new = ops.apply(
        TREE,
        (
            ops.replace_text(TREE, "answer-time", "A Hub answers within a month."),
            ops.delete_clause(TREE, "answer-form"),
            ops.insert_clause(TREE, None, None, Clause("c-first", Kind.CLAUSE, text="First.")),
        ),
    )
    assert set(changed_clauses(TREE, new)) == {
        ChangedClause("c-first", "new"),
        ChangedClause("answer-time", "reworded"),
        ChangedClause("answer-form", "deleted"),
    }


def test_of_a_branch_only_its_top_is_named():
    inner = Clause("c-inner", Kind.CLAUSE, text="Inner.")
    branch = Clause("c-outer", Kind.CLAUSE, heading="Outer", children=(inner,))
    new = ops.apply(TREE, (ops.insert_clause(TREE, None, None, branch),))
    assert changed_clauses(TREE, new) == (ChangedClause("c-outer", "new"),)
    assert changed_clauses(new, TREE) == (ChangedClause("c-outer", "deleted"),)


def test_a_moved_clause_is_no_changed_one():
    tops = [node.key for node in TREE.clauses]
    new = ops.apply(TREE, (ops.move_clause(TREE, tops[-1], None, None),))
    assert changed_clauses(TREE, new) == ()

from dataclasses import replace

import pytest

from app.domain import operations
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import DeleteClause, InsertClause, MoveClause
from app.domain.text_diff import Edit
from app.kernel.errors import Conflict, Invalid


def clause(key: str, text: str = "", *children: Clause, heading: str = "") -> Clause:
    return Clause(key, Kind.CLAUSE, heading, text or f"Words of {key}.", children)


TREE = ClauseTree(
    "Agreement", (clause("a"), clause("b", "", clause("b1"), clause("b2")), clause("c"))
)


def outline(tree: ClauseTree) -> str:
    def line(node: Clause) -> str:
        below = " ".join(map(line, node.children))
        return f"{node.key}({below})" if below else node.key

    return " ".join(map(line, tree.clauses))


def test_words_are_replaced_only_where_they_were_found() -> None:
    step = operations.replace_text(TREE, "a", "Words of one.")
    assert step.edits == (Edit(4, 5, "one"),)
    assert operations.apply(TREE, [step]).find("a").text == "Words of one."
    moved_on = TREE.replace("a", text="Other words.")
    with pytest.raises(Conflict, match="reads differently"):
        operations.apply(moved_on, [step])
    with pytest.raises(Conflict, match="no clause a"):
        operations.apply(TREE.remove("a"), [step])


def test_a_stale_delete_fails_when_anything_below_changed() -> None:
    step = operations.delete_clause(TREE, "b")
    assert outline(operations.apply(TREE, [step])) == "a c"
    with pytest.raises(Conflict):
        operations.apply(TREE.replace("b1", text="Other."), [step])


def test_an_empty_change_is_refused() -> None:
    with pytest.raises(Invalid, match="Change a word"):
        operations.replace_text(TREE, "a", " Words  of a. ")
    with pytest.raises(Invalid, match="Change a word"):
        operations.set_heading(TREE, "a", "")
    with pytest.raises(Invalid, match="heading or a text"):
        operations.replace_text(TREE, "a", "")
    with pytest.raises(Invalid, match="there already"):
        operations.move_clause(TREE, "c", None, "b")


def test_heading_and_text_of_one_clause_change_together() -> None:
    steps = [operations.replace_text(TREE, "a", "New."), operations.set_heading(TREE, "a", "Head")]
    assert operations.apply(TREE, steps).find("a") == clause("a", "New.", heading="Head")


def test_a_deleted_or_moved_neighbour_still_marks_its_place() -> None:
    delete = operations.delete_clause(TREE, "b")
    insert = InsertClause(None, "b", clause("n"))
    assert outline(operations.apply(TREE, [delete, insert])) == "a n c"
    assert outline(operations.apply(TREE, [MoveClause("b1", None, "b"), delete])) == "a b1 c"


def test_a_clause_may_follow_what_the_same_amendment_places() -> None:
    steps = [
        InsertClause(None, "n1", clause("n2")),
        InsertClause(None, "a", clause("n1")),
        MoveClause("a", None, "c"),
    ]
    assert outline(operations.apply(TREE, steps)) == "b(b1 b2) c a n1 n2"
    inside = [
        InsertClause("b", None, clause("n", "", clause("n-in"))),
        MoveClause("a", "n", "n-in"),
    ]
    assert outline(operations.apply(TREE, inside)) == "b(n(n-in a) b1 b2) c"


def test_two_may_change_places() -> None:
    steps = [MoveClause("b1", None, None), MoveClause("a", "b", None)]
    assert outline(operations.apply(TREE, steps)) == "b1 b(a b2) c"


@pytest.mark.parametrize(
    "steps",
    [
        [MoveClause("b", "b1", None)],
        [MoveClause("a", "b", None), MoveClause("b", "a", None)],
        [MoveClause("a", "b", "c")],
        [InsertClause(None, "gone", clause("n"))],
        [InsertClause("gone", None, clause("n"))],
        [InsertClause(None, None, clause("c"))],
        [DeleteClause("b", TREE.find("b").subtree_hash), MoveClause("a", "b", None)],
        [DeleteClause("gone", "")],
    ],
)
def test_what_has_no_place_is_a_conflict(steps: list[operations.Operation]) -> None:
    with pytest.raises(Conflict):
        operations.apply(TREE, steps)


@pytest.mark.parametrize(
    "steps",
    [
        [MoveClause("a", None, "c"), MoveClause("a", None, "b")],
        [DeleteClause("a", TREE.find("a").subtree_hash), MoveClause("a", None, "b")],
        [InsertClause(None, None, Clause("n", Kind.ROW, text="x"))],
        [InsertClause(None, None, Clause("n", Kind.CLAUSE))],
    ],
)
def test_what_contradicts_itself_is_refused(steps: list[operations.Operation]) -> None:
    with pytest.raises(Invalid):
        operations.apply(TREE, steps)


def test_split_and_join_are_written_down() -> None:
    tree = TREE.replace("a", text="One. Two.")
    split = [
        operations.replace_text(tree, "a", "One."),
        operations.insert_clause(tree, None, "a", clause("n", "Two."), "a"),
    ]
    assert outline(operations.apply(tree, split)) == "a n b(b1 b2) c"
    assert operations.to_json(split)[1]["from"] == "a"
    join = [
        operations.replace_text(TREE, "a", "Words of a. Words of c."),
        operations.delete_clause(TREE, "c", "a"),
    ]
    assert operations.to_json(join)[1]["into"] == "a"
    assert outline(operations.apply(TREE, join)) == "a b(b1 b2)"


def test_operations_are_stored_and_read_back() -> None:
    steps: list[operations.Operation] = [
        operations.replace_text(TREE, "a", "New words of a."),
        operations.set_heading(TREE, "a", "Head"),
        operations.insert_clause(TREE, "b", "b1", clause("n", "", clause("n1")), "b1"),
        operations.delete_clause(TREE, "c", "a"),
        operations.move_clause(TREE, "b2", None, None),
    ]
    stored = operations.to_json(steps)
    assert operations.from_json(stored) == tuple(steps)
    assert operations.touched(steps) == {"a", "n", "n1", "c", "b2"}
    assert set(stored[4]) == {"op", "clause", "parent", "after"}
    for broken in (
        [{"op": "burn"}],
        [{"op": "delete"}],
        [{}],
        [{"op": "replace", "clause": "a", "base": "", "text": "", "edits": [1]}],
    ):
        with pytest.raises(Invalid):
            operations.from_json(broken)


def test_the_hash_tells_what_is_done_not_how_it_is_cut() -> None:
    step = operations.replace_text(TREE, "a", "New words of a.")
    assert operations.operations_hash([step]) == operations.operations_hash(
        [replace(step, edits=(), tokeniser=0)]
    )
    assert operations.operations_hash([step]) != operations.operations_hash(
        [replace(step, text="No.")]
    )


def test_verbatim_text_is_taken_as_it_is() -> None:
    tree = ClauseTree("T", (Clause("v", Kind.VERBATIM, text="a  *b\n"),))
    step = operations.replace_text(tree, "v", "a  *c\n")
    assert (step.text, step.edits) == ("a  *c\n", (Edit(3, 4, "c"),))

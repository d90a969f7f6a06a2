import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clauses import Clause, ClauseTree, Kind, Place, canonical_json
from app.kernel.errors import Conflict, Invalid
from tests.domain import strategies

A = Clause(
    "a",
    Kind.CLAUSE,
    "A",
    children=(Clause("a-1", Kind.CLAUSE, text="one"), Clause("a-2", Kind.CLAUSE, text="two")),
)
B = Clause("b", Kind.CLAUSE, "B")
TREE = ClauseTree("Title", (A, B))


def keys(tree: ClauseTree) -> list[str]:
    return [node.key for node in tree.walk()]


def test_a_tree_is_read_in_order_and_knows_parents_places_and_paths():
    assert keys(TREE) == ["a", "a-1", "a-2", "b"]
    assert TREE.parents["a-2"] == "a"
    assert TREE.place_of("a-2") == Place("a", "a-1")
    assert TREE.place_of("a") == Place(None, None)
    assert [node.key for node in TREE.path("a-1")] == ["a", "a-1"]


def test_a_change_gives_a_new_tree_and_leaves_the_old_one():
    changed = TREE.replace("a-1", text="uno")

    assert changed.find("a-1").text == "uno"
    assert TREE.find("a-1").text == "one"
    assert changed.find("b") is TREE.find("b")


def test_nodes_are_inserted_removed_and_moved():
    new = Clause("n", Kind.PARA, text="new")

    assert keys(TREE.insert(Place("a", "a-1"), new)) == ["a", "a-1", "n", "a-2", "b"]
    assert keys(TREE.insert(Place("a", None), new)) == ["a", "n", "a-1", "a-2", "b"]
    assert keys(TREE.remove("a")) == ["b"]
    assert keys(TREE.move("a-1", Place(None, "b"))) == ["a", "a-2", "b", "a-1"]


def test_places_that_are_gone_and_kinds_that_do_not_fit_are_refused():
    with pytest.raises(Conflict):
        TREE.find("gone")
    with pytest.raises(Conflict):
        TREE.insert(Place("a", "b"), Clause("n", Kind.PARA, text="x"))
    with pytest.raises(Invalid):
        TREE.insert(Place("a", None), Clause("n", Kind.ROW, text="x"))
    with pytest.raises(Conflict):
        TREE.move("a", Place("a-1", None))


def test_hashes_follow_the_words_and_survive_storage():
    again = ClauseTree.from_json(TREE.to_json())

    assert again == TREE
    assert again.version_hash == TREE.version_hash
    assert TREE.replace("a-1", text="uno").version_hash != TREE.version_hash
    assert A.node_hash == TREE.replace("a-1", text="uno").find("a").node_hash
    assert A.subtree_hash != TREE.replace("a-1", text="uno").find("a").subtree_hash


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"format": 2},
        {
            "format": 1,
            "title": "x",
            "language": "en",
            "numbering": "article",
            "clauses": [{"key": "a"}],
        },
    ],
)
def test_what_is_not_a_version_is_refused(broken):
    with pytest.raises(Invalid):
        ClauseTree.from_json(broken)


@settings(max_examples=40, deadline=None)
@given(strategies.trees())
def test_what_is_hashed_is_the_canonical_json(tree):
    assert tree.canonical() == canonical_json(tree.to_json())
    assert all(node.canonical() == canonical_json(node.to_json()) for node in tree.walk())


@given(st.text())
def test_any_words_are_hashed_as_json_writes_them(words):
    node = Clause("a", Kind.VERBATIM, text=words)
    assert node.canonical() == canonical_json(node.to_json())

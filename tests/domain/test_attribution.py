"""Every change of a redline in the name of whose it is, and the texts in it unchanged."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import operations as ops
from app.domain import redline as lines
from app.domain.amendments import Amendment
from app.domain.attribution import attributed, owners_by
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.consolidation import consolidate
from app.domain.provenance import Source
from app.domain.redline import Change, RedlineNode

TREE = ClauseTree(
    "Deal",
    (
        Clause("pay", Kind.CLAUSE, "Price", "Pay **30 euro** at once to the other Hub."),
        Clause("wait", Kind.CLAUSE, "", "Wait a while. Then go home and ask again."),
        Clause("rest", Kind.CLAUSE, "", "Rest a while."),
    ),
)


OWNERS = owners_by({"A1": 1, "A2": 2, "A3": 3})


def signed(*sides: ops.Operation, movers=None) -> dict[str, list[tuple[str, str, tuple[int, ...]]]]:
    amendments = [Amendment(at + 1, (step,)) for at, step in enumerate(sides)]
    sources = {one.number: Source("amendment", f"A{one.number}") for one in amendments}
    merged = consolidate(TREE, amendments, sources=sources)
    assert merged.tree is not None
    built = lines.build(TREE, merged.tree)
    found = attributed(built, merged.provenance, OWNERS, movers)
    assert lines.accept_all(found) == merged.tree
    assert lines.reject_all(found) == TREE
    return {node.key: changes(node) for node in found.nodes}


def changes(node: RedlineNode) -> list[tuple[str, str, tuple[int, ...]]]:
    return [
        (part.op, part.text.strip(), part.by)
        for part in (*node.heading, *node.text)
        if isinstance(part, Change) and part.op != "="
    ]


def replaced(key: str, old: str, new: str) -> ops.Operation:
    return ops.replace_text(TREE, key, TREE.find(key).text.replace(old, new))


def test_words_of_two_amendments_in_one_clause_are_told_apart():
    found = signed(replaced("wait", "a while", "an hour"), replaced("wait", "again", "once more"))
    assert found["wait"] == [
        ("-", "a while", (1,)),
        ("+", "an hour", (1,)),
        ("-", "again", (2,)),
        ("+", "once more", (2,)),
    ]


def test_what_two_want_alike_is_shown_for_both():
    step = replaced("wait", "a while", "an hour")
    assert signed(step, step)["wait"] == [("-", "a while", (1, 2)), ("+", "an hour", (1, 2))]


def test_deleted_words_new_and_deleted_clauses_have_their_names():
    new = Clause("new", Kind.CLAUSE, text="Then go.")
    found = signed(
        replaced("wait", " and ask again", ""),
        ops.insert_clause(TREE, None, "wait", new),
        ops.delete_clause(TREE, "rest"),
    )
    assert found["wait"] == [("-", "and ask again", (1,))]
    assert found["new"] == [("+", "Then go.", (2,))]
    assert found["rest"] == [("-", "Rest a while.", (3,))]


def test_words_under_marks_and_headings_have_their_names():
    found = signed(replaced("pay", "30", "20"), ops.set_heading(TREE, "pay", "Fee"))
    assert {by for _, _, by in found["pay"]} == {(1,), (2,)}
    assert ("+", "Fee", (2,)) in found["pay"]


def test_a_moved_clause_is_in_the_name_of_who_moved_it():
    step = ops.move_clause(TREE, "rest", None, None)
    amendments = [Amendment(7, (step,))]
    merged = consolidate(TREE, amendments)
    found = attributed(lines.build(TREE, merged.tree), merged.provenance, OWNERS, {"rest": (7,)})
    assert [(node.change, node.by) for node in found.nodes if node.key == "rest"] == [
        ("moved-to", (7,)),
        ("moved-from", (7,)),
    ]


WORDS = st.lists(st.sampled_from(["a", "b", "**c**", "d,", "e"]), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_signing_changes_no_text(base, one, other):
    tree = ClauseTree("T", (Clause("x", Kind.CLAUSE, text=" ".join(base)),))
    steps = []
    for at, text in enumerate((one, other)):
        if " ".join(text) != " ".join(base):
            made = Amendment(at + 1, (ops.replace_text(tree, "x", " ".join(text)),))
            steps.append(made)
    merged = consolidate(tree, steps)
    built = lines.build(tree, merged.preview)
    found = attributed(built, merged.provenance, lambda source: (1,) if source.ref else ())
    assert lines.accept_all(found) == merged.preview
    assert lines.reject_all(found) == tree

"""Texts, trees and edited trees to test laws on."""

from collections.abc import Callable, Iterator
from itertools import count

from hypothesis import strategies as st

from app.domain import prose
from app.domain.clauses import MAY_HOLD, Clause, ClauseTree, Kind, Numbering, Place

WORDS = ("the", "Hub", "shall", "pay", "fees", "within", "30", "2.5", "days.", "It", "may,", "if")
ODD_WORDS = ("sum;", "(any)", "Größe", "café", "日本", "%", "due.", "An", "answer", "not", "60")
MARKED = ("**Hub**", "*at least*", "[[key-1]]", "{{days}}", "[page](https://a.eu)", r"\[x\]")

NESTED = ClauseTree(
    "Agreement",
    (
        Clause("a", Kind.CLAUSE, text="One."),
        Clause("b", Kind.CLAUSE, text="Two.", children=(
            Clause("c", Kind.CLAUSE, text="Three.", children=(
                Clause("d", Kind.CLAUSE, text="Four."), Clause("e", Kind.CLAUSE, text="Five."),
            )),
            Clause("f", Kind.CLAUSE, text="Six."),
        )),
    ),
)  # fmt: skip
"""Clauses in clauses, to be taken out of each other."""

words = st.lists(st.sampled_from((*WORDS, *ODD_WORDS, *MARKED)), min_size=1, max_size=14)
"""Words of an agreement, some of them marked."""

proses = words.map(lambda chosen: prose.canonical(" ".join(chosen)))
"""Canonical texts of one node."""

odd_proses = st.text(alphabet="ab \n*[]{}|\\()é\u0301\u00a0", min_size=1, max_size=24).map(
    prose.canonical
)
"""Canonical texts made of the characters that marks are made of."""


@st.composite
def edited_proses(draw: st.DrawFn, old: str) -> str:
    """A text with some words replaced, dropped or added."""
    chosen = old.split(" ")
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(chosen)))
        end = min(len(chosen), start + draw(st.integers(0, 3)))
        chosen[start:end] = draw(words) if draw(st.booleans()) else []
    return prose.canonical(" ".join(chosen)) or "none"


def _fields(draw: st.DrawFn, kind: Kind) -> dict[str, str]:
    text = draw(proses)
    heading = draw(st.sampled_from(("", "Fees", "Time to *answer*")))
    match kind:
        case Kind.DIVISION | Kind.ANNEX:
            return {"heading": heading or "Part"}
        case Kind.DEFINITION:
            return {"heading": draw(st.sampled_from(("Hub; Hubs", "Client", "Fee"))), "text": text}
        case Kind.CLAUSE:
            return {
                "heading": heading,
                "text": draw(st.sampled_from((text, "" if heading else text))),
            }
        case Kind.TABLE:
            return {"heading": heading}
        case Kind.ROW:
            return {"text": prose.row([prose.escape(prose.plain(text)), draw(st.just("x"))])}
        case Kind.GENERATED:
            return {"text": "parties"}
        case _:
            return {"text": text}


def _node(draw: st.DrawFn, kind: Kind, keys: Iterator[str], depth: int) -> Clause:
    key = next(keys)
    fields = _fields(draw, kind)
    number = draw(st.sampled_from((None, None, None, "§ 3a"))) if kind is Kind.CLAUSE else None
    children = _nodes(draw, kind, keys, depth + 1)
    return Clause(key=key, kind=kind, children=children, number=number, **fields)


def _nodes(
    draw: st.DrawFn, parent: Kind | None, keys: Iterator[str], depth: int
) -> tuple[Clause, ...]:
    kinds = sorted(MAY_HOLD[parent])
    if not kinds or depth > 3 or parent is Kind.GENERATED:
        return ()
    often = [Kind.CLAUSE] * 6 if Kind.CLAUSE in kinds else []
    size = draw(st.integers(1, 4) if depth == 0 else st.integers(0, 3))
    chosen = [draw(st.sampled_from([*often, *kinds])) for _ in range(size)]
    return tuple(_node(draw, kind, keys, depth) for kind in chosen)


@st.composite
def trees(draw: st.DrawFn) -> ClauseTree:
    """Small agreements of every kind of node; keys are key-1, key-2 … in reading order."""
    keys = (f"key-{number}" for number in count(1))
    return ClauseTree(
        title=draw(st.sampled_from(("Agreement", "Framework *Agreement*"))),
        clauses=_nodes(draw, None, keys, 0),
        numbering=draw(st.sampled_from(Numbering)),
    )


_Step = Callable[[st.DrawFn, ClauseTree, Iterator[str]], ClauseTree]


@st.composite
def edited_trees(draw: st.DrawFn, old: ClauseTree, prefix: str = "new") -> ClauseTree:
    """The tree after a few edits: words, headings, insertions, deletions, moves, kinds.

    Keys of inserted nodes begin with the prefix, so that edits of several people stay apart.
    """
    return _edited(draw, old, prefix, (_reword, _rename, _insert, _delete, _move))


@st.composite
def emptied_trees(draw: st.DrawFn, old: ClauseTree) -> ClauseTree:
    """The tree after clauses went and others were taken out: one deletes what another keeps.

    What is taken out comes up or to anywhere else, be it into what a third deletes.
    """
    return _edited(draw, old, "new", (_delete, _lift, _move))


@st.composite
def rearranged_trees(draw: st.DrawFn, old: ClauseTree) -> ClauseTree:
    """The tree after a few moves, some of them away from what goes."""
    return _edited(draw, old, "new", (_move, _move, _delete))


@st.composite
def repeating_trees(draw: st.DrawFn, old: ClauseTree, prefix: str) -> ClauseTree:
    """The tree with a few clauses of the same words in it, some of its own moved or gone."""
    return _edited(draw, old, prefix, (_repeat, _repeat, _move, _delete))


def _edited(draw: st.DrawFn, old: ClauseTree, prefix: str, steps: tuple[_Step, ...]) -> ClauseTree:
    tree = old
    keys = (f"{prefix}-{number}" for number in count(1))
    for _ in range(draw(st.integers(1, 4))):
        step = draw(st.sampled_from(steps))
        tree = step(draw, tree, keys)
    return tree


def _some_key(draw: st.DrawFn, tree: ClauseTree) -> str | None:
    return draw(st.sampled_from(list(tree.nodes))) if tree.nodes else None


def _reword(draw: st.DrawFn, tree: ClauseTree, _keys: Iterator[str]) -> ClauseTree:
    key = _some_key(draw, tree)
    if key is None or not tree.find(key).text or tree.find(key).kind is Kind.GENERATED:
        return tree
    return tree.replace(key, text=draw(edited_proses(tree.find(key).text)))


def _rename(draw: st.DrawFn, tree: ClauseTree, _keys: Iterator[str]) -> ClauseTree:
    key = _some_key(draw, tree)
    if key is None or not tree.find(key).heading:
        return tree
    return tree.replace(key, heading=draw(edited_proses(tree.find(key).heading)))


def _insert(draw: st.DrawFn, tree: ClauseTree, keys: Iterator[str]) -> ClauseTree:
    parent = draw(st.sampled_from([None, *tree.nodes]))
    kinds = MAY_HOLD[None if parent is None else tree.find(parent).kind]
    if not kinds or (parent and tree.find(parent).kind is Kind.GENERATED):
        return tree
    kind = draw(st.sampled_from(sorted(kinds)))
    after = draw(st.sampled_from([None, *(node.key for node in tree.children_of(parent))]))
    return tree.insert(Place(parent, after), _node(draw, kind, keys, 2))


def _repeat(draw: st.DrawFn, tree: ClauseTree, keys: Iterator[str]) -> ClauseTree:
    parent = draw(st.sampled_from([None, *tree.nodes]))
    after = draw(st.sampled_from([None, *(node.key for node in tree.children_of(parent))]))
    text = draw(st.sampled_from(("It.", "Again.")))
    return tree.insert(Place(parent, after), Clause(next(keys), Kind.CLAUSE, text=text))


def _delete(draw: st.DrawFn, tree: ClauseTree, _keys: Iterator[str]) -> ClauseTree:
    key = _some_key(draw, tree)
    return tree if key is None else tree.remove(key)


def _move(draw: st.DrawFn, tree: ClauseTree, _keys: Iterator[str]) -> ClauseTree:
    key = _some_key(draw, tree)
    if key is None:
        return tree
    node = tree.find(key)
    below = {inner.key for inner in node.walk()}
    parents = [
        None,
        *(other.key for other in tree.walk() if node.kind in MAY_HOLD[other.kind]),
    ]
    parent = draw(st.sampled_from([place for place in parents if place not in below]))
    if node.kind not in MAY_HOLD[None if parent is None else tree.find(parent).kind]:
        return tree
    siblings = [other.key for other in tree.children_of(parent) if other.key != key]
    return tree.move(key, Place(parent, draw(st.sampled_from([None, *siblings]))))


def _lift(draw: st.DrawFn, tree: ClauseTree, _keys: Iterator[str]) -> ClauseTree:
    key = _some_key(draw, tree)
    if key is None or tree.find(key).kind not in MAY_HOLD[None]:
        return tree
    siblings = [other.key for other in tree.clauses if other.key != key]
    return tree.move(key, Place(None, draw(st.sampled_from([None, *siblings]))))

"""What a person wrote over a text, clause by clause, and the operations that it comes to.

The form of a page without script knows no operations: it has words in fields, ticks and places.
Words are made canonical here; whatever was typed is kept by the page, not by this.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain import differences, operations, prose
from app.domain.clauses import MAY_HOLD, Clause, ClauseTree, Kind, Place
from app.domain.numbering import Label
from app.domain.operations import DeleteClause, InsertClause, MoveClause, Operation
from app.kernel.errors import Conflict, Invalid
from app.kernel.said import said

MOST_IN_TEXT = 20_000
MOST_IN_HEADING = 1_000
MOST_FROM_A_FILE = 50_000
"""So many characters stand in one clause; one that came longer out of a file may be longer."""

HEADED = frozenset({Kind.CLAUSE, Kind.ANNEX, Kind.DIVISION, Kind.DEFINITION, Kind.TABLE})
"""Kinds that have a heading one can write."""

WORDED = frozenset(Kind) - {Kind.ANNEX, Kind.DIVISION, Kind.TABLE, Kind.GENERATED}
"""Kinds that have a text one can write."""


@dataclass(frozen=True)
class Added:
    """A clause that is new, and where it was put; the place may name another new one."""

    key: str
    kind: Kind
    place: Place
    heading: str = ""
    text: str = ""


@dataclass(frozen=True)
class Written:
    """What stands in the fields: heading and text by key, ticks, places, new clauses in order."""

    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()
    moved: Mapping[str, Place] = field(default_factory=dict)
    added: tuple[Added, ...] = ()


def read(base: ClauseTree, steps: Iterable[Operation]) -> Written:
    """What the fields say when they are filled with these operations."""
    held = tuple(steps)
    there = operations.apply(base, held)
    kept = {key: node for key, node in there.nodes.items() if key in base.nodes}
    return Written(
        words={
            key: (node.heading, node.text)
            for key, node in kept.items()
            if node.node_hash != base.nodes[key].node_hash
        },
        deleted=frozenset(step.clause for step in held if isinstance(step, DeleteClause)),
        moved={
            step.clause: Place(step.parent, step.after)
            for step in held
            if isinstance(step, MoveClause)
        },
        added=tuple(
            new
            for step in held
            if isinstance(step, InsertClause)
            for new in _added(step.node, Place(step.parent, step.after))
        ),
    )


def with_additions(base: ClauseTree, written: Written) -> ClauseTree:
    """The text with new clauses at their places and nothing else changed: how a form shows it.

    A new clause whose place is not in this text is left out.
    """
    tree = base
    for new in written.added:
        node = Clause(new.key, new.kind, new.heading, new.text)
        try:
            tree = tree.insert(new.place, node)
        except (Conflict, Invalid):
            continue
    return tree


def text_of(base: ClauseTree, written: Written) -> ClauseTree:
    """The text as it is meant.

    Raises Invalid, naming the field (`text-<key>`, `move-<key>`), where a clause is left without
    words or a place doesn't fit.
    """
    tree = base
    for key, (heading, text) in written.words.items():
        node = tree.find(key)
        kept = _settled(node, heading, text, needs_words=key not in written.deleted)
        tree = tree.replace(key, heading=kept.heading, text=kept.text)
    for new in written.added:
        node = _settled(Clause(new.key, new.kind), new.heading, new.text)
        tree = tree.insert(new.place, node)
    for key, place in written.moved.items():
        if key not in written.deleted:
            tree = _moved(tree, key, place)
    for key in written.deleted:
        if key in tree.nodes:
            tree = tree.remove(key)
    return tree


def operations_of(base: ClauseTree, written: Written) -> tuple[Operation, ...]:
    """The operations that lead from the base to what is meant; none where nothing changed.

    Raises what `text_of` raises.
    """
    return differences.between(base, text_of(base, written))


def place_of(
    tree: ClauseTree, labels: Mapping[str, Label], key: str, side: str, name: str
) -> Place:
    """Where a clause goes that shall stand `behind` or `before` another.

    That is named by its label, or by its key in double brackets where it has none.

    Raises Invalid, for the field `move-<key>`, where no clause is called so or it doesn't fit.
    """
    wanted = " ".join(name.split()).casefold()
    found = [
        other
        for other, label in labels.items()
        if wanted
        and wanted in (name_of(tree, labels, other).casefold(), label.own.casefold().rstrip("."))
    ] or [other for other in tree.nodes if wanted == f"[[{other}]]"]
    where = f"move-{key}"
    if len(found) != 1:
        sentence = said("There is no clause “{name}”. Pick one from the list.")
        if found:
            sentence = said("“{name}” names several clauses. Pick one from the list.")
        raise Invalid(sentence, where, name=name)
    other = found[0]
    if any(node.key == other for node in tree.find(key).walk()):
        raise Invalid("A clause can't stand beside itself or in itself.", where)
    place = tree.place_of(other)
    if side == "before":
        return place if place.after != key else tree.place_of(key)
    return Place(place.parent, other)


def name_of(tree: ClauseTree, labels: Mapping[str, Label], key: str) -> str:
    """The label that names a clause alone; "" for what has none of its own, only its parent's."""
    label, above = labels.get(key), labels.get(tree.place_of(key).parent or "")
    if label is None or (above is not None and above.full == label.full):
        return ""
    return label.full


def neighbours(tree: ClauseTree, key: str, place: Place) -> tuple[str, ...]:
    """The keys of those among which a clause stands at a place, without its own, in their order."""
    return tuple(node.key for node in tree.children_of(place.parent) if node.key != key)


def stands_at(order: Sequence[str], place: Place) -> int:
    """How many of these neighbours stand before a place."""
    return order.index(place.after) + 1 if place.after in order else 0


def may_follow(tree: ClauseTree, key: str) -> Kind:
    """The kind of a new clause behind another: the same, but a paragraph for what stands alone."""
    kind = tree.find(key).kind
    return kind if kind not in (Kind.TABLE, Kind.GENERATED, Kind.VERBATIM) else Kind.PARA


def may_stand_in(tree: ClauseTree, key: str) -> Kind | None:
    """The kind of a new last part of a clause: as its others are; None where it has no parts."""
    node = tree.find(key)
    if node.kind in (Kind.TABLE, Kind.GENERATED) or not MAY_HOLD[node.kind]:
        return None
    for child in reversed(node.children):
        if child.kind in WORDED:
            return child.kind
    return Kind.CLAUSE if Kind.CLAUSE in MAY_HOLD[node.kind] else Kind.PARA


def _added(node: Clause, place: Place) -> Iterator[Added]:
    yield Added(node.key, node.kind, place, node.heading, node.text)
    after: str | None = None
    for child in node.children:
        yield from _added(child, Place(node.key, after))
        after = child.key


def _settled(node: Clause, heading: str, text: str, *, needs_words: bool = True) -> Clause:
    """The node with what was written as it is kept."""
    _check_length("heading", node.key, heading, max(MOST_IN_HEADING, len(node.heading)))
    came = min(len(node.text), MOST_FROM_A_FILE)
    _check_length("text", node.key, text, max(MOST_IN_TEXT, came))
    if node.kind in HEADED:
        node = replace(node, heading=prose.canonical(heading))
    if node.kind is Kind.VERBATIM:
        node = replace(node, text=text.replace("\r\n", "\n"))
    elif node.kind in WORDED:
        node = replace(node, text=prose.canonical(text))
    if needs_words and node.kind is not Kind.GENERATED and not node.heading and not node.text:
        raise Invalid(
            "No words are left here. Write some, or tick that the clause goes.", f"text-{node.key}"
        )
    return node


def _check_length(part: str, key: str, words: str, most: int) -> None:
    """Before anything is compared: that takes long for long words, again on every page."""
    if len(words) > most:
        raise Invalid(
            "Keep it under {most} characters; this has {size}. Divide it into several paragraphs.",
            f"{part}-{key}",
            most=most,
            size=len(words),
        )


def _moved(tree: ClauseTree, key: str, place: Place) -> ClauseTree:
    try:
        return tree.move(key, place)
    except (Conflict, Invalid) as error:
        raise Invalid(error.message, f"move-{key}", **error.params) from error

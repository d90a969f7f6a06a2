"""All open amendments on one text at once, for reading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.domain import operations, overlaid_words, placement, prose
from app.domain.changes import (
    Author,
    Change,
    NodeChange,
    Part,
    Redline,
    RedlineNode,
    compare,
    prose_of,
    reject_all,
)
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label, labels
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    SetHeading,
)
from app.domain.overlaid_words import Want
from app.domain.placement import Spot

NO_LABEL = Label("", "")


class Proposed(Protocol):
    """What is needed of an amendment to show it."""

    @property
    def number(self) -> int:
        """Its number, which names its author in the redline."""
        ...

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What it does, written against the base, or against the text its primary makes of it."""
        ...

    @property
    def primary(self) -> int | None:
        """The number of the amendment it amends."""
        ...


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A node somebody puts at a place: new, or moved there."""

    number: int
    node: Clause
    is_new: bool


@dataclass
class _Wishes:
    """Everything that all amendments want, by the node or the place it is about."""

    texts: dict[str, list[Want]] = field(default_factory=dict)
    headings: dict[str, list[Want]] = field(default_factory=dict)
    deletes: dict[str, list[int]] = field(default_factory=dict)
    moves: dict[str, list[int]] = field(default_factory=dict)
    arrivals: dict[Spot, list[_Arrival]] = field(default_factory=dict)
    labels: dict[tuple[int, str], Label] = field(default_factory=dict)


def overlay(
    base: ClauseTree,
    amendments: Iterable[Proposed],
    authors: Mapping[int, Author] | None = None,
) -> Redline:
    """Show what all amendments would change in one text.

    Equal changes are shown once for all who want them, contested words as Either. What would move
    stays readable where it stands (`moved-from`); at the other place only its own words are shown.
    A new node is labelled as if its amendment were the only one. Raises Conflict where an amendment
    was written against another text.
    """
    base_labels = labels(base)
    wishes = _gathered(base, sorted(amendments, key=lambda held: held.number))
    title = prose.escape(base.title)
    new_labels = {key: label for (_, key), label in wishes.labels.items()}
    redline = Redline(
        title=compare(title, title),
        nodes=_Overlay(base_labels, wishes).siblings(None, base.clauses, ()),
        language=base.language,
        numbering=base.numbering,
        old_language=base.language,
        old_numbering=base.numbering,
        labels={**new_labels, **base_labels},
        old_labels=base_labels,
        authors=authors or {},
    )
    if reject_all(redline) != base:
        raise AssertionError("Rejecting all changes of an overlay didn't give the base.")
    return redline


def _gathered(base: ClauseTree, amendments: Sequence[Proposed]) -> _Wishes:
    wishes = _Wishes()
    known = {amendment.number: amendment for amendment in amendments}
    made: dict[int, ClauseTree] = {}

    def ground(amendment: Proposed) -> ClauseTree:
        """The text an amendment is written against."""
        primary = known.get(amendment.primary or 0)
        if primary is None:
            return base
        if primary.number not in made:
            made[primary.number] = operations.apply(base, primary.operations)
        return made[primary.number]

    for amendment in amendments:
        _gather(wishes, amendment, ground(amendment))
    return wishes


def _gather(wishes: _Wishes, amendment: Proposed, tree: ClauseTree) -> None:
    number = amendment.number
    inserted: dict[str, Clause] = {}
    for step in amendment.operations:
        operations.check_base(tree, step)
        match step:
            case ReplaceText():
                text = step.text
                if tree.find(step.clause).kind is Kind.VERBATIM:
                    text = prose.escape(text)
                want = Want(number, text, amendment.primary)
                wishes.texts.setdefault(step.clause, []).append(want)
            case SetHeading():
                want = Want(number, step.heading, amendment.primary)
                wishes.headings.setdefault(step.clause, []).append(want)
            case DeleteClause():
                wishes.deletes.setdefault(step.clause, []).append(number)
            case MoveClause():
                wishes.moves.setdefault(step.clause, []).append(number)
            case InsertClause():
                inserted[step.clause] = step.node
    placings = operations.placings(amendment.operations)
    if not placings:
        return
    for spot, keys in placement.chains(placings).items():
        wishes.arrivals.setdefault(spot, []).extend(
            _Arrival(number, inserted.get(key) or tree.find(key), key in inserted) for key in keys
        )
    found = labels(operations.apply(tree, amendment.operations))
    placed = [node for key in inserted for node in inserted[key].walk()]
    for key in (*(node.key for node in placed), *(placing.key for placing in placings)):
        wishes.labels[number, key] = found[key]


@dataclass(frozen=True)
class _Overlay:
    base_labels: Mapping[str, Label]
    wishes: _Wishes

    def siblings(
        self, parent: str | None, nodes: Iterable[Clause], gone: tuple[int, ...]
    ) -> tuple[RedlineNode, ...]:
        """The children of a node of the base, and what is put among them."""
        found = self.arrived(Spot(parent, None))
        for node in nodes:
            found.append(self.standing(node, gone))
            found += self.arrived(Spot(parent, node.key))
        return tuple(found)

    def standing(self, node: Clause, gone: tuple[int, ...]) -> RedlineNode:
        """A node of the base, where it stands; `gone` are those who delete one above it."""
        gone = tuple(dict.fromkeys((*gone, *self.wishes.deletes.get(node.key, ()))))
        movers = tuple(self.wishes.moves.get(node.key, ()))
        heading, text = self.parts(node)
        changed = any(not isinstance(p, Change) or p.op != "=" or p.by for p in (*heading, *text))
        change: NodeChange = "text" if changed else "same"
        if gone:
            change = "delete"
            heading = overlaid_words.struck(heading, gone)
            text = overlaid_words.struck(text, gone)
        elif movers:
            change = "moved-from"
        target = next((self.wishes.labels.get((n, node.key)) for n in movers), None)
        label = self.base_labels[node.key]
        return RedlineNode(
            key=node.key,
            kind=node.kind,
            number=node.number,
            change=change,
            old_label=label,
            new_label=None if gone else target or label,
            heading=heading,
            text=text,
            children=self.siblings(node.key, node.children, gone),
            by=gone or movers or self.wanters(node),
            old_kind=node.kind,
            old_number=node.number,
        )

    def arrived(self, spot: Spot) -> list[RedlineNode]:
        """What is put at a place: equal new clauses once, in the order of the amendments."""
        groups: dict[object, list[_Arrival]] = {}
        for arrival in self.wishes.arrivals.get(spot, ()):
            same = _words(arrival.node) if arrival.is_new else (arrival.node.key,)
            groups.setdefault((arrival.is_new, same), []).append(arrival)
        found: list[RedlineNode] = []
        for group in groups.values():
            first, by = group[0], tuple(arrival.number for arrival in group)
            if not first.is_new:
                found.append(self.moved_here(first.node, by))
                continue
            found.append(self.new(first.node, by, ()))
            for arrival in group:
                found += self.arrived(Spot(spot.parent, arrival.node.key))
        return found

    def new(self, node: Clause, by: tuple[int, ...], gone: tuple[int, ...]) -> RedlineNode:
        """A node that amendments bring, with what others (that amend them) make of it."""
        gone = (*gone, *self.wishes.deletes.get(node.key, ()))
        heading, text = (overlaid_words.arriving(parts, by) for parts in self.parts(node))
        if gone:
            heading = overlaid_words.struck(heading, gone, "+")
            text = overlaid_words.struck(text, gone, "+")
        children = self.arrived(Spot(node.key, None))
        for child in node.children:
            children.append(self.new(child, by, gone))
            children += self.arrived(Spot(node.key, child.key))
        return RedlineNode(
            key=node.key,
            kind=node.kind,
            number=node.number,
            change="insert",
            old_label=None,
            new_label=self.wishes.labels.get((by[0], node.key), NO_LABEL),
            heading=heading,
            text=text,
            children=tuple(children),
            by=by,
            old_kind=node.kind,
            old_number=node.number,
        )

    def moved_here(self, node: Clause, by: tuple[int, ...]) -> RedlineNode:
        """The words of a node at the place to which it would move."""
        return RedlineNode(
            key=node.key,
            kind=node.kind,
            number=node.number,
            change="moved-to",
            old_label=self.base_labels.get(node.key),
            new_label=self.wishes.labels.get((by[0], node.key), NO_LABEL),
            heading=compare(node.heading, node.heading),
            text=compare(prose_of(node), prose_of(node)),
            by=by,
            old_kind=node.kind,
            old_number=node.number,
        )

    def parts(self, node: Clause) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        """Heading and text with everything that is wanted of them."""
        return (
            overlaid_words.together(node.heading, self.wishes.headings.get(node.key, ())),
            overlaid_words.together(prose_of(node), self.wishes.texts.get(node.key, ())),
        )

    def wanters(self, node: Clause) -> tuple[int, ...]:
        """The amendments that change the words of a node."""
        wants = (
            *self.wishes.headings.get(node.key, ()),
            *self.wishes.texts.get(node.key, ()),
        )
        return tuple(dict.fromkeys(want.number for want in wants))


def _words(node: Clause) -> tuple[object, ...]:
    """What two new clauses must share to be the same proposal: all but their keys."""
    return (
        node.kind, node.number, node.heading, node.text, tuple(map(_words, node.children)),
    )  # fmt: skip

"""What a returned file would bring, by clause: each item with its words as a redline."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from app.domain import operations as ops
from app.domain import prose, rebase
from app.domain.changes import Part, compare
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label, labels
from app.domain.operations import Operation
from app.domain.returned_remarks import RemarkItem, Remarks
from app.domain.roundtrip import Item, Returned
from app.kernel.errors import AppError
from app.kernel.said import said, strung
from app.queries.word_parts import Aside

State = Literal["clean", "attention", "obsolete"]
Deed = tuple[str, str, str]
"""A kind of change, where it is done, and to which words."""


@dataclass(frozen=True)
class Change:
    """One clause of an item: its label, and its heading and text as a redline."""

    label: str
    heading: tuple[Part, ...]
    text: tuple[Part, ...]


@dataclass(frozen=True)
class Offer:
    """An item with what it comes to on the present text. Only a clean one can be taken.

    `same_as` names an amendment that asks for the same already, `amends` the one that it would
    change.
    """

    item: Item
    sentence: str
    changes: tuple[Change, ...]
    state: State = "clean"
    why: str = ""
    same_as: str = ""
    amends: str = ""

    @property
    def number(self) -> str:
        """What it is called among all that the file brings."""
        return f"{self.amends}:{self.item.number}" if self.amends else self.item.number


@dataclass(frozen=True)
class Group:
    """What belongs to one clause."""

    key: str
    label: str
    words: str
    offers: tuple[Offer, ...]
    remarks: tuple[RemarkItem, ...]


Asked = Mapping[Deed, str]
"""What amendments ask for already, and which does."""


def deeds(steps: Iterable[Operation]) -> Iterator[Deed]:
    """What operations do, in words that don't depend on how they came about."""
    for step in steps:
        match step:
            case ops.ReplaceText():
                yield ("text", step.clause, step.text)
            case ops.SetHeading():
                yield ("heading", step.clause, step.heading)
            case ops.DeleteClause():
                yield ("delete", step.clause, "")
            case ops.MoveClause():
                yield ("move", step.clause, f"{step.parent} {step.after}")
            case ops.InsertClause():
                node = step.node
                yield ("insert", f"{step.parent} {step.after}", f"{node.heading} {node.text}")


def groups(
    found: Returned,
    present: ClauseTree,
    remarks: Remarks,
    asked: Asked | None = None,
    asides: Iterable[Aside] = (),
) -> tuple[Group, ...]:
    """Everything by clause, in the order of the text. `asides` change amendments, not the text."""
    names = {**labels(found.target), **labels(found.base)}
    nodes = dict(found.base.nodes)
    order = {key: (at, 0) for at, key in enumerate(nodes)}
    offers: dict[str, list[Offer]] = {}
    held: dict[str, list[RemarkItem]] = {}
    for item in found.items:
        offers.setdefault(item.clause, []).append(_offer(found, present, item, names, asked or {}))
    for aside in asides:
        own = {**labels(aside.returned.target), **labels(aside.returned.base)}
        for item in aside.returned.items:
            offer = _offer(aside.returned, aside.text, item, own, {})
            offers.setdefault(item.clause, []).append(replace(offer, amends=aside.label))
        names, nodes = {**own, **names}, {**aside.returned.base.nodes, **nodes}
        order = {**_places(order, aside.returned.base), **order}
    for remark in remarks.items:
        held.setdefault(remark.clause, []).append(remark)
    keys = sorted({*offers, *held}, key=lambda key: order.get(key, (-1, 0)))
    return tuple(
        Group(
            key,
            names[key].full if key in names else said("The agreement"),
            _first_words(nodes.get(key)),
            tuple(offers.get(key, ())),
            tuple(held.get(key, ())),
        )
        for key in keys
    )


Place = tuple[int, int]


def _places(order: Mapping[str, Place], tree: ClauseTree) -> dict[str, Place]:
    """Where the new clauses of an amendment stand among those of the text."""
    found: dict[str, Place] = {}
    last = (-1, 0)
    for key in tree.nodes:
        last = order.get(key, (last[0], last[1] + 1))
        found[key] = last
    return found


def _first_words(node: Clause | None) -> str:
    if node is None:
        return ""
    words = prose.plain(node.heading or node.text).replace("\ufffc", "…")
    return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"


def _offer(
    found: Returned,
    present: ClauseTree,
    item: Item,
    names: Mapping[str, Label],
    asked: Asked,
) -> Offer:
    steps = found.operations([item.number])
    changes = tuple(_changes(found, steps, names))
    same = {asked.get(deed, "") for deed in deeds(steps)}
    offer = Offer(
        item, _SENTENCES[item.kind], changes, same_as=same.pop() if len(same) == 1 else ""
    )
    try:
        ops.apply(found.base, steps)
        moved = rebase.rebase(steps, found.base, present)
    except AppError as error:
        return replace(offer, state="attention", why=said(error.message, **error.params))
    if found.base is present or moved.state == "clean":
        return offer
    why = strung(dict.fromkeys(reason.sentence for reason in moved.reasons))
    return replace(offer, state=moved.state, why=why)


_SENTENCES = {
    "words": said("Words changed"),
    "insert": said("New"),
    "delete": said("Deleted"),
    "move": said("Moved"),
    "split": said("Split in two"),
    "join": said("Joined into one"),
}


def _changes(
    found: Returned, steps: Iterable[Operation], names: Mapping[str, Label]
) -> Iterator[Change]:
    """The clauses that some steps touch, before and after."""
    texts: dict[str, tuple[Clause, Clause]] = {}
    for step in steps:
        match step:
            case ops.InsertClause():
                for node in step.node.walk():
                    texts[node.key] = (_EMPTY, node)
            case ops.DeleteClause():
                for node in found.base.find(step.clause).walk():
                    texts[node.key] = (node, _EMPTY)
            case ops.MoveClause():
                node = found.base.find(step.clause)
                texts.setdefault(step.clause, (node, node))
            case ops.ReplaceText():
                old, new = texts.get(step.clause, (found.base.find(step.clause),) * 2)
                texts[step.clause] = (old, replace(new, text=step.text))
            case ops.SetHeading():
                old, new = texts.get(step.clause, (found.base.find(step.clause),) * 2)
                texts[step.clause] = (old, replace(new, heading=step.heading))
    for key, (old, new) in texts.items():
        label = names[key].full if key in names else ""
        yield Change(label, compare(old.heading, new.heading), compare(old.text, new.text))


_EMPTY = Clause("none", Kind.PARA)

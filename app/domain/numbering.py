"""Numbers from position: Article 4, 4.2, (b), (i), (A), (1), Recital (B), Annex C, 2.1.

A number that was given with the text (`Clause.number`) is shown as it is and doesn't count.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.domain import prose
from app.domain.clauses import Clause, ClauseTree, Kind, Numbering

_ALPHABET = 26
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# Reading a member of an enumeration takes five times as long as reading a name.
_CLAUSE, _DIVISION = Kind.CLAUSE, Kind.DIVISION
_LAST_PART = re.compile(r"[^\s()]+(?=[\s().:]*$)")


@dataclass(frozen=True, slots=True)
class Label:
    """How a node is numbered and how one refers to it.

    `own` stands before the node: "Article 4", "4.2", "(b)", "Annex B", "•", or "" for none. `full`
    names it from anywhere: "Article 4.2(b)", "Annex C, 2.1", "Recital (B)". What has no number of
    its own is named by the clause it stands in, a definition also by its term, a division by its
    heading.
    """

    own: str
    full: str


class _Place(NamedTuple):
    """What a node needs to know of the nodes above it; `full` is `lead` and `reference` joined."""

    depth: int = 0
    lead: str = ""
    reference: str = ""
    number: str = ""
    annex: str = ""

    @property
    def full(self) -> str:
        return (self.lead + self.reference) or self.annex


@dataclass(slots=True)
class _Counters:
    """What has been counted so far in the document; `clauses` starts anew under each parent."""

    recitals: int = 0
    annexes: int = 0
    found: dict[str, Label] = field(default_factory=dict)


def labels(tree: ClauseTree) -> Mapping[str, Label]:
    """The label of every node by its key, in reading order."""
    counters = _Counters()
    _number(tree.clauses, _Place(), tree.numbering, counters)
    return counters.found


def unnumbered(tree: ClauseTree) -> ClauseTree:
    """The tree without the numbers that were given by hand: all of them are computed."""

    def computed(nodes: Iterable[Clause]) -> tuple[Clause, ...]:
        return tuple(replace(node, number=None, children=computed(node.children)) for node in nodes)

    return replace(tree, clauses=computed(tree.clauses))


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa, 28 is bb, as Word counts."""
    repeat, position = divmod(number - 1, _ALPHABET)
    return chr(ord("a") + position) * (repeat + 1)


def roman(number: int) -> str:
    """The number in small Roman numerals."""
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def _number(
    nodes: Iterable[Clause], above: _Place, style: Numbering, counters: _Counters, start: int = 0
) -> int:
    """Label siblings and all below them; the number of clauses counted, a division's included."""
    count = start
    for node in nodes:
        if node.kind is _DIVISION:
            counters.found[node.key] = _division(node, above)
            count = _number(node.children, above, style, counters, count)
            continue
        count += node.kind is _CLAUSE and node.number is None
        own, place = _placed(node, above, style, counters, count)
        counters.found[node.key] = Label(own, place.full)
        if node.children:
            _number(node.children, _under(node, place), style, counters)
    return count


def _placed(
    node: Clause, above: _Place, style: Numbering, counters: _Counters, count: int
) -> tuple[str, _Place]:
    """The label of one node, and its place."""
    match node.kind:
        case Kind.CLAUSE:
            if node.number is not None:
                return node.number, _given(node.number, above._replace(depth=above.depth + 1))
            return _clause(above, style, count)
        case Kind.RECITAL:
            counters.recitals += node.number is None
            own = node.number or f"({letters(counters.recitals).upper()})"
            return own, _Place(lead="Recital ", reference=own)
        case Kind.ANNEX:
            counters.annexes += node.number is None
            own = node.number or f"Annex {letters(counters.annexes).upper()}"
            return own, _Place(annex=own)
        case Kind.DEFINITION:
            return node.number or "", _definition(node, above)
        case Kind.BULLET:
            return node.number or "•", above
        case _:
            return node.number or "", above


def _clause(above: _Place, style: Numbering, count: int) -> tuple[str, _Place]:
    """A computed label: the first depths by figures, the deeper ones by letters in brackets."""
    depth = above.depth + 1
    lead = f"{above.annex}, " if above.annex else ""
    if depth == 1:
        own = f"Article {count}" if style is Numbering.ARTICLE else f"{count}."
        name = own.rstrip(".")
        number = str(count)
        return own, _Place(depth, lead + name[: -len(number)], number, number, above.annex)
    if depth == 2 or style is Numbering.DECIMAL:
        number = f"{above.number}.{count}" if above.number else str(count)
        lead = lead if above.annex and above.lead.endswith("Article ") else above.lead
        return number, _Place(depth, lead, number, number, above.annex)
    own = f"({_BRACKETED[(depth - 3) % len(_BRACKETED)](count)})"
    return own, _Place(depth, above.lead, above.reference + own, above.number, above.annex)


def _given(label: str, below: _Place) -> _Place:
    """The place of a clause whose label came with the text and is kept."""
    if label.startswith("(") and below.depth > 1:
        return below._replace(reference=below.reference + label)
    lead = f"{below.annex}, " if below.annex else ""
    name = label.rstrip(".:")
    last = _LAST_PART.search(name)
    number = last.group().rstrip(".:") if last else ""
    return below._replace(lead=lead, reference=name, number=number)


def _under(node: Clause, place: _Place) -> _Place:
    """The place from which the children of a node are counted and named."""
    if node.number is not None and place.number and place.reference.endswith(place.number):
        given = place.reference.removesuffix(place.number)
        return place._replace(lead=place.lead + given, reference=place.number)
    return place


def _definition(node: Clause, above: _Place) -> _Place:
    term = prose.plain(node.heading).split(";")[0].strip()
    before = f"{above.full}, " if above.full else ""
    return above._replace(lead=before, reference=f"“{term}”")


def _division(node: Clause, above: _Place) -> Label:
    own = node.number or ""
    named = own or prose.plain(node.heading)
    return Label(own, f"{above.annex}, {named}" if above.annex else named)


_BRACKETED: tuple[Callable[[int], str], ...] = (
    letters,
    roman,
    lambda count: letters(count).upper(),
    str,
)

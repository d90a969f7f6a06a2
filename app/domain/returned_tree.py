"""The tree that a file with its changes taken says, built paragraph by paragraph.

A node that stood in the text stays under its parent; one that is new or was moved finds its place
by its kind, its level in a list and where its words begin, as the paragraphs before it do.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.clauses import MAY_HOLD, Clause, ClauseTree, Kind

_KINDS = {
    "recital": Kind.RECITAL,
    "bullettext": Kind.BULLET,
    "unnumberedtext": Kind.PARA,
    "definition": Kind.DEFINITION,
    "verbatim": Kind.VERBATIM,
    "tablecaption": Kind.TABLE,
    "clausetext": Kind.CLAUSE,
    "subclausetext": Kind.CLAUSE,
}
_OUTERMOST = frozenset({Kind.DIVISION, Kind.ANNEX})
_STEPS = {Kind.BULLET: 340, Kind.CLAUSE: 624}
"""How much farther in the words of a point begin than those above it, in twips."""

_NEARLY = 20


class Sign(NamedTuple):
    """What the look of a paragraph tells of its place; `table`: the table of a row, 0 outside."""

    style: str
    level: int
    indent: int
    table: int = 0


class Said(NamedTuple):
    """One paragraph or row of the file: a node of the text (`known`), or a new one.

    `stays`: it stands in order with the others, so under its old parent.
    """

    key: str
    heading: str
    text: str
    sign: Sign
    known: bool
    stays: bool = True


@dataclass
class Builder:
    """Puts what is said together. `new_key` names tables that nobody wrote a caption for."""

    base: ClauseTree
    _nodes: dict[str, Clause] = field(default_factory=dict)
    _under: defaultdict[str | None, list[str]] = field(default_factory=lambda: defaultdict(list))
    _parents: dict[str, str | None] = field(default_factory=dict)
    _signs: dict[str, Sign] = field(default_factory=dict)
    _tables: dict[int, str] = field(default_factory=dict)

    def tree(self, said: Sequence[Said]) -> ClauseTree:
        """The text that the file says."""
        last: str | None = None
        parents, nodes = self.base.parents, self._nodes
        for one in said:
            key, _, _, sign, known, stays = one
            node = self._node(one, last)
            parent = parents.get(key)
            if sign.table:
                parent = self._table(one, last)
            elif not (known and stays and (parent is None or parent in nodes)):
                parent = self._place(node.kind, sign, last, parent)
            self._add(node, parent, sign)
            last = key
        for node in self.base.nodes.values():
            if node.kind is Kind.GENERATED:
                self._put_back(node)
        return self._whole()

    def _node(self, one: Said, last: str | None) -> Clause:
        if one.known:
            old = self.base.nodes[one.key]
            if old.text == one.text and old.heading == one.heading:
                return old
            return Clause(one.key, old.kind, one.heading, one.text, (), old.number)
        kind = Kind.ROW if one.sign.table else self._kind(one, last)
        if kind in {Kind.DIVISION, Kind.ANNEX, Kind.TABLE}:
            return Clause(one.key, kind, one.heading or one.text)
        if kind in {Kind.PARA, Kind.RECITAL, Kind.BULLET, Kind.ROW, Kind.VERBATIM} and one.heading:
            return Clause(one.key, kind, "", f"{one.heading} {one.text}".strip())
        return Clause(one.key, kind, one.heading, one.text)

    def _kind(self, one: Said, last: str | None) -> Kind:
        """What a new paragraph is, by its style and its place in a list."""
        style, level = one.sign.style, one.sign.level
        if style in _KINDS:
            return _KINDS[style]
        if style.startswith("heading"):
            return Kind.CLAUSE if level >= 0 else Kind.DIVISION
        if level >= 0:
            return Kind.CLAUSE
        before = self._nodes.get(last) if last else None
        if before is not None and self._signs[before.key] == one.sign and before.kind in _NEXT:
            return before.kind
        return Kind.PARA

    def _table(self, one: Said, last: str | None) -> str:
        """The table that a row stands in; one without a caption begins with its first row."""
        number = one.sign.table
        if number in self._tables:
            return self._tables[number]
        before = self._nodes.get(last) if last else None
        if before is not None and before.kind is Kind.TABLE and not self._under[before.key]:
            self._tables[number] = before.key
            return before.key
        parent = self.base.parents[one.key] if one.known else None
        if parent is not None and parent not in self._nodes:
            old = self.base.nodes[parent]
            held = Clause(parent, Kind.TABLE, old.heading, "", (), old.number)
            above = self.base.parents[parent]
            if above is not None and above not in self._nodes:
                above = self._place(Kind.TABLE, one.sign, last)
            self._add(held, above, one.sign)
        elif parent is None:
            held = Clause(f"{one.key}-table"[:28], Kind.TABLE)
            self._add(held, self._place(Kind.TABLE, one.sign, last), one.sign)
            parent = held.key
        self._tables[number] = parent
        return parent

    def _place(
        self, kind: Kind, sign: Sign, last: str | None, old: str | None = None
    ) -> str | None:
        """The parent for a paragraph that follows the last one; its `old` one, where that fits."""
        steps = tuple(self._upwards(last))
        if old in steps and old is not None and self._is_parent(old, kind, sign):
            return old
        for exact in (True, False):
            for key in steps:
                if self._is_sibling(key, kind, sign, exact=exact):
                    return self._parents[key]
                if exact and self._is_parent(key, kind, sign):
                    return key
        if sign.indent == 0 and kind is not Kind.CLAUSE:
            return next((key for key in steps if self._nodes[key].kind in _OUTERMOST), None)
        return next((key for key in steps if kind in MAY_HOLD[self._nodes[key].kind]), None)

    def _upwards(self, key: str | None) -> Iterator[str]:
        while key is not None:
            yield key
            key = self._parents[key]

    def _is_sibling(self, key: str, kind: Kind, sign: Sign, *, exact: bool) -> bool:
        if self._nodes[key].kind is not kind:
            return False
        other = self._signs[key]
        return other.level == sign.level and (not exact or other.indent == sign.indent)

    def _is_parent(self, key: str, kind: Kind, sign: Sign) -> bool:
        node, other = self._nodes[key], self._signs[key]
        if kind not in MAY_HOLD[node.kind] or node.kind in _OUTERMOST:
            return False
        if kind is Kind.CLAUSE and node.kind is Kind.CLAUSE:
            return other.level == sign.level - 1
        step = _STEPS.get(kind, 0)
        return abs(other.indent + step - sign.indent) <= _NEARLY

    def _add(self, node: Clause, parent: str | None, sign: Sign) -> None:
        key = node.key
        while parent is not None and node.kind not in MAY_HOLD[self._nodes[parent].kind]:
            parent = self._parents[parent]
        self._nodes[key] = node
        self._parents[key] = parent
        self._signs[key] = sign
        self._under[parent].append(key)

    def _put_back(self, node: Clause) -> None:
        """What is generated stands where it stood: no paragraph of the file says it."""
        place = self.base.place_of(node.key)
        if place.parent is not None and place.parent not in self._nodes:
            return
        held = self._under[place.parent]
        before = [one.key for one in self.base.children_of(place.parent)]
        earlier = [key for key in before[: before.index(node.key)] if key in held]
        held.insert(held.index(earlier[-1]) + 1 if earlier else 0, node.key)
        self._nodes[node.key] = node
        self._parents[node.key] = place.parent

    def _whole(self) -> ClauseTree:
        base = self.base
        clauses = tuple(self._grown(key) for key in self._under[None])
        return ClauseTree(base.title, clauses, base.language, base.numbering)

    def _grown(self, key: str) -> Clause:
        node = self._nodes[key]
        if node.kind is Kind.GENERATED:
            return node
        under = self._under.get(key)
        children = tuple([self._grown(child) for child in under]) if under else ()
        if children == node.children:
            return node
        return Clause(key, node.kind, node.heading, node.text, children, node.number)


_NEXT = frozenset({Kind.RECITAL, Kind.BULLET, Kind.DEFINITION, Kind.VERBATIM})

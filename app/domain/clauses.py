"""A clause, the tree of clauses that makes a version, and the ways to look at and change it.

Everything is frozen: a change returns a new tree. Keys live for ever; numbers are computed
(numbering.py).
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any

from app.kernel.errors import Conflict, Invalid

FORMAT = 1


class Kind(StrEnum):
    """What a node is: exactly one paragraph, one table or one table row."""

    DIVISION = "division"
    CLAUSE = "clause"
    RECITAL = "recital"
    PARA = "para"
    BULLET = "bullet"
    DEFINITION = "definition"
    TABLE = "table"
    ROW = "row"
    ANNEX = "annex"
    GENERATED = "generated"
    VERBATIM = "verbatim"


class Numbering(StrEnum):
    """How labels look: Article 4 · 4.2 · (b), or 4. · 4.2 · (b), or 4. · 4.2 · 4.2.1."""

    ARTICLE = "article"
    PLAIN = "plain"
    DECIMAL = "decimal"


_BODY = frozenset(Kind) - {Kind.ROW}
MAY_HOLD: Mapping[Kind | None, frozenset[Kind]] = {
    None: _BODY,
    Kind.DIVISION: _BODY - {Kind.DIVISION, Kind.ANNEX},
    Kind.CLAUSE: frozenset(
        {Kind.CLAUSE, Kind.PARA, Kind.BULLET, Kind.DEFINITION, Kind.TABLE, Kind.VERBATIM}
    ),
    Kind.RECITAL: frozenset({Kind.BULLET, Kind.PARA}),
    Kind.PARA: frozenset(),
    Kind.BULLET: frozenset({Kind.BULLET, Kind.CLAUSE, Kind.PARA}),
    Kind.DEFINITION: frozenset({Kind.CLAUSE, Kind.BULLET, Kind.PARA}),
    Kind.TABLE: frozenset({Kind.ROW}),
    Kind.ROW: frozenset(),
    Kind.ANNEX: _BODY - {Kind.ANNEX},
    Kind.GENERATED: frozenset({Kind.ROW}),
    Kind.VERBATIM: frozenset(),
}
"""Which kinds may stand directly under which (None is the root)."""


def digest(value: Any) -> str:
    """SHA-256 in hex over the canonical JSON of a value (RFC 8785 for what we store)."""
    return _hashed(canonical_json(value))


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces, text as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _quoted(text: str) -> str:
    """A JSON string; most texts are looked through three times as fast as they are copied."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return encode_basestring(text)


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Clause:
    """One node of the text.

    `number` is a label that was given and can't be computed ("§ 3a"), else None.
    """

    key: str
    kind: Kind
    heading: str = ""
    text: str = ""
    children: tuple["Clause", ...] = ()
    number: str | None = None

    @cached_property
    def node_hash(self) -> str:
        """Identifies the words of this node alone."""
        return digest([self.kind, self.number, self.heading, self.text])

    @cached_property
    def subtree_hash(self) -> str:
        """Identifies this node with everything below it."""
        return _hashed(self.canonical())

    def walk(self) -> Iterator["Clause"]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, Any]:
        """All six fields, always."""
        return {
            "key": self.key,
            "kind": str(self.kind),
            "number": self.number,
            "heading": self.heading,
            "text": self.text,
            "children": [child.to_json() for child in self.children],
        }

    def canonical(self) -> str:
        """The canonical JSON of `to_json`, without making that first."""
        number = "null" if self.number is None else _quoted(self.number)
        return (
            f'{{"children":[{",".join([child.canonical() for child in self.children])}],'
            f'"heading":{_quoted(self.heading)},"key":{_quoted(self.key)},"kind":"{self.kind}",'
            f'"number":{number},"text":{_quoted(self.text)}}}'
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Clause":
        """Read back what `to_json` wrote. Raises Invalid on anything else."""
        try:
            return cls(
                key=data["key"],
                kind=Kind(data["kind"]),
                heading=data["heading"],
                text=data["text"],
                children=tuple(cls.from_json(child) for child in data["children"]),
                number=data["number"],
            )
        except (KeyError, ValueError, TypeError) as error:
            raise Invalid("This is not a clause: {why}.", why=str(error)) from error


@dataclass(frozen=True)
class Place:
    """Where a node stands: under which parent (None: root), after which sibling (None: first)."""

    parent: str | None
    after: str | None


@dataclass(frozen=True)
class ClauseTree:
    """The immutable text of a version: its title, language, numbering and ordered clauses."""

    title: str
    clauses: tuple[Clause, ...] = ()
    language: str = "en"
    numbering: Numbering = Numbering.ARTICLE

    def to_json(self) -> dict[str, Any]:
        """The version as it is stored, hashed and exported."""
        return {
            "format": FORMAT,
            "title": self.title,
            "language": self.language,
            "numbering": str(self.numbering),
            "clauses": [clause.to_json() for clause in self.clauses],
        }

    def canonical(self) -> str:
        """The canonical JSON of `to_json`, without making that first."""
        return (
            f'{{"clauses":[{",".join([clause.canonical() for clause in self.clauses])}],'
            f'"format":{FORMAT},"language":{_quoted(self.language)},'
            f'"numbering":"{self.numbering}","title":{_quoted(self.title)}}}'
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ClauseTree":
        """Read back what `to_json` wrote. Raises Invalid on anything else."""
        if data.get("format") != FORMAT:
            raise Invalid("This version is not of format {format}.", format=FORMAT)
        return cls(
            title=data["title"],
            clauses=tuple(Clause.from_json(clause) for clause in data["clauses"]),
            language=data["language"],
            numbering=Numbering(data["numbering"]),
        )

    @cached_property
    def version_hash(self) -> str:
        """Identifies the whole text; shown by its first twelve digits."""
        return _hashed(self.canonical())

    @cached_property
    def nodes(self) -> Mapping[str, Clause]:
        """Every node by its key, in reading order."""
        found: dict[str, Clause] = {}
        _take(self.clauses, found)
        return found

    @cached_property
    def parents(self) -> Mapping[str, str | None]:
        """The parent's key of every node (None: the root)."""
        found: dict[str, str | None] = {clause.key: None for clause in self.clauses}
        for node in self.nodes.values():
            for child in node.children:
                found[child.key] = node.key
        return found

    def walk(self) -> Iterator[Clause]:
        """All nodes in reading order."""
        for clause in self.clauses:
            yield from clause.walk()

    def find(self, key: str) -> Clause:
        """The node of that key. Raises Conflict where the text has it no more."""
        try:
            return self.nodes[key]
        except KeyError:
            raise Conflict("There is no clause {key} in this text.", key=key) from None

    def children_of(self, key: str | None) -> tuple[Clause, ...]:
        """The nodes directly under a key, or the top ones for None."""
        return self.clauses if key is None else self.find(key).children

    def path(self, key: str) -> tuple[Clause, ...]:
        """From the topmost ancestor down to the node itself."""
        found: list[Clause] = []
        step: str | None = key
        while step is not None:
            found.append(self.find(step))
            step = self.parents[step]
        return tuple(reversed(found))

    def place_of(self, key: str) -> Place:
        """Where the node stands now."""
        parent = self.parents[self.find(key).key]
        siblings = [sibling.key for sibling in self.children_of(parent)]
        position = siblings.index(key)
        return Place(parent, siblings[position - 1] if position else None)

    def replace(self, key: str, **changes: Any) -> "ClauseTree":
        """The same tree with fields of one node changed."""
        self.find(key)
        return self._rebuilt(
            lambda nodes: tuple(replace(n, **changes) if n.key == key else n for n in nodes)
        )

    def remove(self, key: str) -> "ClauseTree":
        """The tree without the node and everything below it."""
        self.find(key)
        return self._rebuilt(lambda nodes: tuple(node for node in nodes if node.key != key))

    def insert(self, place: Place, node: Clause) -> "ClauseTree":
        """The tree with a node at a place.

        Raises Conflict where the place is gone, Invalid where the kind doesn't fit.
        """
        held = self.children_of(place.parent)
        parent_kind = None if place.parent is None else self.find(place.parent).kind
        if node.kind not in MAY_HOLD[parent_kind]:
            raise Invalid("A {kind} can't stand here.", kind=str(node.kind))
        position = 0
        if place.after is not None:
            keys = [sibling.key for sibling in held]
            if place.after not in keys:
                raise Conflict("The clause this should follow stands elsewhere now.")
            position = keys.index(place.after) + 1
        children = (*held[:position], node, *held[position:])
        if place.parent is None:
            return replace(self, clauses=children)
        return self.replace(place.parent, children=children)

    def move(self, key: str, place: Place) -> "ClauseTree":
        """The tree with a node taken to another place.

        Raises Conflict where it would stand under itself.
        """
        node = self.find(key)
        if any(below.key == place.parent for below in node.walk()):
            raise Conflict("A clause can't be moved into itself.")
        return self.remove(key).insert(place, node)

    def _rebuilt(self, change: Callable[[tuple[Clause, ...]], tuple[Clause, ...]]) -> "ClauseTree":
        def below(nodes: tuple[Clause, ...]) -> tuple[Clause, ...]:
            changed = change(nodes)
            return tuple(
                node
                if (inner := below(node.children)) == node.children
                else replace(node, children=inner)
                for node in changed
            )

        return replace(self, clauses=below(self.clauses))


def _take(nodes: tuple[Clause, ...], found: dict[str, Clause]) -> None:
    """Add nodes and what stands in them by key. A function within would hold them beyond use."""
    for node in nodes:
        found[node.key] = node
        if node.children:
            _take(node.children, found)

"""What a redline is made of: changed words, who proposed them, and the two texts inside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from app.domain import prose, text_diff
from app.domain.clauses import Clause, ClauseTree, Kind, Numbering
from app.domain.numbering import Label

_GOES = frozenset({"delete", "moved-from"})
_COMES = frozenset({"insert", "moved-to"})
_VERBATIM = Kind.VERBATIM  # reading it from the enumeration takes five times as long

NodeChange = Literal["same", "text", "insert", "delete", "moved-from", "moved-to"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who proposes: an amendment of an organisation, named by a tag. `href` leads to its note."""

    number: int
    name: str
    code: str
    colour: int
    mark: Literal["circle", "square", "diamond", "triangle"] = "circle"
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of prose that stays (`=`), comes (`+`) or goes (`-`), and whose doing it is.

    A stretch that stays may change its marks: `was` is how it read before.
    """

    op: Literal["=", "+", "-"]
    text: str
    was: str = ""
    by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Contested words: each wording leads from the same old words to other new ones."""

    wordings: tuple[tuple[Change, ...], ...]


Part = Change | Either


@dataclass(frozen=True)
class RedlineNode:
    """One node of either text, or of both.

    `moved-from` stands where the node stood and holds its old words, `moved-to` where it stands
    now. `kind` and `number` are the present ones, the old ones beside them; a label is None on the
    side where the node is not. Of a verbatim node, headings and words are escaped prose.
    """

    key: str
    kind: Kind
    number: str | None
    change: NodeChange
    old_label: Label | None
    new_label: Label | None
    heading: tuple[Part, ...] = ()
    text: tuple[Part, ...] = ()
    children: tuple["RedlineNode", ...] = ()
    by: tuple[int, ...] = ()
    old_kind: Kind = Kind.CLAUSE
    old_number: str | None = None

    @property
    def label(self) -> Label:
        """How the node is numbered where it stands now, or stood."""
        return self.new_label or self.old_label or Label("", "")


@dataclass(frozen=True)
class Redline:
    """Two texts in one.

    References in words that go are shown by `old_labels`, all others by `labels`. The title is
    plain words, escaped.
    """

    title: tuple[Part, ...]
    nodes: tuple[RedlineNode, ...]
    language: str
    numbering: Numbering
    old_language: str
    old_numbering: Numbering
    labels: Mapping[str, Label] = field(default_factory=dict)
    old_labels: Mapping[str, Label] = field(default_factory=dict)
    authors: Mapping[int, Author] = field(default_factory=dict)

    @cached_property
    def accepted(self) -> ClauseTree:
        """What `accept_all` gives, made once."""
        return ClauseTree(
            title=prose.plain(new_words(self.title)),
            clauses=_new_nodes(self.nodes),
            language=self.language,
            numbering=self.numbering,
        )

    @cached_property
    def rejected(self) -> ClauseTree:
        """What `reject_all` gives, made once."""
        return ClauseTree(
            title=prose.plain(old_words(self.title)),
            clauses=_old_nodes(self.nodes),
            language=self.old_language,
            numbering=self.old_numbering,
        )


def compare(old: str, new: str, by: tuple[int, ...] = ()) -> tuple[Change, ...]:
    """The changes that lead from one prose to another."""
    if old == new:
        return (Change("=", new, old),) if new else ()
    found = tuple(
        [
            Change(op, text, was, () if op == "=" and text == was else by)
            for op, text, was in text_diff.pieces(old, new)
        ]
    )
    if old_words(found) == old and new_words(found) == new:
        return found
    # Prose that is not canonical can't be cut and joined again: show it whole.
    whole = (Change("-", old, by=by), Change("+", new, by=by))
    return tuple(change for change in whole if change.text)


def old_words(parts: Sequence[Part]) -> str:
    """The prose before the changes."""
    if not parts:
        return ""
    if len(parts) == 1 and isinstance(only := parts[0], Change):
        return only.was if only.op == "=" else only.text if only.op == "-" else ""
    found = _old_pieces(parts)
    return found[0] if len(found) == 1 else prose.join(found)


def new_words(parts: Sequence[Part]) -> str:
    """The prose after the changes; where it is contested, after the first wording."""
    if not parts:
        return ""
    if len(parts) == 1 and isinstance(only := parts[0], Change):
        return "" if only.op == "-" else only.text
    found = _new_pieces(parts)
    return found[0] if len(found) == 1 else prose.join(found)


def cells(parts: Iterable[Part]) -> tuple[tuple[Part, ...], ...]:
    """The changes of a table row, cell by cell; a cell that comes or goes is one of its own."""
    found: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Either):
            found[-1].append(part)
            continue
        was = _cut(part.was)
        for at, text in enumerate(_cut(part.text)):
            if at:
                found.append([])
            if text:
                found[-1].append(replace(part, text=text, was=was[at] if part.was else ""))
    return tuple(tuple(cell) for cell in found)


def accept_all(redline: Redline) -> ClauseTree:
    """The text after all changes; only of a redline built of two texts, an overlay has no one."""
    return redline.accepted


def reject_all(redline: Redline) -> ClauseTree:
    """The text before all changes."""
    return redline.rejected


def gives_new(redline: Redline, new: ClauseTree) -> bool:
    """Whether accepting everything gives this very text, which then stands for what is accepted."""
    found = (
        (redline.language, redline.numbering) == (new.language, new.numbering)
        and prose.plain(new_words(redline.title)) == new.title
        and _are_new(redline.nodes, new.clauses)
    )
    if found:
        vars(redline)["accepted"] = new  # as the property would make it, and made already
    return found


def gives_old(redline: Redline, old: ClauseTree) -> bool:
    """Whether rejecting everything gives this very text, which then stands for what is rejected."""
    found = (
        (redline.old_language, redline.old_numbering) == (old.language, old.numbering)
        and prose.plain(old_words(redline.title)) == old.title
        and _are_old(redline.nodes, old.clauses)
    )
    if found:
        vars(redline)["rejected"] = old
    return found


def prose_of(node: Clause) -> str:
    """The text of a node as prose, what is verbatim escaped."""
    return prose.escape(node.text) if node.kind is _VERBATIM else node.text


def _cut(text: str) -> list[str]:
    """A stretch of a row's prose cut where cells end, white space kept."""
    found: list[list[prose.Span]] = [[]]
    for span in prose.parse(text):
        if span.cell:
            found.append([])
        else:
            found[-1].append(span)
    return [prose.write(spans) for spans in found]


def _old_pieces(parts: Iterable[Part]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if isinstance(part, Either):
            found += _old_pieces(part.wordings[0])
        elif part.op != "+":
            found.append(part.was if part.op == "=" else part.text)
    return found


def _new_pieces(parts: Iterable[Part]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if isinstance(part, Either):
            found += _new_pieces(part.wordings[0])
        elif part.op != "-":
            found.append(part.text)
    return found


def _are_new(nodes: Iterable[RedlineNode], clauses: Sequence[Clause]) -> bool:
    held = [node for node in nodes if node.change not in _GOES]
    if len(held) != len(clauses):
        return False
    for node, clause in zip(held, clauses, strict=True):
        if not (
            node.key == clause.key
            and node.kind is clause.kind
            and node.number == clause.number
            and new_words(node.heading) == clause.heading
            and _text(node.kind, new_words(node.text)) == clause.text
        ):
            return False
        if (node.children or clause.children) and not _are_new(node.children, clause.children):
            return False
    return True


def _are_old(nodes: Iterable[RedlineNode], clauses: Sequence[Clause]) -> bool:
    held = [node for node in nodes if node.change not in _COMES]
    if len(held) != len(clauses):
        return False
    for node, clause in zip(held, clauses, strict=True):
        if not (
            node.key == clause.key
            and node.old_kind is clause.kind
            and node.old_number == clause.number
            and old_words(node.heading) == clause.heading
            and _text(node.old_kind, old_words(node.text)) == clause.text
        ):
            return False
        if (node.children or clause.children) and not _are_old(node.children, clause.children):
            return False
    return True


def _new_nodes(nodes: Iterable[RedlineNode]) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            key=node.key,
            kind=node.kind,
            heading=new_words(node.heading),
            text=_text(node.kind, new_words(node.text)),
            children=_new_nodes(node.children),
            number=node.number,
        )
        for node in nodes
        if node.change not in _GOES
    )


def _old_nodes(nodes: Iterable[RedlineNode]) -> tuple[Clause, ...]:
    return tuple(
        Clause(
            key=node.key,
            kind=node.old_kind,
            heading=old_words(node.heading),
            text=_text(node.old_kind, old_words(node.text)),
            children=_old_nodes(node.children),
            number=node.old_number,
        )
        for node in nodes
        if node.change not in _COMES
    )


def _text(kind: Kind, words: str) -> str:
    return prose.plain(words) if kind is _VERBATIM else words

"""A returned file seen as a copy of one text: what it said before its changes, what it says after.

Everything is worked out when it is asked for, and once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from app.domain import differences
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import DeleteClause, InsertClause, Operation
from app.domain.returned import ReturnedDocument, Revision, View, rejecting
from app.domain.returned_lines import (
    Line,
    aligned,
    carried,
    is_typed_alike,
    opened,
    parted,
)
from app.domain.returned_pairs import Pairing, paired, same_units
from app.domain.returned_tree import Builder, Said, Sign
from app.domain.returned_words import Unit, Words, bare


@dataclass
class Look:
    """One file held against one text; `words` reads the file as a copy of that text alone."""

    document: ReturnedDocument
    base: ClauseTree
    new_keys: Sequence[str]
    words: Words
    known: frozenset[tuple[str, str]]

    @cached_property
    def reject(self) -> View:
        return rejecting(self.document)

    @cached_property
    def accept(self) -> View:
        return View(self.document, lambda one: not self.is_known(one))

    def is_known(self, one: Revision) -> bool:
        return (one.author, one.date) in self.known

    def made(self, revisions: Iterable[int]) -> list[int]:
        """Those among some changes that are no amendment yet."""
        if not self.known:
            return list(revisions)
        return [one for one in revisions if not self.is_known(self.document.revisions[one])]

    @cached_property
    def before(self) -> list[Unit]:
        return self.words.units(self.reject)

    @cached_property
    def after(self) -> list[Unit]:
        return self.words.units(self.accept)

    @cached_property
    def said_before(self) -> list[str]:
        return [self.words.prose(unit, self.reject) for unit in self.before]

    @cached_property
    def _same(self) -> dict[int, int]:
        return same_units(self.before, self.after)

    @cached_property
    def said_after(self) -> list[str]:
        same, before = self._same, self.said_before
        tracked = self.words.tracked
        return [
            before[same[at]]
            if at in same and unit.row < 0 and tracked.isdisjoint(unit.paragraphs)
            else self.words.prose(unit, self.accept)
            for at, unit in enumerate(self.after)
        ]

    @cached_property
    def lines(self) -> dict[str, Line]:
        """The clauses of the text as one paragraph says each, by key."""
        return {line.key: line for line in self.words.lines}

    @cached_property
    def keys(self) -> dict[int, str]:
        """The clauses that the units of the reject view are."""
        said = [
            Line._make(("", text, row >= 0))
            for (_, row), text in zip(self.before, self.said_before, strict=True)
        ]
        marked = {
            at: keys for at, unit in enumerate(self.before) if (keys := self.words.keys(unit))
        }
        return aligned(tuple(self.lines.values()), said, marked)

    @cached_property
    def places(self) -> dict[int, str]:
        return {
            paragraph: key
            for at, key in self.keys.items()
            for paragraph in self.before[at].paragraphs
        }

    @cached_property
    def pairing(self) -> Pairing:
        return paired(
            self.document,
            (self.before, self.reject, self.said_before),
            (self.after, self.accept, self.said_after),
            self.keys,
            tuple(self.base.nodes),
            self._same,
        )

    @cached_property
    def said(self) -> list[Said]:
        """What the file says with all of it taken, as nodes."""
        found = []
        keys, moved, accept = self.pairing.keys, self.pairing.moved, self.accept
        paragraphs, rows = self.document.paragraphs, self.document.rows
        for at, (unit, line) in enumerate(zip(self.after, self.said_after, strict=True)):
            if not line:
                continue
            members, row = unit
            _, _, style, level, indent, _, _, _, _, _ = paragraphs[members[-1]]
            sign = Sign._make((bare(style), level, indent, rows[row].table if row >= 0 else 0))
            key = keys.get(at)
            if key is None:
                heading, text = self._fresh(unit, line)
                found.append(Said(self.new_keys[at], heading, text, sign, known=False))
            else:
                heading, text = self._worded(key, unit, line, accept)
                found.append(Said._make((key, heading, text, sign, True, at not in moved)))
        return found

    def _fresh(self, unit: Unit, line: str) -> tuple[str, str]:
        """Heading and text of a new paragraph: what is styled as a heading, else none."""
        style = bare(self.document.paragraphs[unit.paragraphs[-1]].style)
        if style.startswith("heading"):
            return line, ""
        opening = self.words.opening(unit, self.accept)
        return opened(line, opening) if opening else ("", line)

    def _worded(self, key: str, unit: Unit, line: str, view: View) -> tuple[str, str]:
        node = self.base.nodes[key]
        whole = self.lines[key].text
        old = self.pairing.said.get(key, whole)
        if line == old and (line == whole or is_typed_alike(line, whole)):
            return node.heading, node.text
        new = carried(whole, old, line)
        opening = self.words.opening(unit, view) if node.heading and new != whole else None
        return parted(node, new, opening)

    @cached_property
    def target(self) -> ClauseTree:
        return Builder(self.base).tree(self.said)

    @cached_property
    def reworded(self) -> list[str]:
        """The clauses that have other words."""
        return differences.reworded(self.base, self.target)

    @cached_property
    def steps(self) -> tuple[Operation, ...]:
        """The operations beside those on words, with what was split and joined said."""
        pairing = self.pairing
        split = {self.new_keys[at]: key for at, key in pairing.split.items()}
        found: list[Operation] = []
        for step in differences.placed(self.base, self.target):
            if isinstance(step, InsertClause) and step.clause in split:
                found.append(replace(step, split_from=split[step.clause]))
            elif isinstance(step, DeleteClause) and step.clause in pairing.joined:
                found.append(replace(step, into=pairing.joined[step.clause]))
            else:
                found.append(step)
        return tuple(found)

    def words_with(self, key: str, revisions: frozenset[int]) -> tuple[str, str]:
        """Heading and text of a clause with just these changes taken, and what was not tracked."""
        numbers = {one: at for at, one in enumerate(self.document.revisions)}
        view = View(self.document, lambda one: numbers[one] in revisions and not self.is_known(one))
        unit = self.pairing.units[key]
        return self._worded(key, unit, self.words.prose(unit, view), view)

    @cached_property
    def drifted(self) -> tuple[str, ...]:
        """Clauses whose level in their list is another than that of their like."""
        peers: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        places = dict(_in_depth(self.base.clauses))
        levels = [
            (one.key, places[one.key], one.sign.level)
            for one in self.said
            if one.known and one.key in self.target.nodes
        ]
        for _, peer, level in levels:
            peers[peer].append(level)
        usual = {peer: Counter(held).most_common(1)[0][0] for peer, held in peers.items()}
        return tuple(key for key, peer, level in levels if level != usual[peer])


def _in_depth(
    nodes: Sequence[Clause], depth: int = 1, top: Kind | None = None
) -> Iterator[tuple[str, tuple[Kind, int, Kind]]]:
    """Every key with its kind, how deep it stands, and the kind of what it stands in at the top."""
    for node in nodes:
        kind = top or node.kind
        yield node.key, (node.kind, depth, kind)
        if node.children:
            yield from _in_depth(node.children, depth + 1, kind)

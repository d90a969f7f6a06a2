"""What a returned file would change in the text that it was taken from, one item at a time.

The file with every change rejected is held against the text: what differs there was changed without
tracking. What the changes add to that is told by author. Nothing is decided here: each item is
there to be taken or left, and `operations` says what the chosen ones come to.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple

from app.domain import differences, word_merging
from app.domain.clauses import ClauseTree
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    SetHeading,
)
from app.domain.provenance import Part, Source
from app.domain.returned import ReturnedDocument, Revision, View
from app.domain.returned_lines import is_typed_alike
from app.domain.returned_look import Look
from app.domain.returned_words import Unit, Words, reading
from app.domain.word_merging import Ground, Wanted
from app.kernel.collecting import collecting_nothing

ItemKind = Literal["words", "insert", "delete", "move", "split", "join"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a file would change, to be taken or left.

    `clause`: where it is shown (a clause of the text where there is one, "" for the beginning);
    `authors`: the names in the file, empty for what was not tracked; `dates`: when they say it was;
    `revisions`: their changes in it.
    """

    number: str
    kind: ItemKind
    clause: str
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    revisions: frozenset[int] = frozenset()

    @property
    def tracked(self) -> bool:
        """Whether the file itself shows it as a change."""
        return bool(self.authors)


class Told(NamedTuple):
    """A group of changes in one clause that stand or fall together, and who made them."""

    revisions: frozenset[int]
    authors: tuple[str, ...]
    dates: tuple[str, ...]


@dataclass(frozen=True)
class Returned:
    """A file held against a text. `target` is the text with everything taken.

    `drifted`: clauses that some program put on another level of their list, words untouched.
    """

    base: ClauseTree
    target: ClauseTree
    items: tuple[Item, ...]
    drifted: tuple[str, ...]
    _items: "_Items" = field(repr=False, compare=False)

    def operations(self, chosen: Collection[str]) -> tuple[Operation, ...]:
        """What the chosen items (by number) come to on the text.

        An item that can only stand on one that was left may make `operations.apply` refuse them.
        """
        return self._items.operations(frozenset(chosen))

    def keys_of_file(self) -> Mapping[int, str]:
        """For paragraphs of the file the clauses that they were before any change."""
        return self._items.look.places

    def words_of_file(self) -> tuple[Words, View]:
        """How the file is read as it was before any change."""
        return self._items.look.words, self._items.look.reject


@collecting_nothing(circles=False)
def compare(
    document: ReturnedDocument,
    base: ClauseTree,
    new_keys: Sequence[str],
    *,
    blanks: Mapping[str, str] | None = None,
    known: Collection[tuple[str, str]] = (),
) -> Returned:
    """Hold a file against the text it was taken from.

    `new_keys`: names for new clauses, at least as many as the file has paragraphs; `blanks`: labels
    by name; `known`: (author, date) of changes that are amendments already, which are left alone.
    """
    look = Look(
        document, base, new_keys, reading(document, (base,), blanks or {}), frozenset(known)
    )
    items = _Items(look)
    return Returned(base, look.target, tuple(items.items.values()), look.drifted, items)


@dataclass
class _Items:
    """What a look at a file comes to, item by item."""

    look: Look

    @cached_property
    def bundles(self) -> dict[str, tuple[Operation, ...]]:
        """The operations of each item that is more than words of one clause, by item number."""
        found: dict[str, list[Operation]] = {}
        for step in self._steps:
            found.setdefault(self._bundle(step), []).append(step)
        return {number: tuple(held) for number, held in found.items()}

    @cached_property
    def _steps(self) -> tuple[Operation, ...]:
        """All operations but those on the words of one clause alone."""
        look = self.look
        bundled = [key for key in look.reworded if self._bundle_of_words(key)]
        words = [differences.rewordings(look.base, look.target.nodes[key]) for key in bundled]
        return (*chain.from_iterable(words), *look.steps)

    def _bundle_of_words(self, key: str) -> str:
        """The number of the item that new words of a clause are a part of, "" for none."""
        pairing = self.look.pairing
        if key in pairing.split.values():
            return f"split-{key}"
        if key in pairing.joined.values():
            return f"join-{key}"
        return f"move-{key}" if key in pairing.elsewhere else ""

    def _bundle(self, step: Operation) -> str:
        """The number of the item that one of these operations belongs to."""
        match step:
            case InsertClause():
                split = step.split_from
                return f"split-{split}" if split else f"insert-{step.clause}"
            case DeleteClause():
                return f"join-{step.into}" if step.into else f"delete-{step.clause}"
            case MoveClause():
                return f"move-{step.clause}"
            case ReplaceText() | SetHeading():
                return self._bundle_of_words(step.clause)

    @cached_property
    def groups(self) -> dict[str, tuple[Told, ...]]:
        """For clauses whose words changed, who changed them; the untracked share comes first."""
        changed = [key for key in self.look.reworded if not self._bundle_of_words(key)]
        return {key: tuple(self._told(key)) for key in changed}

    def _told(self, key: str) -> list[Told]:
        unit = self.look.pairing.units[key]
        found: list[Told] = []
        node = self.look.base.nodes[key]
        silent = not is_typed_alike(self.look.pairing.said[key], self.look.lines[key].text)
        if silent and self.look.words_with(key, frozenset()) != (node.heading, node.text):
            found.append(Told(frozenset(), (), ()))
        return found + self._by_author(unit.paragraphs)

    def _by_author(self, paragraphs: Iterable[int]) -> list[Told]:
        """Changes by author; where one changed another's words, both together."""
        document, held = self.look.document, self.look.document.revisions
        under = {
            piece.revisions: None for at in paragraphs for piece in document.paragraphs[at].pieces
        }
        together = {tuple(self.look.made(one)): None for one in under if one}
        used = dict.fromkeys(chain.from_iterable(together))
        if len({held[one].author for one in used}) == 1:
            return [_told(used, held)]
        sets: list[set[str]] = []
        for revisions in filter(None, together):
            names = {held[one].author for one in revisions}
            touching = [one for one in sets if one & names]
            sets = [one for one in sets if not one & names]
            sets.append(names.union(*touching))
        return [_told([at for at in used if held[at].author in names], held) for names in sets]

    @cached_property
    def items(self) -> dict[str, Item]:
        found: dict[str, Item] = {}
        for key, told in self.groups.items():
            for at, one in enumerate(told):
                name = f"words-{key}-{at}" if one.revisions else f"words-{key}-untracked"
                found[name] = Item(name, "words", key, one.authors, one.dates, one.revisions)
        for number, steps in self.bundles.items():
            found[number] = self._item(number, steps)
        base = {key: at for at, key in enumerate(self.look.base.nodes)}
        new = {key: at for at, key in enumerate(self.look.target.nodes) if key not in base}
        placed = sorted(
            found.values(),
            key=lambda item: (base.get(item.clause, -1), new.get(item.clause, -1)),
        )
        return {item.number: item for item in placed}

    def _item(self, number: str, steps: Sequence[Operation]) -> Item:
        kind = number.partition("-")[0]
        first = steps[0]
        clause = first.clause
        if isinstance(first, InsertClause) and kind == "insert":
            clause = self._beside[first.clause]
        elif kind in {"split", "join"}:
            clause = number.partition("-")[2]
        used = dict.fromkeys(
            one
            for step in steps
            for unit in self._units_of(step)
            for one in self.look.made(self._revisions_of(unit))
        )
        held = [self.look.document.revisions[one] for one in used]
        return Item(
            number,
            _KINDS[kind],
            clause,
            tuple(dict.fromkeys(one.author for one in held)),
            tuple(dict.fromkeys(one.date for one in held)),
            frozenset(used),
        )

    @cached_property
    def _beside(self) -> dict[str, str]:
        """For each new clause the clause of the text beside which it is shown."""
        found: dict[str, str] = {}
        for step in self.look.steps:
            if isinstance(step, InsertClause):
                after = step.after or ""
                found[step.clause] = found.get(after, after) or step.parent or ""
        return found

    @cached_property
    def _new(self) -> dict[str, Unit]:
        return {self.look.new_keys[at]: unit for at, unit in enumerate(self.look.after)}

    def _units_of(self, step: Operation) -> list[Unit]:
        keys = (
            [node.key for node in step.node.walk()]
            if isinstance(step, InsertClause)
            else [node.key for node in self.look.base.find(step.clause).walk()]
            if isinstance(step, DeleteClause)
            else [step.clause]
        )
        found = [self._new[key] for key in keys if key in self._new]
        found += [self.look.pairing.units[key] for key in keys if key in self.look.pairing.units]
        found += [self.look.pairing.left[key] for key in keys if key in self.look.pairing.left]
        return found

    def _revisions_of(self, unit: Unit) -> list[int]:
        found: list[int] = []
        for at in unit.paragraphs:
            paragraph = self.look.document.paragraphs[at]
            found += [one for piece in paragraph.pieces for one in piece.revisions]
            found += paragraph.mark
        if unit.row >= 0:
            found += self.look.document.rows[unit.row].revisions
        return found

    def operations(self, chosen: frozenset[str]) -> tuple[Operation, ...]:
        found: list[Operation] = []
        for key, told in self.groups.items():
            found += self._reworded(key, told, chosen)
        taken = {
            id(step) for number, steps in self.bundles.items() if number in chosen for step in steps
        }
        found += [step for step in self._steps if id(step) in taken]
        return _placed(found, self.look.steps)

    def _reworded(self, key: str, told: Sequence[Told], chosen: frozenset[str]) -> list[Operation]:
        """The words of a clause with what was chosen of it."""
        taken = [
            one
            for at, one in enumerate(told)
            if (f"words-{key}-{at}" if one.revisions else f"words-{key}-untracked") in chosen
        ]
        if not taken:
            return []
        revisions = frozenset[int]().union(*(one.revisions for one in taken))
        heading, text = self.look.words_with(key, revisions)
        if f"words-{key}-untracked" not in chosen and told[0].revisions == frozenset():
            heading, text = self._tracked_alone(key, heading, text)
        tree = self.look.base.replace(key, heading=heading, text=text)
        return [
            step
            for step in differences.between(self.look.base, tree)
            if isinstance(step, ReplaceText | SetHeading)
        ]

    def _tracked_alone(self, key: str, heading: str, text: str) -> tuple[str, str]:
        """The tracked changes of a clause without what was changed in it untracked."""
        node = self.look.base.nodes[key]
        silent = self.look.words_with(key, frozenset())
        return (
            _without(key, "heading", node.heading, silent[0], heading),
            _without(key, "text", node.text, silent[1], text),
        )


def _told(own: Iterable[int], held: Sequence[Revision]) -> Told:
    """Some of the changes as a group, with the names and the dates that they carry."""
    authors = dict.fromkeys([held[at].author for at in own])
    dates = dict.fromkeys([held[at].date for at in own])
    return Told(frozenset(own), tuple(authors), tuple(dates))


def _without(key: str, part: Part, base: str, silent: str, new: str) -> str:
    """What leads from `silent` to `new`, done to the base; `new` where both change the same."""
    if silent in (new, base):
        return base if silent == new else new
    edit = Source("edit")
    both = (Wanted(0, base, edit, ()), Wanted(1, new, edit, ()))
    merged = word_merging.merge_part(Ground(key, part, silent, ()), both, {})
    return new if merged.found else merged.pieces[0].text


_KINDS: Mapping[str, ItemKind] = {
    "insert": "insert",
    "delete": "delete",
    "move": "move",
    "split": "split",
    "join": "join",
}


def _placed(steps: Sequence[Operation], everything: Sequence[Operation]) -> tuple[Operation, ...]:
    """The steps, each behind a neighbour that is there: a left one's place is its neighbour's."""
    taken = {id(step) for step in steps}
    left = {
        step.clause: step.after
        for step in everything
        if isinstance(step, InsertClause) and id(step) not in taken
    }

    def behind(after: str | None) -> str | None:
        while after in left:
            after = left[after]
        return after

    return tuple(
        replace(step, after=behind(step.after))
        if isinstance(step, InsertClause | MoveClause)
        else step
        for step in steps
    )

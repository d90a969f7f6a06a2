"""What a decision breaks or shifts: told before it is taken, not after."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from app.domain import definitions, placeholders, prose, references
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label, labels
from app.kernel.said import Said, listed, quoted, said

ConsequenceKind = Literal[
    "dangling", "circular", "undefined", "used early", "unused", "defined twice", "numbering",
    "typed number", "mandatory", "blanks", "falls", "obsolete", "alike", "attention",
]  # fmt: skip
Severity = Literal["blocks", "look", "know"]

_BLOCKS = frozenset({"dangling"})
_KNOW = frozenset({"numbering", "blanks", "unused", "circular", "obsolete", "alike"})

_NUMBERED = frozenset({Kind.CLAUSE, Kind.RECITAL, Kind.ANNEX})


@dataclass(frozen=True)
class Consequence:
    """One thing to know before deciding. `clause` is where it shows (None: the whole text).

    `sentence` has {names} which `params` fill.
    """

    kind: ConsequenceKind
    clause: str | None
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Whether it stops a publication, needs a look, or is only to know."""
        if self.kind in _BLOCKS:
            return "blocks"
        return "know" if self.kind in _KNOW else "look"

    @property
    def told(self) -> Said:
        """The sentence, filled."""
        return said(self.sentence, **self.params)

    def __str__(self) -> str:
        return self.told


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open amendment as it comes to the new text: its fate, the words of it, what it amends."""

    label: str
    fate: Literal["clean", "attention", "obsolete", "falls"]
    says: str
    primary: str = ""
    why: str = ""


def consequences(
    old: ClauseTree, new: ClauseTree, mandatory: frozenset[str] = frozenset()
) -> tuple[Consequence, ...]:
    """What follows if the new text takes the place of the old one.

    Broken references and blanks are told of the new text as it is, all else only where the change
    brings it about. `mandatory` are the keys that the template asks to keep.
    """
    change = _Change(old, new, labels(old), labels(new))
    return (
        *change.dangling(),
        *change.circular(),
        *change.terms(),
        *change.used_early(),
        *change.touched(mandatory),
        *change.shifts(),
        *change.typed_numbers(),
        *change.blanks(),
    )


def of_amendments(waiting: Iterable[Waiting]) -> tuple[Consequence, ...]:
    """What the new text does to amendments that stay open; one that simply stays is not told."""
    held = tuple(waiting)
    alike: dict[str, list[str]] = {}
    for one in held:
        if one.fate == "clean":
            alike.setdefault(f"{one.primary} {one.says}", []).append(one.label)
    told = [_told_of(one) for one in held if one.fate != "clean"]
    for labels_ in alike.values():
        if len(labels_) > 1:
            names = listed(labels_)
            told.append(
                Consequence(
                    "alike", None, said("{amendments} say the same now."), {"amendments": names}
                )
            )
    return tuple(told)


def _told_of(one: Waiting) -> Consequence:
    params = {"amendment": one.label, "primary": one.primary, "why": one.why}
    if one.fate == "obsolete":
        sentence = said("{amendment} is overtaken: the text says so already.")
        return Consequence("obsolete", None, sentence, params)
    if one.fate == "falls":
        return Consequence("falls", None, said("{amendment} falls with {primary}."), params)
    sentence = (
        said("{amendment} waits for its author. {why}") if one.why else said("{amendment} waits.")
    )
    return Consequence("attention", None, sentence, params)


_BECOMES = (
    said("{old} becomes {new}."),
    said("{old} becomes {new}; one reference follows."),
    said("{old} becomes {new}; {follow} references follow."),
)
_BECOME = (
    said("{old} to {old_last} become {new} to {new_last}."),
    said("{old} to {old_last} become {new} to {new_last}; one reference follows."),
    said("{old} to {old_last} become {new} to {new_last}; {follow} references follow."),
)
"""How numbers change, with no, one and several references that follow."""


@dataclass(frozen=True)
class _Change:
    old: ClauseTree
    new: ClauseTree
    old_labels: Mapping[str, Label]
    new_labels: Mapping[str, Label]

    def dangling(self) -> Iterator[Consequence]:
        for key, missing in references.dangling(self.new):
            was = self.old_labels.get(missing)
            named = was.full if was and was.full else missing
            yield Consequence(
                "dangling",
                key,
                said("{clause} refers to {missing}, which is no longer in the text."),
                {"clause": self.name(key), "missing": named},
            )

    def circular(self) -> Iterator[Consequence]:
        """Clauses that come to refer to each other in a ring, or to themselves."""
        known = [frozenset(ring) for ring in references.circular(self.old)]
        for ring in references.circular(self.new):
            if any(ring_before.issuperset(ring) for ring_before in known):
                continue
            names = [self.name(key) for key in ring]
            sentence = said("{clause} refers to itself.")
            if len(ring) > 1:
                sentence = said("{clause} and {others} refer to each other in a ring.")
            params = {"clause": names[0], "others": listed(names[1:])}
            yield Consequence("circular", ring[0], sentence, params)

    def used_early(self) -> Iterator[Consequence]:
        """Terms that come to be used, in a clause, before the text says what they mean."""
        before = _early(self.old)
        for key, (form, use) in _early(self.new).items():
            if key not in before:
                params = {"term": form, "clause": self.name(use)}
                sentence = said("“{term}” is used in {clause} before it is defined.")
                yield Consequence("used early", key, sentence, params)

    def terms(self) -> Iterator[Consequence]:
        """Terms that are used without a definition, defined without use, or defined twice."""
        before, after = definitions.terms(self.old), definitions.terms(self.new)
        for form, keys in _uses(self.new, [form for form in before if form not in after]).items():
            for key in keys[:1]:
                yield Consequence(
                    "undefined",
                    key,
                    said("“{term}” is still used in {clause}, but no longer defined."),
                    {"term": form, "clause": self.name(key), "count": len(keys)},
                )
        known = _unused(self.old)
        for key, term in _unused(self.new).items():
            if key not in known:
                yield Consequence(
                    "unused", key, said("“{term}” is defined, but used nowhere."), {"term": term}
                )
        twice = definitions.defined_twice(self.old)
        for form, key in definitions.defined_twice(self.new):
            if (form, key) not in twice:
                yield Consequence(
                    "defined twice", key, said("“{term}” is defined twice."), {"term": form}
                )

    def touched(self, mandatory: frozenset[str]) -> Iterator[Consequence]:
        """What happens to clauses the template wants to stay, and to all that stands below them."""
        guarded = {
            node.key: key
            for key in self.old.nodes
            if key in mandatory
            for node in self.old.find(key).walk()
        }
        for key in guarded:
            label = self.old_labels[key].full or self.name(key)
            parent = self.old.parents[key]
            if key not in self.new.nodes:
                if parent not in guarded or parent in self.new.nodes:
                    sentence = said("{clause} goes; the template says that it must stay.")
                    place = parent if parent in self.new.nodes else None
                    yield Consequence("mandatory", place, sentence, {"clause": label})
            elif self.old.find(key).node_hash != self.new.find(key).node_hash:
                sentence = said("{clause} changes; the template says that it must stay as it is.")
                yield Consequence("mandatory", key, sentence, {"clause": label})
        for key, parent in self.new.parents.items():
            if key not in self.old.nodes and parent in guarded and parent in self.new.nodes:
                sentence = said(
                    "{clause} is new below a clause that must stay as the template has it."
                )
                yield Consequence("mandatory", key, sentence, {"clause": self.name(key)})

    def shifts(self) -> Iterator[Consequence]:
        """Numbers that change, neighbours in one sentence, without those that only follow."""
        for nodes in (self.new.clauses, *(node.children for node in self.new.walk())):
            run: list[Clause] = []
            for node in (*nodes, None):
                if node is not None and self.has_shifted(node) and self.continues(run, node):
                    run.append(node)
                    continue
                if run:
                    yield self.shift(run)
                run = [node] if node is not None and self.has_shifted(node) else []

    def has_shifted(self, node: Clause) -> bool:
        """Whether a node has another number of its own, whatever happened to those above it."""
        before, after = self.old_labels.get(node.key), self.new_labels[node.key]
        if before is None or node.kind not in _NUMBERED or before.own == after.own:
            return False
        parent = self.new.parents[node.key]
        follows = (
            parent is not None
            and self.old.parents[node.key] == parent
            and self.old_labels[parent].own != self.new_labels[parent].own
        )
        return not follows

    def continues(self, run: list[Clause], node: Clause) -> bool:
        """Whether a node stood just as far behind the last of the run before."""
        if not run or self.old.parents[run[-1].key] != self.old.parents[node.key]:
            return not run
        was = [held.key for held in self.old.children_of(self.old.parents[node.key])]
        now = [held.key for held in self.new.children_of(self.new.parents[node.key])]
        last = run[-1].key
        # By as many places as its neighbour: "Article 7 to 23 become 12 to 24" tells nothing.
        return was.index(last) - was.index(node.key) == now.index(last) - now.index(node.key)

    def shift(self, run: list[Clause]) -> Consequence:
        first, last = run[0].key, run[-1].key
        params: dict[str, object] = {
            "old": self.old_labels[first].full,
            "new": self.new_labels[first].full,
        }
        follow = sum(self.referred[below.key] for node in run for below in node.walk())
        params |= {"follow": follow, "old_last": self.old_labels[last].full}
        params |= {"new_last": self.new_labels[last].full}
        sentence = (_BECOMES if first == last else _BECOME)[min(follow, 2)]
        return Consequence("numbering", first, sentence, params)

    @cached_property
    def referred(self) -> Counter[str]:
        """How many clauses refer to each clause."""
        return Counter(key for node in self.new.walk() for key in references.of_node(node))

    def typed_numbers(self) -> Iterator[Consequence]:
        """Numbers that stand as words in the text and now lead to another clause, or nowhere."""
        moved = {
            before.full: key
            for key, before in self.old_labels.items()
            if self.old.nodes[key].kind in _NUMBERED
            and before.full[:1].isalpha()
            and self.present_name(key) != before.full
        }
        if not moved:
            return
        longest = sorted(moved, key=len, reverse=True)
        typed = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})(?![\w(]|\.\d)")
        for node in self.new.walk():
            for typed_words in dict.fromkeys(typed.findall(prose.plain(node.text))):
                now = self.present_name(moved[typed_words])
                sentence = said("{clause} says “{said}” in words; that is {now} now.")
                if now is None:
                    sentence = said("{clause} says “{said}” in words; that clause goes.")
                params = {"clause": self.name(node.key), "said": typed_words, "now": now}
                yield Consequence("typed number", node.key, sentence, params)

    def present_name(self, key: str) -> str | None:
        """How one refers to a clause of the old text in the new one; None where it is gone."""
        label = self.new_labels.get(key)
        return None if label is None else label.full

    def blanks(self) -> Iterator[Consequence]:
        names = placeholders.listed(self.new)
        if names:
            sentence = said("Blanks still to be filled: {count} ({names}).")
            if len(names) == 1:
                sentence = said("One blank is still to be filled ({names}).")
            yield Consequence(
                "blanks", None, sentence, {"count": len(names), "names": ", ".join(names)}
            )

    def name(self, key: str) -> str:
        """How a sentence names a clause: by its label, else by its first words."""
        label = (self.new_labels.get(key) or self.old_labels[key]).full
        if label:
            return label
        node = self.new.nodes.get(key) or self.old.find(key)
        words = prose.plain(node.heading or node.text).split()
        return quoted(" ".join(words[:6]))


def _early(tree: ClauseTree) -> dict[str, tuple[str, str]]:
    """Definitions that stand behind the first use of their term: the form, and where it is used.

    Recitals tell before the text begins, and definitions use each other as they like.
    """
    terms = definitions.terms(tree)
    places = {key: at for at, key in enumerate(tree.nodes)}
    found: dict[str, tuple[str, str]] = {}
    for form, keys in _uses(tree, terms).items():
        defined = terms[form]
        for key in keys:
            inside = {node.kind for node in tree.path(key)} & {Kind.RECITAL, Kind.DEFINITION}
            if places[key] < places[defined] and not inside and key not in _above(tree, defined):
                found.setdefault(defined, (form, key))
    return found


def _above(tree: ClauseTree, key: str) -> frozenset[str]:
    return frozenset(node.key for node in tree.path(key))


def _uses(tree: ClauseTree, forms: Iterable[str]) -> dict[str, list[str]]:
    """Where some forms are used: the keys of the nodes, in reading order."""
    found: dict[str, list[str]] = {}
    wanted = {form: form for form in forms}
    for node in tree.walk():
        if node.kind is Kind.VERBATIM:
            continue
        shown = node.text if node.kind is Kind.DEFINITION else f"{node.heading}\n{node.text}"
        used = definitions.occurrences(prose.plain(shown), wanted)
        for form in dict.fromkeys(form for _, _, form in used):
            found.setdefault(form, []).append(node.key)
    return found


def _unused(tree: ClauseTree) -> dict[str, str]:
    """Definitions whose term stands nowhere but in themselves: their keys and terms."""
    terms = definitions.terms(tree)
    used: set[str] = set()
    for form, keys in _uses(tree, terms).items():
        own = {node.key for node in tree.find(terms[form]).walk()}
        if not own.issuperset(keys):
            used.add(terms[form])
    return {
        key: definitions.forms(tree.find(key))[0]
        for key in dict.fromkeys(terms.values())
        if key not in used
    }

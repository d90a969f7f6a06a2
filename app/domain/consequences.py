"""What a decision breaks or shifts: told before it is taken, not after."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.domain import definitions, placeholders, prose, references
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label, labels

ConsequenceKind = Literal[
    "dangling", "undefined", "unused", "defined twice", "numbering", "typed number", "mandatory",
    "blanks",
]  # fmt: skip

_NUMBERED = frozenset({Kind.CLAUSE, Kind.RECITAL, Kind.ANNEX})


@dataclass(frozen=True)
class Consequence:
    """One thing to know before deciding. `clause` is where it shows (None: the whole text).

    `sentence` has {names} which `params` fill; only "dangling" stops a publication.
    """

    kind: ConsequenceKind
    clause: str | None
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.params)


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
        *change.terms(),
        *change.touched(mandatory),
        *change.shifts(),
        *change.typed_numbers(),
        *change.blanks(),
    )


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
                "{clause} refers to {missing}, which is no longer in the text.",
                {"clause": self.name(key), "missing": named},
            )

    def terms(self) -> Iterator[Consequence]:
        """Terms that are used without a definition, defined without use, or defined twice."""
        before, after = definitions.terms(self.old), definitions.terms(self.new)
        for form, keys in _uses(self.new, [form for form in before if form not in after]).items():
            for key in keys[:1]:
                yield Consequence(
                    "undefined",
                    key,
                    "“{term}” is still used in {clause}, but no longer defined.",
                    {"term": form, "clause": self.name(key), "count": len(keys)},
                )
        known = _unused(self.old)
        for key, term in _unused(self.new).items():
            if key not in known:
                yield Consequence(
                    "unused", key, "“{term}” is defined, but used nowhere.", {"term": term}
                )
        twice = definitions.defined_twice(self.old)
        for form, key in definitions.defined_twice(self.new):
            if (form, key) not in twice:
                yield Consequence(
                    "defined twice", key, "“{term}” is defined twice.", {"term": form}
                )

    def touched(self, mandatory: frozenset[str]) -> Iterator[Consequence]:
        for key in self.old.nodes:
            if key not in mandatory:
                continue
            label = self.old_labels[key].full or self.name(key)
            if key not in self.new.nodes:
                sentence = "{clause} goes; the template says that it must stay."
                yield Consequence("mandatory", None, sentence, {"clause": label})
            elif self.old.find(key).node_hash != self.new.find(key).node_hash:
                sentence = "{clause} changes; the template says that it must stay as it is."
                yield Consequence("mandatory", key, sentence, {"clause": label})

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
        """Whether a node stood behind the last of the run before, too."""
        if not run or self.old.parents[run[-1].key] != self.old.parents[node.key]:
            return not run
        siblings = [held.key for held in self.old.children_of(self.old.parents[node.key])]
        return siblings.index(run[-1].key) < siblings.index(node.key)

    def shift(self, run: list[Clause]) -> Consequence:
        first, last = run[0].key, run[-1].key
        params = {"old": self.old_labels[first].full, "new": self.new_labels[first].full}
        if first == last:
            return Consequence("numbering", first, "{old} becomes {new}.", params)
        params |= {"old_last": self.old_labels[last].full, "new_last": self.new_labels[last].full}
        sentence = "{old} to {old_last} become {new} to {new_last}."
        return Consequence("numbering", first, sentence, params)

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
            for said in dict.fromkeys(typed.findall(prose.plain(node.text))):
                now = self.present_name(moved[said])
                sentence = "{clause} says “{said}” in words; that is {now} now."
                if now is None:
                    sentence = "{clause} says “{said}” in words; that clause goes."
                params = {"clause": self.name(node.key), "said": said, "now": now}
                yield Consequence("typed number", node.key, sentence, params)

    def present_name(self, key: str) -> str | None:
        """How one refers to a clause of the old text in the new one; None where it is gone."""
        label = self.new_labels.get(key)
        return None if label is None else label.full

    def blanks(self) -> Iterator[Consequence]:
        names = placeholders.listed(self.new)
        if names:
            sentence = "Blanks still to be filled: {count} ({names})."
            if len(names) == 1:
                sentence = "One blank is still to be filled ({names})."
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
        return f"“{' '.join(words[:6])}”"


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

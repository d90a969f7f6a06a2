"""Cross-references: `[[key]]` in a text, shown as today's label of the clause it names."""

from collections.abc import Iterator, Mapping

from app.domain import placeholders, prose
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label

MISSING = "[missing clause]"
"""What is read where the clause that a reference names is gone."""

UNNUMBERED = "[unnumbered text]"
"""What is read where a reference names a text that no label leads to."""


def dangling(tree: ClauseTree) -> tuple[tuple[str, str], ...]:
    """References to nothing, in reading order: the clause that refers, the key that is missing."""
    return tuple(
        (node.key, key) for node in tree.walk() for key in of_node(node) if key not in tree.nodes
    )


def of_node(node: Clause) -> tuple[str, ...]:
    """The keys that one node refers to, in order, each once."""
    if node.kind is Kind.VERBATIM:
        return ()
    return tuple(
        dict.fromkeys((*prose.references_in(node.heading), *prose.references_in(node.text)))
    )


def label(key: str, labels: Mapping[str, Label]) -> str:
    """What is read where a reference to that key stands."""
    found = labels.get(key)
    return MISSING if found is None else found.full or UNNUMBERED


def shown(text: str, labels: Mapping[str, Label], blanks: Mapping[str, str] | None = None) -> str:
    """Prose as words, each reference as the full label, each blank as its label in brackets."""
    return "".join(
        label(span.ref, labels)
        if span.ref is not None
        else placeholders.shown(span.blank, blanks or {})
        if span.blank is not None
        else span.text
        for span in prose.parse(text)
    )


def circular(tree: ClauseTree) -> tuple[tuple[str, ...], ...]:
    """Clauses that refer to each other in a ring, or to themselves; the keys in reading order."""
    targets = {
        node.key: [key for key in of_node(node) if key in tree.nodes] for node in tree.walk()
    }
    reached = {key: frozenset(_reached(key, targets)) for key in targets if targets[key]}
    rings: dict[tuple[str, ...], None] = {}
    for key, found in reached.items():
        if key in found:
            ring = [other for other in reached if other in found and key in reached[other]]
            rings[tuple(ring)] = None
    return tuple(rings)


def _reached(key: str, targets: Mapping[str, list[str]]) -> Iterator[str]:
    """Everything one comes to by following references from a clause."""
    seen: set[str] = set()
    waiting = list(targets[key])
    while waiting:
        step = waiting.pop()
        if step not in seen:
            seen.add(step)
            yield step
            waiting.extend(targets[step])

"""A clause tree as lines of words: its outline, and its text without labels."""

from collections.abc import Iterator, Mapping

from app.domain import numbering, prose
from app.domain.clauses import Clause, ClauseTree

FIRST_WORDS = 8


def words(tree: ClauseTree) -> Iterator[str]:
    """Heading and text of each node in reading order, a node a line, without labels and marks."""
    labels = {key: label.full for key, label in numbering.labels(tree).items()}
    for node in tree.walk():
        shown = " ".join(part for part in (node.heading, node.text) if part)
        line = " ".join(shown_words(shown, labels).split())
        if line:
            yield line


def shown_words(text: str, labels: Mapping[str, str]) -> str:
    """Prose as it is read: references as today's labels, blanks by their names in braces."""
    return "".join(
        labels.get(span.ref, span.ref)
        if span.ref
        else f"{{{{{span.blank}}}}}"
        if span.blank
        else span.text
        for span in prose.parse(text)
    )


def lines(tree: ClauseTree) -> Iterator[str]:
    """A line a node: label, heading or first words, key; two spaces for each level."""
    labels = numbering.labels(tree)
    full = {key: label.full for key, label in labels.items()}
    for node, depth in _with_depth(tree.clauses, 0):
        parts = (labels[node.key].own, _gist(node, full), f"[{node.key}]")
        yield "  " * depth + " ".join(part for part in parts if part)


def _gist(node: Clause, labels: Mapping[str, str]) -> str:
    """The heading, else the first words of the text."""
    if node.heading:
        return " ".join(shown_words(node.heading, labels).split())
    found = shown_words(node.text, labels).split()
    return " ".join(found[:FIRST_WORDS]) + (" …" if len(found) > FIRST_WORDS else "")


def _with_depth(nodes: tuple[Clause, ...], depth: int) -> Iterator[tuple[Clause, int]]:
    for node in nodes:
        yield node, depth
        yield from _with_depth(node.children, depth + 1)

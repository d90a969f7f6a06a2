"""What an amendment wants, as words beside the text: for those that tracked changes can't show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain import placeholders, prose, references
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.numbering import Label, labels
from app.domain.operations import (
    DeleteClause,
    InsertClause,
    MoveClause,
    Operation,
    ReplaceText,
    SetHeading,
)
from app.kernel.said import quoted, said, strung

_LONGEST = 60


def remarks(tree: ClauseTree, operations: Iterable[Operation]) -> Mapping[str, str]:
    """One remark for each clause about which something is said, by the key of a clause of `tree`.

    What is about a clause that isn't there stands at the first.
    """
    found: dict[str, list[str]] = {}
    teller = _Teller(tree, labels(tree))
    for step in operations:
        key = _place(tree, step)
        if key:
            found.setdefault(key, []).append(strung(teller.said(step), "\n"))
    return {key: strung(parts, "\n") for key, parts in found.items()}


def _place(tree: ClauseTree, step: Operation) -> str:
    """The clause beside which a remark stands, "" in a text without any."""
    wanted: tuple[str | None, ...] = (step.clause,)
    if isinstance(step, InsertClause):
        wanted = (step.after, step.parent)
    known = [key for key in wanted if key is not None and key in tree.nodes]
    return known[0] if known else next(iter(tree.nodes), "")


@dataclass(frozen=True)
class _Teller:
    """Tells operations in words; cross-references are shown as they read now."""

    tree: ClauseTree
    labels: Mapping[str, Label]

    def said(self, step: Operation) -> Iterator[str]:
        nodes = self.tree.nodes
        match step:
            case ReplaceText():
                node = nodes.get(step.clause)
                kind = node.kind if node else Kind.CLAUSE
                yield said("The text should read: {words}", words=self.words(kind, step.text))
            case SetHeading():
                yield said("The heading should read: {words}", words=self.plain(step.heading))
            case DeleteClause():
                yield said("This should go, with all below it.")
            case MoveClause():
                neighbour = nodes.get(step.after or "") or nodes.get(step.parent or "")
                if neighbour:
                    yield said(
                        "This should stand by {words}", words=quoted(self.opening(neighbour))
                    )
                else:
                    yield said("This should stand at the beginning")
            case InsertClause():
                yield said("After this there should be new text:")
                yield from self.lines(step.node)

    def lines(self, node: Clause) -> Iterator[str]:
        heading, words = self.plain(node.heading), self.words(node.kind, node.text)
        yield " ".join(filter(None, (heading, words)))
        for child in node.children:
            yield from self.lines(child)

    def opening(self, node: Clause) -> str:
        words = self.plain(node.heading) or self.words(node.kind, node.text)
        return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"

    def words(self, kind: Kind, text: str) -> str:
        return text if kind is Kind.VERBATIM else self.plain(text)

    def plain(self, text: str) -> str:
        return "".join(
            references.label(span.ref, self.labels)
            if span.ref is not None
            else placeholders.shown(span.blank, {})
            if span.blank is not None
            else span.text
            for span in prose.parse(text)
        )

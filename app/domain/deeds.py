"""What an amendment does, in sentences: "Replaces “15” with “30” in Article 2.1"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.domain import references, text_diff
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

MOST_PLACES = 3
"""So many places of one clause are told one by one; further ones are counted."""

MOST_WORDS = 14
_KINDS: Mapping[Kind, str] = {
    Kind.PARA: "paragraph",
    Kind.BULLET: "point",
    Kind.ROW: "row",
    Kind.TABLE: "table",
    Kind.DEFINITION: "definition",
    Kind.RECITAL: "recital",
    Kind.ANNEX: "annex",
    Kind.DIVISION: "part",
}


@dataclass(frozen=True)
class Deed:
    """One change in words: `verb` ("Replaces"), `rest`, and where."""

    kind: Literal["replace", "insert", "delete", "move"]
    verb: str
    rest: str
    clause: str

    def __str__(self) -> str:
        return f"{self.verb} {self.rest}"


def told(
    base: ClauseTree, steps: Iterable[Operation], names: Mapping[str, Label] | None = None
) -> tuple[Deed, ...]:
    """Tell what the operations do to the text. `names` are the base's labels, where known."""
    held = tuple(steps)
    teller = _Teller(base, labels(base) if names is None else names, _new_nodes(held))
    return tuple(deed for step in held for deed in teller.deeds(step))


def first_words(text: str, names: Mapping[str, Label], most: int = MOST_WORDS) -> str:
    """The beginning of a prose as words, with an ellipsis where it goes on."""
    words = references.shown(text, names).split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def _new_nodes(steps: Sequence[Operation]) -> dict[str, Clause]:
    return {
        node.key: node
        for step in steps
        if isinstance(step, InsertClause)
        for node in step.node.walk()
    }


@dataclass(frozen=True)
class _Teller:
    base: ClauseTree
    names: Mapping[str, Label]
    new: Mapping[str, Clause]

    def deeds(self, step: Operation) -> Iterator[Deed]:
        match step:
            case ReplaceText():
                yield from self.replaced(step)
            case SetHeading():
                yield from self.renamed(step)
            case InsertClause():
                yield self.inserted(step)
            case DeleteClause():
                yield self.deleted(step)
            case MoveClause():
                where = self.place(step.parent, step.after)
                yield Deed("move", "Moves", f"{self.name(step.clause)} {where}", step.clause)

    def replaced(self, step: ReplaceText) -> Iterator[Deed]:
        """Every place of a text that changes, up to three."""
        node = self.base.nodes.get(step.clause)
        where = self.name(step.clause)
        is_verbatim = node is not None and node.kind is Kind.VERBATIM
        pieces = text_diff.pieces(node.text if node else "", step.text, verbatim=is_verbatim)
        places = list(_places(pieces))
        for gone, come, is_last in places[:MOST_PLACES]:
            if gone and come:
                words = f"{self.quoted(gone)} with {self.quoted(come)} in {where}"
                yield Deed("replace", "Replaces", words, step.clause)
            elif come:
                spot = "at the end of" if is_last else "in"
                yield Deed("insert", "Inserts", f"{self.quoted(come)} {spot} {where}", step.clause)
            else:
                yield Deed("delete", "Deletes", f"{self.quoted(gone)} from {where}", step.clause)
        if (more := len(places) - MOST_PLACES) > 0:
            words = "one more place" if more == 1 else f"{more} more places"
            yield Deed("replace", "Changes", f"{words} in {where}", step.clause)
        if not places:
            yield Deed("replace", "Changes", f"the emphasis in {where}", step.clause)

    def renamed(self, step: SetHeading) -> Iterator[Deed]:
        node = self.base.nodes.get(step.clause)
        where = self.name(step.clause)
        if node is None or not node.heading:
            words = f"{self.quoted(step.heading)} as the heading of {where}"
            yield Deed("insert", "Sets", words, step.clause)
        elif not step.heading:
            words = f"the heading {self.quoted(node.heading)} of {where}"
            yield Deed("delete", "Deletes", words, step.clause)
        else:
            words = f"the heading of {where} to {self.quoted(step.heading)}"
            yield Deed("replace", "Changes", words, step.clause)

    def inserted(self, step: InsertClause) -> Deed:
        kind = _KINDS.get(step.node.kind, "clause")
        article = "an" if kind[0] in "aeiou" else "a"
        words = self.quoted(step.node.heading or step.node.text)
        where = self.place(step.parent, step.after)
        return Deed("insert", "Adds", f"{article} {kind} {where}: {words}", step.clause)

    def deleted(self, step: DeleteClause) -> Deed:
        node = self.base.nodes.get(step.clause)
        words = f"{self.name(step.clause)}"
        if node is not None and words[:1] != "“":
            words += f" {self.quoted(node.heading or node.text)}"
        if node is not None and node.children:
            words += " with all below it"
        return Deed("delete", "Deletes", words, step.clause)

    def place(self, parent: str | None, after: str | None) -> str:
        if after is not None:
            return f"behind {self.name(after)}"
        return f"at the beginning of {self.name(parent) if parent else 'the text'}"

    def name(self, key: str) -> str:
        """How a sentence names a clause: by its label, else by its first words."""
        label = self.names.get(key)
        if label is not None and label.full:
            return label.full
        node = self.base.nodes.get(key) or self.new.get(key)
        return self.quoted(node.heading or node.text, 6) if node else "a clause that is gone"

    def quoted(self, text: str, most: int = MOST_WORDS) -> str:
        return f"“{first_words(text, self.names, most).strip()}”"


def _places(pieces: Sequence[text_diff.Piece]) -> Iterator[tuple[str, str, bool]]:
    """What goes, what comes, and whether nothing follows; place by place."""
    gone = come = ""
    for at, piece in enumerate(pieces):
        if piece.op == "-":
            gone += piece.text
        elif piece.op == "+":
            come += piece.text
        if (gone or come) and (at + 1 == len(pieces) or pieces[at + 1].op == "="):
            rest = "".join(later.text for later in pieces[at + 1 :])
            yield gone, come, not any(sign.isalnum() for sign in rest)
            gone = come = ""

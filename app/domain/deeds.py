"""What an amendment does, in sentences: "Replaces “in 15 days” with “in 30 days” in Article 2"."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

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
from app.kernel.said import Said, counted, quoted, said, strung

MOST_PLACES = 3
"""So many places of one clause are told one by one; further ones are counted."""

MOST_WORDS = 14
FEW_WORDS = 6
"""A change of no more words than this, gone and come together, is told with words around it."""

AROUND = 3
"""So many words stand around a short change, one of them before it where there is one."""

_SENTENCE = re.compile(r"[.;:?!]\s")
_CLAUSE_BEHIND = said("Adds a clause behind {place}: {words}")
_CLAUSE_IN = said("Adds a clause at the beginning of {place}: {words}")
_CLAUSE_FIRST = said("Adds a clause at the beginning of the text: {words}")
_ADDED_BEHIND: Mapping[Kind, str] = {
    Kind.PARA: said("Adds a paragraph behind {place}: {words}"),
    Kind.BULLET: said("Adds a point behind {place}: {words}"),
    Kind.ROW: said("Adds a row behind {place}: {words}"),
    Kind.TABLE: said("Adds a table behind {place}: {words}"),
    Kind.DEFINITION: said("Adds a definition behind {place}: {words}"),
    Kind.RECITAL: said("Adds a recital behind {place}: {words}"),
    Kind.ANNEX: said("Adds an annex behind {place}: {words}"),
    Kind.DIVISION: said("Adds a part behind {place}: {words}"),
}
_ADDED_IN: Mapping[Kind, str] = {
    Kind.PARA: said("Adds a paragraph at the beginning of {place}: {words}"),
    Kind.BULLET: said("Adds a point at the beginning of {place}: {words}"),
    Kind.ROW: said("Adds a row at the beginning of {place}: {words}"),
    Kind.TABLE: said("Adds a table at the beginning of {place}: {words}"),
    Kind.DEFINITION: said("Adds a definition at the beginning of {place}: {words}"),
    Kind.RECITAL: said("Adds a recital at the beginning of {place}: {words}"),
    Kind.ANNEX: said("Adds an annex at the beginning of {place}: {words}"),
    Kind.DIVISION: said("Adds a part at the beginning of {place}: {words}"),
}
_ADDED_FIRST: Mapping[Kind, str] = {
    Kind.PARA: said("Adds a paragraph at the beginning of the text: {words}"),
    Kind.BULLET: said("Adds a point at the beginning of the text: {words}"),
    Kind.ROW: said("Adds a row at the beginning of the text: {words}"),
    Kind.TABLE: said("Adds a table at the beginning of the text: {words}"),
    Kind.DEFINITION: said("Adds a definition at the beginning of the text: {words}"),
    Kind.RECITAL: said("Adds a recital at the beginning of the text: {words}"),
    Kind.ANNEX: said("Adds an annex at the beginning of the text: {words}"),
    Kind.DIVISION: said("Adds a part at the beginning of the text: {words}"),
}


@dataclass(frozen=True)
class Deed:
    """One change in words, and where."""

    kind: Literal["replace", "insert", "delete", "move"]
    sentence: Said
    clause: str

    def __str__(self) -> str:
        return self.sentence


def told(
    base: ClauseTree, steps: Iterable[Operation], names: Mapping[str, Label] | None = None
) -> tuple[Deed, ...]:
    """Tell what the operations do to the text. `names` are the base's labels, where known."""
    held = tuple(steps)
    teller = _Teller(base, labels(base) if names is None else names, _new_nodes(held))
    return tuple(deed for step in held for deed in teller.deeds(step))


def first_words(text: str, names: Mapping[str, Label], most: int = MOST_WORDS) -> str:
    """The beginning of a prose as words, with an ellipsis where it goes on."""
    return _first(references.shown(text, names), most)


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
                yield self.moved(step)

    def replaced(self, step: ReplaceText) -> Iterator[Deed]:
        """Every place of a text that changes, up to three."""
        node = self.base.nodes.get(step.clause)
        where = self.name(step.clause)
        is_verbatim = node is not None and node.kind is Kind.VERBATIM
        pieces = text_diff.pieces(node.text if node else "", step.text, verbatim=is_verbatim)
        places = list(_places(pieces))
        for place in places[:MOST_PLACES]:
            yield self.changed(place, step.clause, where)
        if (more := len(places) - MOST_PLACES) > 0:
            words = counted(
                more,
                "Changes one more place in {where}",
                "Changes {n} more places in {where}",
                where=where,
            )
            yield Deed("replace", words, step.clause)
        if not places:
            words = said("Changes the emphasis in {where}", where=where)
            yield Deed("replace", words, step.clause)

    def changed(self, place: "_Place", clause: str, where: str) -> Deed:
        """One place of a text; where few words change, with the words around that say of what."""
        gone, come = self.shown(place.gone), self.shown(place.come)
        few = len(gone.split()) + len(come.split()) <= FEW_WORDS
        after = _next_words(self.shown(place.after))
        before = _last_words(self.shown(place.before))
        told: dict[str, str] = {"old": _quoted(gone), "new": _quoted(come), "where": where}
        if gone and come:
            if few:
                before = _last_words(before, AROUND - len(after.split()))
                told["old"] = _quoted(f"{before}{gone}{after}")
                told["new"] = _quoted(f"{before}{come}{after}")
            return Deed("replace", said("Replaces {old} with {new} in {where}", **told), clause)
        if come and place.is_last:
            return Deed("insert", said("Inserts {new} at the end of {where}", **told), clause)
        if come and before:
            words = said("Inserts {new} after {words} in {where}", words=_quoted(before), **told)
            return Deed("insert", words, clause)
        if come and after:
            words = said("Inserts {new} before {words} in {where}", words=_quoted(after), **told)
            return Deed("insert", words, clause)
        if come:
            return Deed("insert", said("Inserts {new} in {where}", **told), clause)
        if few and before:
            words = said("Deletes {old} after {words} in {where}", words=_quoted(before), **told)
            return Deed("delete", words, clause)
        return Deed("delete", said("Deletes {old} from {where}", **told), clause)

    def renamed(self, step: SetHeading) -> Iterator[Deed]:
        node = self.base.nodes.get(step.clause)
        old = self.quoted(node.heading) if node is not None and node.heading else ""
        told = {"old": old, "new": self.quoted(step.heading), "where": self.name(step.clause)}
        if not old:
            words = said("Sets {new} as the heading of {where}", **told)
            yield Deed("insert", words, step.clause)
        elif not step.heading:
            words = said("Deletes the heading {old} of {where}", **told)
            yield Deed("delete", words, step.clause)
        else:
            words = said("Changes the heading of {where} to {new}", **told)
            yield Deed("replace", words, step.clause)

    def inserted(self, step: InsertClause) -> Deed:
        told: dict[str, str] = {"words": self.quoted(step.node.heading or step.node.text)}
        if step.after is not None:
            message = _ADDED_BEHIND.get(step.node.kind, _CLAUSE_BEHIND)
            told["place"] = self.name(step.after)
        elif step.parent:
            message = _ADDED_IN.get(step.node.kind, _CLAUSE_IN)
            told["place"] = self.name(step.parent)
        else:
            message = _ADDED_FIRST.get(step.node.kind, _CLAUSE_FIRST)
        return Deed("insert", said(message, **told), step.clause)

    def moved(self, step: MoveClause) -> Deed:
        name = self.name(step.clause)
        if step.after is not None:
            words = said("Moves {name} behind {place}", name=name, place=self.name(step.after))
        elif step.parent:
            words = said(
                "Moves {name} at the beginning of {place}",
                name=name,
                place=self.name(step.parent),
            )
        else:
            words = said("Moves {name} at the beginning of the text", name=name)
        return Deed("move", words, step.clause)

    def deleted(self, step: DeleteClause) -> Deed:
        node = self.base.nodes.get(step.clause)
        name = self.name(step.clause)
        if node is not None and name[:1] != "“":
            name = strung((name, self.quoted(node.heading or node.text)))
        if node is not None and node.children:
            words = said("Deletes {name} with all below it", name=name)
        else:
            words = said("Deletes {name}", name=name)
        return Deed("delete", words, step.clause)

    def name(self, key: str) -> str:
        """How a sentence names a clause: by its label, else by its first words."""
        label = self.names.get(key)
        if label is not None and label.full:
            return label.full
        node = self.base.nodes.get(key) or self.new.get(key)
        if node is None:
            return said("a clause that is gone")
        return self.quoted(node.heading or node.text, 6)

    def quoted(self, text: str, most: int = MOST_WORDS) -> Said:
        return _quoted(self.shown(text), most)

    def shown(self, text: str) -> str:
        """A prose as words; a reference by its label."""
        return references.shown(text, self.names)


def _first(text: str, most: int) -> str:
    words = text.split()
    return " ".join(words[:most]) + ("…" if len(words) > most else "")


def _quoted(text: str, most: int = MOST_WORDS) -> Said:
    return quoted(_first(text, most))


class _Place(NamedTuple):
    """One change of a text, in prose: what goes and comes, and what stays on either side of it."""

    before: str
    gone: str
    come: str
    after: str
    is_last: bool


def _places(pieces: Sequence[text_diff.Piece]) -> Iterator[_Place]:
    """The changes of a text, place by place; the last has no letter or figure behind it."""
    before = gone = come = ""
    for at, piece in enumerate(pieces):
        if piece.op == "=":
            before = piece.text
            continue
        gone += piece.text if piece.op == "-" else ""
        come += piece.text if piece.op == "+" else ""
        if at + 1 == len(pieces) or pieces[at + 1].op == "=":
            after = pieces[at + 1].text if at + 1 < len(pieces) else ""
            rest = "".join(later.text for later in pieces[at + 1 :])
            yield _Place(before, gone, come, after, not any(sign.isalnum() for sign in rest))
            gone = come = ""


def _last_words(text: str, most: int = AROUND) -> str:
    """The last words of a text within its last sentence, with the space behind them."""
    words = _SENTENCE.split(text)[-1]
    return " ".join(words.split()[-most:]) + (" " if words[-1:].isspace() and words.strip() else "")


def _next_words(text: str, most: int = AROUND - 1) -> str:
    """The first words of a text within its first sentence, with the space before them."""
    words = _SENTENCE.split(text.rstrip(".;:?!"), maxsplit=1)[0]
    return (" " if words[:1].isspace() else "") + " ".join(words.split()[:most])

"""Generated nodes: the table of parties, filled from who takes part when a version is frozen."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import provenance
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.provenance import NodeProvenance, Provenance, Source

HEAD = ("Party", "Legal form", "Seat", "Register number", "Represented by")


@dataclass(frozen=True)
class Party:
    """What a table of parties says of one party. `code` is its three-letter sign."""

    code: str
    name: str
    legal_form: str = ""
    seat: str = ""
    register_number: str = ""
    representative: str = ""
    capacity: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of its row, in the order of HEAD."""
        by = ", ".join(part for part in (self.representative, self.capacity) if part)
        return (self.name, self.legal_form, self.seat, self.register_number, by)


def filled(tree: ClauseTree, parties: Sequence[Party]) -> ClauseTree:
    """The tree with every generated table of parties holding one row for each party, by name."""
    rows = sorted(parties, key=lambda party: party.name.casefold())
    for node in tree.walk():
        if node.kind is Kind.GENERATED and node.text == "parties":
            tree = tree.replace(node.key, children=tuple(_rows(node.key, rows)))
    return tree


def with_sources(tree: ClauseTree, known: Provenance) -> dict[str, NodeProvenance]:
    """The sources of every clause, those of the rows of generated tables included."""
    held = dict(known)
    for node in tree.walk():
        if node.kind is Kind.GENERATED:
            for row in node.children:
                held[row.key] = provenance.of_node(row, Source("answer", node.text))
    return held


def _rows(key: str, parties: Sequence[Party]) -> list[Clause]:
    if not parties:
        return []
    stem = key[:20].rstrip("-")
    lines: list[tuple[str, tuple[str, ...]]] = [(f"{stem}-head", HEAD)]
    lines += [(f"{stem}-{party.code.lower()}", party.cells) for party in parties]
    return [Clause(row, Kind.ROW, text=" | ".join(map(_cell, cells))) for row, cells in lines]


def _cell(words: str) -> str:
    marks = str.maketrans({mark: "\\" + mark for mark in "\\*[]{}|"})
    return " ".join(words.translate(marks).split()) or "–"

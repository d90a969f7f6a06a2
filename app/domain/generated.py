"""Generated nodes: the table of parties, filled from who takes part when a version is frozen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain import provenance
from app.domain.clauses import Clause, ClauseTree, Kind
from app.domain.operations import InsertClause, MoveClause, Operation, ReplaceText
from app.domain.provenance import NodeProvenance, Provenance, Source
from app.kernel.errors import Invalid

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


def in_order(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties as they follow each other wherever all are named: by name."""
    return tuple(sorted(parties, key=lambda party: party.name.casefold()))


def filled(tree: ClauseTree, parties: Sequence[Party]) -> ClauseTree:
    """The tree with every generated table of parties holding one row for each party, by name."""
    rows = in_order(parties)
    for node in tree.walk():
        if node.kind is Kind.GENERATED and node.text == "parties":
            tree = tree.replace(node.key, children=tuple(_rows(node.key, rows)))
    return tree


def is_filled_in(tree: ClauseTree, key: str) -> bool:
    """Whether a clause is a row that is filled when a version is frozen; nobody writes it."""
    return key in tree.nodes and any(above.kind is Kind.GENERATED for above in tree.path(key)[:-1])


def check_left_alone(tree: ClauseTree, operations: Iterable[Operation]) -> None:
    """Raise Invalid where an operation writes what is made anew with every version."""
    for step in operations:
        node = tree.nodes.get(step.clause)
        writes = isinstance(step, ReplaceText) and node is not None and node.kind is Kind.GENERATED
        parent = step.parent if isinstance(step, InsertClause | MoveClause) else None
        above = tree.nodes.get(parent) if parent else None
        enters = above is not None and above.kind is Kind.GENERATED
        if writes or enters or is_filled_in(tree, step.clause):
            raise Invalid(
                "The table of the parties is made of what each party confirmed about itself. It "
                "changes there, not by an amendment."
            )


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

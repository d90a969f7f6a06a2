"""What the accepted amendments make of some clauses by now: merged alone, without the rest."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from app.domain import redline as lines
from app.domain.consolidation import consolidate
from app.domain.numbering import labels
from app.domain.redline import Redline
from app.kernel.said import said
from app.models.amendments import AmendmentRow
from app.models.rounds import Round
from app.queries import consolidations, proposals
from app.queries.desk_rows import text_of
from app.queries.reading import session as this_session


@dataclass(frozen=True)
class Result:
    """How clauses would read: their keys with labels, the redline, how many conflicts are open."""

    clauses: tuple[tuple[str, str], ...]
    redline: Redline
    conflicts: int


def near(accepted: Iterable[AmendmentRow], clauses: Collection[str]) -> Sequence[AmendmentRow]:
    """The accepted amendments that touch one of these clauses, with what those amend."""
    held = list(accepted)
    found = [row for row in held if set(row.clauses) & set(clauses)]
    primaries = {row.primary_id for row in found}
    return [row for row in held if row in found or row.id in primaries]


def result_of(held: Round, clauses: Collection[str]) -> Result:
    """Merge what touches these clauses and nothing else: five statements."""
    session = this_session()
    text = text_of(session, held)
    rows = near(consolidations.accepted_in(session, held), clauses)
    resolved = {
        row.conflict: consolidations.as_resolution(row)
        for row in consolidations.resolutions_of(session, held.id)
    }
    merged = consolidate(text.tree, proposals.as_domains(rows), resolved)
    built = lines.build(text.tree, merged.preview, authors=proposals.authors_of(session, rows))
    wanted = {*clauses}
    names = {**text.names, **labels(merged.preview)}
    shown = tuple(_found(built.nodes, wanted))
    return Result(
        tuple(
            (node.key, names[node.key].full or said("the text"))
            for node in shown
            if node.key in names
        ),
        replace(built, title=(), nodes=shown),
        len(merged.conflicts),
    )


def _found(
    nodes: Iterable[lines.RedlineNode], wanted: Collection[str]
) -> Iterable[lines.RedlineNode]:
    """The topmost nodes that were asked for."""
    for node in nodes:
        if node.key in wanted:
            yield node
        else:
            yield from _found(node.children, wanted)

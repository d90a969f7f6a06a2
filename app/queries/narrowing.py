"""The view of all amendments, narrowed: to an organisation, to a clause, to what is still open."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.clauses import ClauseTree
from app.models.amendments import AmendmentRow
from app.queries.comments import FACILITATOR, Speaker

FACILITATORS = "facilitator"
"""How the facilitator's own amendments are asked for; organisations by their code."""


@dataclass(frozen=True)
class Narrowed:
    """What the view is narrowed to; an empty value narrows nothing."""

    organisation: str = ""
    clause: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return bool(self.organisation or self.clause or self.state)


@dataclass(frozen=True)
class Choices:
    """What the view may be narrowed to: who proposed something, on which clauses; how many."""

    speakers: tuple[Speaker, ...] = ()
    clauses: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    total: int = 0


def code_of(who: Speaker) -> str:
    """How an organisation, or the facilitator, is asked for."""
    return who.code or FACILITATORS


def narrow(
    rows: Sequence[AmendmentRow],
    narrowed: Narrowed,
    base: ClauseTree,
    who: Mapping[uuid.UUID, Speaker],
    places: Callable[[AmendmentRow], Sequence[str]],
) -> Sequence[AmendmentRow]:
    """The amendments that are wanted; what a wanted one amends comes along, or it can't be read."""
    if not narrowed:
        return rows
    wanted = {
        row.id
        for row in rows
        if narrowed.state in {"", row.state}
        and narrowed.organisation in {"", code_of(_speaker(row, who))}
        and (not narrowed.clause or _is_below(base, narrowed.clause, places(row)))
    }
    wanted |= {row.primary_id for row in rows if row.id in wanted and row.primary_id}
    return [row for row in rows if row.id in wanted]


def choices_of(
    rows: Sequence[AmendmentRow],
    who: Mapping[uuid.UUID, Speaker],
    places: Callable[[AmendmentRow], Sequence[str]],
) -> Choices:
    """What there is to narrow to."""
    return Choices(
        speakers=tuple(dict.fromkeys(_speaker(row, who) for row in rows)),
        clauses=frozenset(key for row in rows for key in places(row)),
        states=frozenset(row.state for row in rows),
        total=len(rows),
    )


def _speaker(row: AmendmentRow, who: Mapping[uuid.UUID, Speaker]) -> Speaker:
    if row.organisation_id is None:
        return FACILITATOR
    return who.get(row.organisation_id, FACILITATOR)


def _is_below(base: ClauseTree, clause: str, keys: Sequence[str]) -> bool:
    return any(clause in {node.key for node in base.path(key)} for key in keys if key in base.nodes)

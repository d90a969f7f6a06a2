"""The legend of the view of all amendments: whose words are marked how, and what it is narrowed to.

Every organisation in it is a link that narrows the view to it; a clause and a state are chosen in
a form beside them. Everything is in the address.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from app.domain import references
from app.domain.clauses import ClauseTree, Kind
from app.domain.lifecycle import AmendmentState
from app.kernel.said import said
from app.queries.comments import Speaker
from app.queries.narrowing import Narrowed, code_of
from app.queries.reading_room import Reading

_STATES = {
    AmendmentState.PROPOSED: said("Open"),
    AmendmentState.ACCEPTED: said("Accepted"),
}


@dataclass(frozen=True)
class Chip:
    """One organisation whose words are marked; the link narrows to it, or shows all again."""

    who: Speaker
    address: str
    current: bool


@dataclass(frozen=True)
class Legend:
    """What clauses/_legend.html asks for; `shown` of `total` amendments are marked."""

    chips: tuple[Chip, ...]
    clauses: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    narrowed: Narrowed
    shown: int
    total: int
    whole_address: str


def asked() -> Narrowed:
    """What the address narrows the view of all amendments to."""
    state = request.args.get("state", "")
    return Narrowed(
        organisation=request.args.get("organisation", "")[:12],
        clause=request.args.get("clause", "")[:28],
        state=state if state in set(_STATES) else "",
    )


def address_parts(narrowed: Narrowed) -> dict[str, str]:
    """The view as an address asks for it."""
    parts = {
        "organisation": narrowed.organisation,
        "clause": narrowed.clause,
        "state": narrowed.state,
    }
    return {"view": "all", **{name: value for name, value in parts.items() if value}}


def legend_of(reading: Reading, slug: str, narrowed: Narrowed) -> Legend | None:
    """The legend of a text; None where no amendment is marked in it."""
    if reading.view != "all" or not reading.choices.total:
        return None
    here = f"/agreements/{slug}"

    def narrowed_to(who: Speaker) -> Chip:
        code = code_of(who)
        current = narrowed.organisation == code
        to = Narrowed("" if current else code, narrowed.clause, narrowed.state)
        return Chip(who, f"{here}?{urlencode(address_parts(to))}", current)

    return Legend(
        chips=tuple(map(narrowed_to, reading.choices.speakers)),
        clauses=_clauses(reading),
        states=tuple(
            (key, words) for key, words in _STATES.items() if key in reading.choices.states
        ),
        narrowed=narrowed,
        shown=len(reading.proposals),
        total=reading.choices.total,
        whole_address=f"{here}?view=all",
    )


def _clauses(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The articles and annexes that amendments touch, in the order of the text."""
    base, labels = reading.base, reading.redline.old_labels
    tops = {_top(base, key) for key in reading.choices.clauses if key in base.nodes}
    found = []
    for key in base.nodes:
        if key in tops:
            name = references.shown(base.nodes[key].heading, labels, reading.blanks)
            found.append((key, f"{labels[key].full} {name}".strip()))
    return tuple(found)


def _top(base: ClauseTree, key: str) -> str:
    """The topmost clause or annex a clause stands in; divisions don't count."""
    path = base.path(key)
    return next((node.key for node in path if node.kind is not Kind.DIVISION), path[0].key)

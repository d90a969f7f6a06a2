"""Alternatives: declaring that amendments exclude each other."""

import uuid
from collections.abc import Collection, Sequence

from app.access.permissions import Permission
from app.actions.unit import Work, action
from app.domain import events as e
from app.domain.lifecycle import AmendmentState
from app.kernel.errors import Conflict, Invalid
from app.models.alternatives import Alternative
from app.models.amendments import AmendmentRow
from app.models.rounds import Round
from app.queries import alternatives, answers, proposals


@action(Permission.DISPOSITION_GIVE)
def declare_alternatives(work: Work, held: Round, *, amendments: Collection[uuid.UUID]) -> Round:
    """Declare that of some open amendments one at most is adopted; the others fall with it.

    Raises Invalid for fewer than two, Conflict where one is not open, stands in a set already, or
    is decided by another ballot than the rest.
    """
    if len(set(amendments)) < 2:
        raise Invalid("Select at least two amendments that exclude each other.")
    rows = answers.amendments_in(work.session, held.id, amendments)
    if len(rows) != len(set(amendments)) or any(
        row.state != AmendmentState.PROPOSED or row.primary_id is not None for row in rows
    ):
        raise Conflict("Only open amendments to the text itself exclude each other.")
    if taken := [row.label for row in rows if alternatives.beside(work.session, row.id)]:
        raise Conflict("{label} stands in a set of alternatives already.", label=taken[0])
    _voted_on_together(work, rows)
    number = alternatives.next_number(work.session, held)
    work.session.add_all(
        Alternative(
            amendment_id=row.id,
            round_id=held.id,
            number=number,
            declared_by=work.person,
            declared_at=work.now,
        )
        for row in rows
    )
    labels = tuple(row.label for row in rows)
    work.record(e.AlternativesDeclared(round=held.number, amendments=labels))
    return held


def _voted_on_together(work: Work, rows: Sequence[AmendmentRow]) -> None:
    """Two ballots at once could both be carried; that would adopt what excludes each other."""
    ballots = {
        ballot.number
        for row in rows
        if (ballot := proposals.uncounted_ballot(work.session, row.id)) is not None
    }
    if len(ballots) > 1:
        raise Conflict(
            "Ballots {numbers} decide some of these apart. Wait for the count, then declare it.",
            numbers=" and ".join(str(number) for number in sorted(ballots)),
        )

"""What a returned file did to the amendments that its copy held, part by part."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain import operations, rebase, returned_halves, returned_within
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState
from app.domain.operations import Operation
from app.domain.returned import Carried
from app.domain.returned_halves import Half
from app.domain.returned_within import Copy, Within
from app.domain.roundtrip import Returned
from app.models.amendments import AmendmentRow


@dataclass(frozen=True)
class Aside:
    """What a file would change in one amendment: `text` is what that makes of the version."""

    label: str
    amendment_id: uuid.UUID
    returned: Returned
    text: ClauseTree

    def operations(self, numbers: Sequence[str]) -> tuple[Operation, ...]:
        """What the chosen items come to on the text with the amendment."""
        steps = self.returned.operations(numbers)
        return rebase.rebase(steps, self.returned.base, self.text).operations


@dataclass(frozen=True)
class Parts:
    """`returned`: what is left for the text itself; `halves`, `asides`: by label of amendments."""

    returned: Returned
    halves: Mapping[str, Half]
    asides: Mapping[str, Aside]


def parts_of(copy: Copy, main: Returned, rows: Mapping[Carried, AmendmentRow]) -> Parts:
    """Tell apart what a file changes in the text and what it changes in amendments.

    Only one that is proposed can be amended; what was changed in another is no more to be had.
    """
    held = {one: copy.held[one] for one in rows if one in copy.held}
    if not held:
        return Parts(main, {}, {})
    said = returned_halves.sayings(copy.document, copy.base, held, copy.blanks)
    halves = returned_halves.halves(copy.base, held, said)
    found = list(returned_within.within(copy, halves, said))
    by_number = {row.number: row for row in rows.values()}
    asides = {
        row.label: _aside(copy.base, one, row)
        for one in found
        if (row := by_number[one.number]).state == AmendmentState.PROPOSED
    }
    return Parts(
        returned_within.outside(main, found, halves),
        {by_number[number].label: half for number, half in halves.items()},
        asides,
    )


def _aside(base: ClauseTree, one: Within, row: AmendmentRow) -> Aside:
    text = operations.apply(base, operations.from_json(row.operations))
    return Aside(row.label, row.id, one.seen(), text)

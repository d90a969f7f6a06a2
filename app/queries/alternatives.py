"""Alternatives: the sets declared in a round, and those the text itself proposes."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.domain.alternatives import sets
from app.domain.competing import competing
from app.domain.lifecycle import AmendmentState
from app.models.alternatives import Alternative
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot
from app.models.rounds import Round
from app.queries import desk_rows, proposals


def declared_in(session: Session, held: Round) -> Mapping[int, Sequence[AmendmentRow]]:
    """The sets of a round by number, each in the order of its amendments."""
    rows = session.execute(
        select(Alternative.number, AmendmentRow)
        .join(AmendmentRow, AmendmentRow.id == Alternative.amendment_id)
        .where(AmendmentRow.round_id == held.id)
        .options(joinedload(AmendmentRow.organisation))
        .order_by(Alternative.number, AmendmentRow.number)
    )
    found: defaultdict[int, list[AmendmentRow]] = defaultdict(list)
    for number, row in rows:
        found[number].append(row)
    return found


def excluded_in(session: Session, held: Round) -> Mapping[str, Sequence[str]]:
    """What each amendment of a declared set excludes, by labels: one statement."""
    found: dict[str, Sequence[str]] = {}
    for rows in declared_in(session, held).values():
        labels = [row.label for row in rows]
        found |= {label: [one for one in labels if one != label] for label in labels}
    return found


def open_in(session: Session, held: Round) -> Sequence[AmendmentRow]:
    """The open amendments to the text that stand in no set yet, to choose from."""
    declared = select(Alternative.amendment_id)
    return session.scalars(
        select(AmendmentRow)
        .where(
            AmendmentRow.round_id == held.id,
            AmendmentRow.state == AmendmentState.PROPOSED,
            AmendmentRow.primary_id.is_(None),
            AmendmentRow.id.not_in(declared),
        )
        .options(joinedload(AmendmentRow.organisation))
        .order_by(AmendmentRow.number)
    ).all()


def proposed_in(session: Session, held: Round) -> tuple[tuple[AmendmentRow, ...], ...]:
    """Sets of open amendments that compete with each other and are not declared yet."""
    rows = session.scalars(
        select(AmendmentRow)
        .where(
            AmendmentRow.round_id == held.id,
            AmendmentRow.state == AmendmentState.PROPOSED,
            AmendmentRow.primary_id.is_(None),
        )
        .options(joinedload(AmendmentRow.organisation))
    ).all()
    known = {row.number: row for row in rows if row.number is not None}
    rivals = competing(desk_rows.text_of(session, held).tree, proposals.as_domains(rows))
    declared = [
        [row.number for row in held_ if row.number is not None]
        for held_ in declared_in(session, held).values()
    ]
    found = sets({number: tuple(others) for number, others in rivals.items()}, declared)
    return tuple(tuple(known[number] for number in group) for group in found)


def beside(session: Session, amendment_id: uuid.UUID) -> Sequence[AmendmentRow]:
    """The other amendments of the set in which one stands, in the order of their numbers."""
    mine = aliased(Alternative)
    return session.scalars(
        select(AmendmentRow)
        .join(Alternative, Alternative.amendment_id == AmendmentRow.id)
        .join(mine, (mine.round_id == Alternative.round_id) & (mine.number == Alternative.number))
        .where(mine.amendment_id == amendment_id, AmendmentRow.id != amendment_id)
        .options(joinedload(AmendmentRow.organisation))
        .order_by(AmendmentRow.number)
    ).all()


def adopted_beside(session: Session, amendment_id: uuid.UUID) -> AmendmentRow | None:
    """The alternative to one that is adopted, where one is."""
    rows = beside(session, amendment_id)
    return next((row for row in rows if row.state == AmendmentState.ACCEPTED), None)


def voted_on_apart(
    session: Session, amendment_id: uuid.UUID, together: Collection[uuid.UUID] = ()
) -> tuple[AmendmentRow, Ballot] | None:
    """An alternative to one on which a ballot is held that isn't counted, and that ballot.

    Those that are decided `together` with it don't count.
    """
    for row in beside(session, amendment_id):
        ballot = None if row.id in together else proposals.uncounted_ballot(session, row.id)
        if ballot is not None:
            return row, ballot
    return None


def next_number(session: Session, held: Round) -> int:
    """The number of the next set of a round."""
    query = select(func.max(Alternative.number)).where(Alternative.round_id == held.id)
    return 1 + (session.scalar(query) or 0)

"""What an amendment says on the text of today, after a new version put it in doubt."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.domain import operations as ops
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState
from app.domain.operations import Operation
from app.domain.rebase import Rebased, rebase
from app.kernel.errors import AppError
from app.models.agreements import Version
from app.models.amendments import AmendmentRow
from app.models.clauses import tree_of


def rebased_of(session: Session, row: AmendmentRow, base: ClauseTree) -> Rebased:
    """Carry an amendment in doubt to the present text; its own wording is kept as it was proposed.

    `base` is the text it stands on now. The text it was written on is found again among the
    versions before: operations fit no other. Three statements, none where it fits as it is.
    """
    steps = ops.from_json(row.operations)
    if _fits(base, steps):
        return Rebased("clean", steps, (), steps)
    for old in _grounds(session, row):
        if _fits(old, steps):
            return rebase(steps, old, base)
    return Rebased("attention", (), ())


def _fits(tree: ClauseTree, steps: Sequence[Operation]) -> bool:
    try:
        ops.apply(tree, steps)
    except AppError:
        return False
    return True


def _grounds(session: Session, row: AmendmentRow) -> Iterator[ClauseTree]:
    """The texts an amendment may be written on, the newest first; each also with a primary.

    An amendment to one that was adopted amends the text itself by now.
    """
    versions = session.scalars(
        select(Version)
        .where(Version.agreement_id == row.agreement_id)
        .options(selectinload(Version.clauses))
        .order_by(Version.number.desc())
    ).all()
    adopted = session.scalars(
        select(AmendmentRow).where(
            AmendmentRow.agreement_id == row.agreement_id,
            AmendmentRow.state.in_((AmendmentState.ACCEPTED, AmendmentState.PROPOSED)),
            AmendmentRow.primary_id.is_(None),
            AmendmentRow.id != row.id,
        )
    ).all()
    for version in versions:
        tree = tree_of(version)
        yield tree
        for primary in adopted:
            steps = ops.from_json(primary.operations)
            if _fits(tree, steps):
                yield ops.apply(tree, steps)

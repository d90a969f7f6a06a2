"""Amendments put into one text to look at: all open ones, or those that somebody chose."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from app.domain import attribution, operations, redline
from app.domain.amendments import Amendment
from app.domain.compatible import Compatible, compatible
from app.domain.lifecycle import AmendmentState
from app.domain.operations import MoveClause
from app.domain.provenance import Source
from app.domain.redline import Redline
from app.kernel.errors import NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Version
from app.models.amendments import AmendmentRow
from app.queries import proposals, version_pages
from app.queries.version_pages import Text

_NOT_PUBLIC = (AmendmentState.DRAFT, AmendmentState.CHECKED)
_OLD_WORDS = said("It was written against other words than those of version {number}.")


@dataclass(frozen=True)
class LeftOut:
    """An amendment that can't stand in the text with the others, and why."""

    row: AmendmentRow
    why: str


@dataclass(frozen=True)
class ProposedSet:
    """One text with amendments in it, each change under the number of its amendment."""

    text: Text
    redline: Redline
    taken: Sequence[AmendmentRow]
    left: Sequence[LeftOut]


def open_set(session: Session, agreement: Agreement) -> ProposedSet:
    """All open amendments to the latest version; of those that collide the first is taken.

    Raises NotFound while there is no version.
    """
    newest = session.scalar(
        select(func.max(Version.number)).where(Version.agreement_id == agreement.id)
    )
    if newest is None:
        raise NotFound("There is no version to amend yet.")
    held = AmendmentRow.state == AmendmentState.PROPOSED
    return _set(session, agreement, _rows(session, agreement, held), newest)


def chosen_set(session: Session, agreement: Agreement, labels: Collection[str]) -> ProposedSet:
    """The amendments of these labels, with those they amend, on the version of the newest.

    Raises NotFound where one isn't there.
    """
    held = AmendmentRow.state.not_in(_NOT_PUBLIC)
    rows = {row.label: row for row in _rows(session, agreement, held)}
    for label in labels:
        if label not in rows:
            raise NotFound("There is no amendment {label} in this agreement.", label=label)
    primaries = {rows[label].primary_id for label in labels}
    chosen = [row for row in rows.values() if row.label in labels or row.id in primaries]
    numbers: dict[uuid.UUID, int] = dict(
        session.execute(
            select(Version.id, Version.number).where(Version.agreement_id == agreement.id)
        ).all()
    )
    newest = max(numbers[row.version_id] for row in chosen)
    return _set(session, agreement, chosen, newest)


def _rows(
    session: Session, agreement: Agreement, condition: ColumnElement[bool]
) -> Sequence[AmendmentRow]:
    return session.scalars(
        select(AmendmentRow)
        .where(AmendmentRow.agreement_id == agreement.id, condition)
        .options(joinedload(AmendmentRow.organisation), joinedload(AmendmentRow.author))
        .order_by(AmendmentRow.number)
    ).all()


def _set(
    session: Session, agreement: Agreement, rows: Sequence[AmendmentRow], number: int
) -> ProposedSet:
    text = version_pages.text_of_version(session, agreement, number)
    fits = [row for row in rows if _fits(row, text)]
    given = proposals.as_domains(fits)
    held = compatible(
        text.tree,
        given,
        sources={one.number: Source("amendment", one.author) for one in given},
        origins=text.origins or None,
    )
    by_number = {row.number: row for row in rows if row.number is not None}
    left = [
        LeftOut(by_number[one], said("It collides with {label}.", label=by_number[first].label))
        for one, first in held.left.items()
    ]
    known = {*held.taken, *held.left}
    left += [
        LeftOut(row, _OLD_WORDS.format(number=number)) for row in rows if row.number not in known
    ]
    return ProposedSet(
        text=text,
        redline=_signed(text, held, given, proposals.authors_of(session, rows)),
        taken=[by_number[number] for number in held.taken],
        left=sorted(left, key=lambda one: one.row.number or 0),
    )


def _fits(row: AmendmentRow, text: Text) -> bool:
    is_same = text.version is not None and row.version_id == text.version.id
    return is_same and row.rebase_state != "attention"


def _signed(
    text: Text,
    held: Compatible,
    given: Iterable[Amendment],
    authors: Mapping[int, redline.Author],
) -> Redline:
    """The redline with every change in the name of its amendments."""
    numbers = {one.author: one.number for one in given if one.number in held.taken}
    made = redline.build(text.tree, held.merged.preview, authors=authors)
    movers = _movers(one for one in given if one.number in held.taken)
    owners = attribution.owners_by(numbers)
    return attribution.attributed(made, held.merged.provenance, owners, movers)


def _movers(taken: Iterable[Amendment]) -> Mapping[str, tuple[int, ...]]:
    """Who moves a clause, by its key."""
    found: dict[str, tuple[int, ...]] = {}
    for one, step in _steps(taken):
        if isinstance(step, MoveClause):
            found[step.clause] = (*found.get(step.clause, ()), one.number)
    return found


def _steps(taken: Iterable[Amendment]) -> Iterator[tuple[Amendment, operations.Operation]]:
    return ((one, step) for one in taken for step in one.operations)

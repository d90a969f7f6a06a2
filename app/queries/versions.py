"""Versions: the latest, any by number, and the text of each as a tree."""

import uuid
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, Uuid, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute, set_committed_value
from sqlalchemy.sql.dml import ReturningUpdate

from app.domain import provenance
from app.domain.clauses import ClauseTree
from app.domain.generated import filled, with_sources
from app.models.agreements import Agreement, Draft, Version
from app.models.clauses import ClauseRow, is_kept, new_version, tree_of
from app.queries.agreements import parties_of


def latest_version(session: Session, agreement_id: uuid.UUID) -> Version | None:
    """The newest version, ready for `tree_of`; None while the first is still drafted."""
    found = session.scalars(
        select(Version)
        .where(Version.agreement_id == agreement_id)
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else with_clauses(session, found)


def version_by_id(session: Session, version_id: uuid.UUID) -> Version:
    """One version, ready for `tree_of`, by its id."""
    return with_clauses(
        session, session.scalars(select(Version).where(Version.id == version_id)).one()
    )


def with_clauses(session: Session, version: Version) -> Version:
    """The version ready for `tree_of`: with its clauses, unless its tree is kept."""
    if not is_kept(version.id):
        rows = session.scalars(
            select(ClauseRow).where(ClauseRow.version_id == version.id).order_by(ClauseRow.position)
        )
        set_committed_value(version, "clauses", rows.all())
    return version


def tree_by_id(session: Session, version_id: uuid.UUID) -> ClauseTree:
    """The text of a version, by its id."""
    return tree_of(version_by_id(session, version_id))


def first_version(
    session: Session, agreement: Agreement, *, now: datetime, by: uuid.UUID
) -> Version:
    """Version 1 as the draft makes it, with the parties of today in its tables; not yet saved."""
    draft = session.get_one(Draft, agreement.id)
    tree = filled(ClauseTree.from_json(draft.tree), parties_of(session, agreement.id))
    origins = with_sources(tree, provenance.from_json(draft.provenance))
    return new_version(
        agreement.id,
        1,
        tree,
        beside=draft.beside,
        provenance=provenance.to_json(origins),
        published_at=now,
        published_by=by,
    )


def take_number(
    session: Session, agreement_id: uuid.UUID, counter: InstrumentedAttribute[int]
) -> int:
    """The next number of a counter of an agreement (Agreement.next_thread …), taken for good."""
    number = taken(session, taking(counter), agreement_id)
    if number is None:
        raise AssertionError("this agreement was removed")
    return number


@cache
def taking(
    counter: InstrumentedAttribute[int], *, unless: ColumnElement[bool] | None = None
) -> ReturningUpdate[int]:
    """The statement that takes the next number unless something is so; make it once, ask often."""
    column = _AGREEMENTS.c[counter.key]
    update_it = update(_AGREEMENTS).where(_AGREEMENTS.c.id == bindparam("agreement", type_=Uuid()))
    if unless is not None:
        update_it = update_it.where(~unless)
    return update_it.values({column: column + 1}).returning(column)


def taken(
    session: Session, statement: ReturningUpdate[int], agreement_id: uuid.UUID, **values: Any
) -> int | None:
    """The next number by a statement of `taking`; None where what hinders it is so by now."""
    found = session.execute(statement, {"agreement": agreement_id, **values}).scalar_one_or_none()
    return None if found is None else found - 1


_AGREEMENTS = cast("Table", Agreement.__table__)

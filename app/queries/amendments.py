"""Amendments as people find them: one by its label, one's drafts, the list by clause."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.access.actor import Actor, Role
from app.domain import competing
from app.domain import operations as ops
from app.domain.amendments import Amendment
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState
from app.domain.numbering import Label, labels
from app.kernel.errors import AppError, NotFound
from app.kernel.said import said
from app.models.agreements import Agreement, Participant, Version
from app.models.amendments import AmendmentRow, Support
from app.models.clauses import tree_of
from app.queries.loading import FOR_POLICY
from app.queries.reading import session as this_session

DRAFTS = (AmendmentState.DRAFT, AmendmentState.CHECKED)
STATE_WORDS: Mapping[str, str] = {
    AmendmentState.DRAFT: said("draft"),
    AmendmentState.CHECKED: said("draft, checked"),
    AmendmentState.PROPOSED: said("open"),
    AmendmentState.ACCEPTED: said("adopted"),
    AmendmentState.REJECTED: said("not adopted"),
    AmendmentState.WITHDRAWN: said("withdrawn"),
    AmendmentState.FALLEN: said("fell"),
    AmendmentState.OBSOLETE: said("overtaken"),
}


@dataclass(frozen=True)
class Who:
    """An organisation as pages show it; the facilitator has neither code nor colour."""

    name: str
    code: str = ""
    colour: int = 0


@dataclass(frozen=True)
class Rival:
    """An amendment that can't be adopted together with another, and over what."""

    label: str
    over: competing.Over
    who: Who


def get_amendment(agreement: Agreement, label: str) -> AmendmentRow:
    """One amendment that is or was proposed, with what its page needs. Raises NotFound."""
    found = this_session().scalars(
        select(AmendmentRow)
        .where(AmendmentRow.agreement_id == agreement.id, AmendmentRow.label == label.upper())
        .where(AmendmentRow.label != "")
        .options(
            *FOR_POLICY[AmendmentRow],
            joinedload(AmendmentRow.author),
            joinedload(AmendmentRow.primary).joinedload(AmendmentRow.organisation),
            selectinload(AmendmentRow.supports).joinedload(Support.organisation),
        )
    )
    row = found.unique().one_or_none()
    if row is None:
        raise NotFound("There is no amendment {label} in this agreement.", label=label)
    return row


def get_draft(actor: Actor, agreement: Agreement, draft_id: uuid.UUID) -> AmendmentRow:
    """A draft that the actor's own organisation keeps. Raises NotFound for everybody else."""
    row = (
        this_session()
        .scalars(
            select(AmendmentRow)
            .where(
                AmendmentRow.id == draft_id,
                AmendmentRow.agreement_id == agreement.id,
                AmendmentRow.state.in_(DRAFTS),
                is_own(actor, agreement.id),
            )
            .options(*FOR_POLICY[AmendmentRow], joinedload(AmendmentRow.primary))
        )
        .one_or_none()
    )
    if row is None:
        raise NotFound("There is no such draft, or it is another organisation's.")
    return row


@dataclass(frozen=True)
class Text:
    """What an amendment is written against, with the labels of its clauses."""

    tree: ClauseTree
    names: Mapping[str, Label]
    order: Mapping[str, int]


def texts_of(rows: Iterable[AmendmentRow]) -> Mapping[uuid.UUID, Text]:
    """The base of each amendment, by the row's id: three statements, whatever their number.

    A secondary one whose primary now reads differently, and has not been looked at, gets the
    version itself.
    """
    held = list(rows)
    versions = this_session().scalars(
        select(Version)
        .where(Version.id.in_({row.version_id for row in held}))
        .options(selectinload(Version.clauses))
    )
    plain = {version.id: _text(tree_of(version)) for version in versions}
    by_id = {row.id: row for row in held}
    amended: dict[uuid.UUID, Text] = {}
    found: dict[uuid.UUID, Text] = {}
    for row in held:
        primary = by_id.get(row.primary_id) if row.primary_id else None
        if primary is not None and primary.id not in amended:
            amended[primary.id] = _amended(plain[primary.version_id], primary)
        found[row.id] = plain[row.version_id] if primary is None else amended[primary.id]
    return found


def colours_of(agreement_id: uuid.UUID) -> Mapping[uuid.UUID, int]:
    """The colour of each organisation in an agreement, also of those that left."""
    return dict(
        this_session()
        .execute(
            select(Participant.organisation_id, Participant.colour).where(
                Participant.agreement_id == agreement_id
            )
        )
        .all()
    )


def who_of(row: AmendmentRow, colours: Mapping[uuid.UUID, int]) -> Who:
    """Whose amendment it is."""
    if row.organisation is None:
        return Who(said("the facilitator"))
    found = row.organisation
    return Who(found.name, found.code, colours.get(found.id, 0))


def rivals_among(
    base: ClauseTree, rows: Iterable[AmendmentRow]
) -> Mapping[int, Mapping[int, competing.Over]]:
    """Which of the amendments to one text compete, by number."""
    return competing.competing(
        base,
        [
            Amendment(row.number, ops.from_json(row.operations))
            for row in rows
            if row.number is not None
        ],
    )


def is_own(actor: Actor, agreement_id: uuid.UUID) -> ColumnElement[bool]:
    """Rows of an organisation the actor stands for there, or entered by the actor for one."""
    standings = actor.stands_in(agreement_id)
    own = {standing.organisation_id for standing in standings} - {None}
    mine = or_(AmendmentRow.organisation_id.in_(own), AmendmentRow.entered_by == actor.user_id)
    if any(standing.role is Role.FACILITATOR for standing in standings):
        return or_(mine, AmendmentRow.organisation_id.is_(None))
    return mine


def _text(tree: ClauseTree) -> Text:
    return Text(tree, labels(tree), {key: at for at, key in enumerate(tree.nodes)})


def _amended(base: Text, primary: AmendmentRow) -> Text:
    try:
        return _text(ops.apply(base.tree, ops.from_json(primary.operations)))
    except AppError:
        return base

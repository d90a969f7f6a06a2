"""Amendments as the engine sees them: their base text, who is behind them, what decides them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.domain import operations as ops
from app.domain.amendments import Amendment
from app.domain.clauses import ClauseTree
from app.domain.lifecycle import AmendmentState
from app.domain.redline import Author
from app.kernel.said import said
from app.models.agreements import Participant
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, BallotOption
from app.queries.versions import tree_by_id


def base_of(session: Session, amendment: AmendmentRow) -> ClauseTree:
    """The text an amendment is written against: its version, with its primary if it has one."""
    if amendment.primary_id is None:
        return tree_by_id(session, amendment.version_id)
    return text_with(session, session.get_one(AmendmentRow, amendment.primary_id))


def text_with(session: Session, amendment: AmendmentRow) -> ClauseTree:
    """The text as it would read with this one amendment alone."""
    return ops.apply(base_of(session, amendment), ops.from_json(amendment.operations))


def as_domain(row: AmendmentRow, primaries: Mapping[uuid.UUID, int]) -> Amendment:
    """A proposed amendment as the engine takes it.

    `primaries` gives the numbers of primary rows.
    """
    if row.number is None:
        raise AssertionError("only proposed amendments are merged")
    return Amendment(
        number=row.number,
        operations=ops.from_json(row.operations),
        primary=None if row.primary_id is None else primaries[row.primary_id],
        author=row.label,
    )


def as_domains(rows: Iterable[AmendmentRow]) -> tuple[Amendment, ...]:
    """Rows as the engine takes them, without secondary ones whose primary is not among them."""
    held = list(rows)
    numbers = {row.id: row.number for row in held if row.number is not None}
    return tuple(
        as_domain(row, numbers)
        for row in held
        if row.primary_id is None or row.primary_id in numbers
    )


def amendments_in(
    session: Session, agreement_id: uuid.UUID, *states: AmendmentState
) -> Sequence[AmendmentRow]:
    """The amendments of an agreement in these states, in the order in which they were proposed."""
    return session.scalars(
        select(AmendmentRow)
        .where(AmendmentRow.agreement_id == agreement_id, AmendmentRow.state.in_(states))
        .options(joinedload(AmendmentRow.organisation))
        .order_by(AmendmentRow.number)
    ).all()


def authors_of(session: Session, rows: Iterable[AmendmentRow]) -> Mapping[int, Author]:
    """By amendment number, how a redline shows who is behind it."""
    held = [row for row in rows if row.number is not None]
    if not held:
        return {}
    colours: dict[uuid.UUID, int] = dict(
        session.execute(
            select(Participant.organisation_id, Participant.colour).where(
                Participant.agreement_id == held[0].agreement_id
            )
        ).all()
    )
    return authors_in(held, colours)


def authors_in(
    rows: Iterable[AmendmentRow], colours: Mapping[uuid.UUID, int]
) -> Mapping[int, Author]:
    """The same where the colours of the organisations are known."""
    return {
        row.number: Author(
            number=row.number,
            label=row.label,
            name=row.organisation.name if row.organisation else said("the facilitator"),
            code=row.organisation.code if row.organisation else "",
            colour=colours.get(row.organisation_id, 1) if row.organisation_id else 0,
        )
        for row in rows
        if row.number is not None
    }


def secondaries_of(session: Session, primary_id: uuid.UUID) -> Sequence[AmendmentRow]:
    """The open amendments to an amendment."""
    return session.scalars(
        select(AmendmentRow)
        .where(AmendmentRow.primary_id == primary_id, AmendmentRow.state == AmendmentState.PROPOSED)
        .order_by(AmendmentRow.number)
    ).all()


def open_ballot_on(session: Session, amendment: AmendmentRow, now: datetime) -> Ballot | None:
    """The ballot that is deciding on an amendment at this moment."""
    return session.scalars(
        select(Ballot)
        .join(BallotOption, BallotOption.ballot_id == Ballot.id)
        .where(
            BallotOption.amendment_id == amendment.id,
            Ballot.voided_at.is_(None),
            Ballot.counted_at.is_(None),
            Ballot.opens_at <= now,
        )
    ).first()


def next_label_number(session: Session, agreement_id: uuid.UUID) -> int:
    """The number in the label of the next primary amendment, as in A17."""
    return 1 + (
        session.scalar(
            select(func.count())
            .select_from(AmendmentRow)
            .where(
                AmendmentRow.agreement_id == agreement_id,
                AmendmentRow.primary_id.is_(None),
                AmendmentRow.label != "",
            )
        )
        or 0
    )


def next_secondary_number(session: Session, primary_id: uuid.UUID) -> int:
    """The number behind the point in the label of the next amendment to it, as in A22.1."""
    return 1 + (
        session.scalar(
            select(func.count())
            .select_from(AmendmentRow)
            .where(AmendmentRow.primary_id == primary_id, AmendmentRow.label != "")
        )
        or 0
    )


def deciding_ballot(session: Session, amendment_id: uuid.UUID) -> Ballot | None:
    """The ballot that carried an amendment or voted it down; a straw poll decides nothing."""
    return session.scalars(
        select(Ballot)
        .join(BallotOption, BallotOption.ballot_id == Ballot.id)
        .where(
            BallotOption.amendment_id == amendment_id,
            Ballot.subject != "straw",
            Ballot.outcome.in_(("carried", "lost")),
        )
    ).first()


def uncounted_ballot(session: Session, amendment_id: uuid.UUID) -> Ballot | None:
    """A ballot that will decide an amendment: opened or about to, and neither counted nor void."""
    return session.scalars(
        select(Ballot)
        .join(BallotOption, BallotOption.ballot_id == Ballot.id)
        .where(
            BallotOption.amendment_id == amendment_id,
            Ballot.subject != "straw",
            Ballot.counted_at.is_(None),
            Ballot.voided_at.is_(None),
        )
    ).first()

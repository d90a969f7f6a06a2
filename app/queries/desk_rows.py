"""What lies on the desk as it is stored: one statement for comments, one for amendments."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased, joinedload

from app.access.actor import Role
from app.domain.clauses import ClauseTree
from app.domain.numbering import Label, labels
from app.models.agreements import Participant, Seat, Version
from app.models.alternatives import Alternative
from app.models.amendments import AmendmentRow
from app.models.ballots import Ballot, BallotOption
from app.models.bundles import Bundle, BundleItem
from app.models.clauses import tree_of
from app.models.comments import Comment, Thread
from app.models.decisions import Disposition
from app.models.desk import DeskMark
from app.models.people import Organisation, User
from app.models.rounds import Round
from app.queries.comments import Speaker


@dataclass(frozen=True)
class Text:
    """The text a round is about: its clauses, what they are called, in which order they stand."""

    number: int
    tree: ClauseTree
    names: Mapping[str, Label]
    order: Mapping[str, int]


def text_of(session: Session, held: Round) -> Text:
    """The text of a round: one statement."""
    version = (
        session.scalars(
            select(Version)
            .where(Version.id == held.version_id)
            .options(joinedload(Version.clauses))
        )
        .unique()
        .one()
    )
    tree = tree_of(version)
    order = {key: at for at, key in enumerate(tree.nodes)}
    return Text(version.number, tree, labels(tree), order)


def people_of(
    session: Session, agreement_id: uuid.UUID
) -> tuple[Mapping[uuid.UUID, Speaker], Mapping[uuid.UUID, str]]:
    """Who speaks, by organisation, and the facilitators by name: one statement for both."""
    speakers = (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.code.label("code"),
            Participant.colour.label("colour"),
        )
        .join(Participant, Participant.organisation_id == Organisation.id)
        .where(Participant.agreement_id == agreement_id)
    )
    facilitators = (
        select(User.id, User.name, null().label("code"), literal(0).label("colour"))
        .join(Seat, Seat.user_id == User.id)
        .where(Seat.agreement_id == agreement_id, Seat.role == Role.FACILITATOR)
    )
    rows: Sequence[Any] = session.execute(union_all(speakers, facilitators)).all()
    people = sorted((row.name, row.id) for row in rows if row.code is None)
    return (
        {row.id: Speaker(row.name, row.code, row.colour) for row in rows if row.code is not None},
        {id_: name for name, id_ in people},
    )


def threads_of(session: Session, held: Round) -> Sequence[Any]:
    """The comments of a round: how each begins, how much of it stands, its answer, its mark."""
    said = aliased(Comment)
    opening = (
        select(said.id)
        .where(said.thread_id == Thread.id)
        .order_by(said.created_at, said.id)
        .limit(1)
        .correlate(Thread)
        .scalar_subquery()
    )
    standing = (
        select(func.count())
        .select_from(said)
        .where(said.thread_id == Thread.id, said.retracted_at.is_(None))
        .correlate(Thread)
        .scalar_subquery()
    )
    return session.execute(
        select(
            *(Thread.id, Thread.number, Thread.kind, Thread.clause_key, Thread.part, Thread.start),
            *(Thread.end, Thread.quote, Thread.amendment_id, Thread.organisation_id),
            *(Thread.started_at.label("said_at"), Comment.text, Comment.retracted_at),
            *(standing.label("standing"), *_KEPT),
        )
        .select_from(Thread)
        .outerjoin(Comment, Comment.id == opening)
        .outerjoin(*_about(Disposition, Disposition.thread_id == Thread.id, held))
        .outerjoin(*_about(DeskMark, DeskMark.thread_id == Thread.id, held))
        .where(_was_in(Thread, held))
    ).all()


def amendments_of(session: Session, held: Round) -> Sequence[Any]:
    """The amendments of a round, with the ballot that decides each, its set, answer and mark.

    One on which several ballots were held comes several times, the last ballot last.
    """
    decides = and_(
        Ballot.id == BallotOption.ballot_id,
        Ballot.subject != "straw",
        Ballot.voided_at.is_(None),
        Ballot.outcome != "inquorate",
    )
    return session.execute(
        select(
            *(AmendmentRow.id, AmendmentRow.label, AmendmentRow.organisation_id),
            *(AmendmentRow.rationale, AmendmentRow.operations, AmendmentRow.clauses),
            *(AmendmentRow.primary_id, AmendmentRow.state, AmendmentRow.reason),
            *(AmendmentRow.rebase_state, AmendmentRow.proposed_at.label("said_at")),
            *(Ballot.number.label("ballot"), Ballot.outcome.label("ballot_outcome")),
            *(Ballot.counted_at, Alternative.number.label("alternatives"), *_KEPT),
            _open_bundle().label("bundle"),
        )
        .select_from(AmendmentRow)
        .outerjoin(Alternative, Alternative.amendment_id == AmendmentRow.id)
        .outerjoin(BallotOption, BallotOption.amendment_id == AmendmentRow.id)
        .outerjoin(Ballot, decides)
        .outerjoin(*_about(Disposition, Disposition.amendment_id == AmendmentRow.id, held))
        .outerjoin(*_about(DeskMark, DeskMark.amendment_id == AmendmentRow.id, held))
        .where(_was_in(AmendmentRow, held), AmendmentRow.number.is_not(None))
        .order_by(AmendmentRow.number, Ballot.number.is_not(None), Ballot.number)
    ).all()


def _open_bundle() -> ScalarSelect[int]:
    """The bundle with which an amendment is to be accepted, while it is not."""
    return (
        select(func.max(Bundle.number))
        .join(BundleItem, BundleItem.bundle_id == Bundle.id)
        .where(
            BundleItem.amendment_id == AmendmentRow.id,
            BundleItem.pulled_at.is_(None),
            Bundle.accepted_at.is_(None),
        )
        .correlate(AmendmentRow)
        .scalar_subquery()
    )


_KEPT = (
    *(Disposition.outcome, Disposition.answer, Disposition.duplicate_of),
    *(Disposition.given_in, Disposition.decided_by, DeskMark.assigned_to, DeskMark.goes_with),
)


def _about(
    kind: type[Disposition] | type[DeskMark], same: ColumnElement[bool], held: Round
) -> tuple[type[Disposition] | type[DeskMark], ColumnElement[bool]]:
    return kind, and_(same, kind.round_id == held.id)


def _was_in(kind: type[Thread] | type[AmendmentRow], held: Round) -> ColumnElement[bool]:
    """Whether a round has a contribution; a settled one also has what went on to the next."""
    if held.settled_at is None:
        return kind.round_id == held.id
    answered = and_(kind.agreement_id == held.agreement_id, Disposition.id.is_not(None))
    return or_(kind.round_id == held.id, answered)
